"""Mutants -> a folder of theirs: an unchanged copy of the guides, and one for each round."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import msgspec

from balise.base.errors import UserError
from balise.base.paths import path_here
from balise.mutants.kinds import KINDS
from balise.mutants.model import MANIFEST, Manifest
from balise.mutants.planting import Planted
from balise.workspace.git import Repository
from balise.workspace.writing import encoded

UNCHANGED = 0
"""The round without mutants."""


def require_new(output: Path, guides: Path) -> None:
    """Raise UserError where a folder to be made is there, or one of the two lies in the other."""
    if os.path.lexists(output):
        raise UserError(f"`--to {output}`: is there already; name a folder that is not")
    if not output.absolute().parent.is_dir():
        raise UserError(f"`--to {output}`: there is no folder {path_here(str(output.parent))}")
    if output.absolute().resolve().is_relative_to(guides.resolve()):
        raise UserError(f"`--to {output}`: lies in the folder of the guides; name another one")


def write_folder(
    output: Path,
    guides: Path,
    beside: Sequence[Path],
    planted: Sequence[Planted],
    manifest: Manifest,
) -> None:
    """Make the folder of all rounds, and the mutants in them: all of it, or nothing.

    Each has the guides but for hidden files and folders, and what is `beside` them. Raises UserError.
    """
    part = output.absolute().with_name(f".{output.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        for number in range(UNCHANGED, manifest.rounds + 1):
            _copy((guides, *beside), part / str(number))
        _write_mutants(part, planted)
        data = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
        (part / MANIFEST).write_bytes(data + b"\n")
        part.rename(output)
    except (OSError, shutil.Error) as error:
        reason = (error.strerror or str(error)).lower()
        raise UserError(f"{path_here(str(output))}: cannot be written: {reason}") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def read_manifest(output: Path) -> Manifest:
    """The mutants of a folder. Raises UserError where it has none."""
    shown = path_here(str(output / MANIFEST))
    try:
        manifest = msgspec.json.decode((output / MANIFEST).read_bytes(), type=Manifest)
    except OSError as error:
        raise UserError(
            f"{shown}: cannot be read; `balise mutants GUIDES --to FOLDER` makes a folder that has one"
        ) from error
    except msgspec.MsgspecError as error:
        raise UserError(f"{shown}: is no list of mutants: {error}") from error
    unknown = next((m.kind for m in manifest.mutants if m.kind not in KINDS), None)
    if unknown is not None:
        raise UserError(f"{shown}: there is no kind of mutants `{unknown}`; plant them anew")
    return manifest


def has_git() -> bool:
    """Whether there is a program `git`."""
    return shutil.which("git") is not None


def _copy(paths: Sequence[Path], folder: Path) -> None:
    folder.mkdir(parents=True)
    for path in paths:
        if path.is_dir():
            shutil.copytree(path, folder / path.name, ignore=_hidden, ignore_dangling_symlinks=True)
        elif path.is_file():
            shutil.copyfile(path, folder / path.name)


def _hidden(_: str, names: list[str]) -> list[str]:
    return [name for name in names if name.startswith(".")]


def _write_mutants(folder: Path, planted: Sequence[Planted]) -> None:
    """Those against the past are changes since a commit that has everything else."""
    past = [p for p in planted if KINDS[p.mutant.kind].against == "past"]
    _write([p for p in planted if KINDS[p.mutant.kind].against != "past"], folder)
    if past:
        pages = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*.md"))]
        repository = Repository.made(folder)
        repository.record(pages, "The guides as their translations were made")
        _write(past, folder)
        changed = [f"{p.mutant.round}/{p.mutant.path}" for p in past]
        repository.record(changed, "The guides with changes that no translation has")


def _write(planted: Sequence[Planted], folder: Path) -> None:
    for found in planted:
        file = folder / str(found.mutant.round) / found.mutant.path
        file.write_bytes(encoded(found.text, has_bom=found.page.source.has_bom))
