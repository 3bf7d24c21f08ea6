"""Pages and texts that are to be changed, or a clear line that says why they cannot be."""

from balise.base.errors import UserError
from balise.base.paths import path_here
from balise.base.source import SourceFile
from balise.base.suggestions import did_you_mean
from balise.collection import Collection
from balise.workspace.workspace import Workspace


def require_collection(workspace: Workspace, path: str) -> Collection:
    """The collection that a page with a file is in. Raises UserError where there is no such page."""
    record = workspace.records.get(path)
    if record is None:
        hint = did_you_mean(path, workspace.records)
        raise UserError(f"{path_here(path)}: there is no such page in the collection{hint}")
    return workspace.collections[record.root]


def text_of(workspace: Workspace, path: str) -> SourceFile:
    """The text of a page or data file that is to be changed. Raises UserError where it cannot be read."""
    try:
        source = workspace.source(path)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UserError(f"{path_here(path)}: cannot be read: {reason}") from error
    if source.undecodable:
        raise UserError(f"{path_here(path)}: is not UTF-8, so it cannot be changed; mend it first")
    return source
