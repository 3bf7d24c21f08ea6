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


def copy_guides(output: Path, guides: Path, beside: Sequence[Path], rounds: int) -> None:
    """Make the folders of all rounds, each with the guides as they are, and what belongs to them.

    That is everything in the folder of guides but for hidden files and folders. Raises UserError.
    """
    try:
        for number in range(rounds + 1):
            folder = output / str(number)
            for path in (guides, *beside):
                if path.is_dir():
                    shutil.copytree(path, folder / path.name, ignore=_hidden)
                elif path.is_file():
                    shutil.copyfile(path, folder / path.name)
    except (OSError, shutil.Error) as error:
        raise _unwritable(output, error) from error


def write_mutants(output: Path, planted: Sequence[Planted], manifest: Manifest) -> None:
    """Write the mutants into their rounds, and what they are into `mutants.json`. Raises UserError.

    Those against the past are changes since a commit, which has everything else.
    """
    old = [p for p in planted if KINDS[p.mutant.kind].against != "past"]
    new = [p for p in planted if KINDS[p.mutant.kind].against == "past"]
    try:
        _write(output, old)
        data = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
        (output / MANIFEST).write_bytes(data + b"\n")
        if new:
            pages = _pages_below(output)
            repository = Repository.made(output)
            repository.record(pages, "The guides as their translations were made")
            _write(output, new)
            changed = [f"{p.mutant.round}/{p.mutant.path}" for p in new]
            repository.record(changed, "The guides with changes that no translation has")
    except OSError as error:
        raise _unwritable(output, error) from error


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


def _pages_below(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*.md"))]


def _write(output: Path, planted: Sequence[Planted]) -> None:
    for found in planted:
        file = output / str(found.mutant.round) / found.mutant.path
        file.write_bytes(encoded(found.text, has_bom=found.page.source.has_bom))


def _hidden(_: str, names: list[str]) -> list[str]:
    return [name for name in names if name.startswith(".")]


def _unwritable(output: Path, error: OSError) -> UserError:
    reason = (error.strerror or str(error)).lower()
    return UserError(f"{path_here(str(output))}: cannot be written: {reason}")
