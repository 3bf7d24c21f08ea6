"""A refactoring -> what becomes of the bytes of files."""

from pathlib import Path

from balise.base.digests import digest_of
from balise.base.errors import UserError
from balise.base.paths import path_here, resolved_path
from balise.base.source import SourceFile, apply_edits
from balise.refactor.model import Refactoring
from balise.refactor.pages import text_of
from balise.workspace.file_changes import CHANGED, FileChanges, reason_of
from balise.workspace.workspace import Workspace
from balise.workspace.writing import encoded


def file_changes(workspace: Workspace, refactoring: Refactoring) -> FileChanges:
    """What is to be done to the files of a workspace. Raises UserError where one cannot be read."""
    written: dict[str, tuple[bytes, bytes]] = {}
    for path, edits in refactoring.edits.items():
        if Path(path).is_symlink() and resolved_path(path) in refactoring.edits:
            continue  # it is the same file
        source = text_of(workspace, path)
        texts = source.text, apply_edits(source.text, dict.fromkeys(edits))
        before, after = (encoded(text, has_bom=source.has_bom) for text in texts)
        if not _is_as_read(workspace, source, before):
            raise UserError(f"{path_here(path)}: {CHANGED}")
        if before != after:
            written[path] = before, after
    return FileChanges(
        written,
        refactoring.moves,
        {path: text.encode("utf-8") for path, text in refactoring.created.items()},
        {path: _bytes_of(path) for path in refactoring.removed},
    )


def _is_as_read(workspace: Workspace, source: SourceFile, data: bytes) -> bool:
    """Whether a file is still the one whose places the edits are of."""
    if source.path in workspace.records:
        return digest_of(data) == workspace.digest(source.path)
    return workspace.is_data_as_read(source)


def _bytes_of(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise UserError(f"{path_here(path)}: cannot be read: {reason_of(error)}") from error
