"""What a refactoring makes of files, without a disk."""

from pathlib import PurePath

from balise.base.source import apply_edits
from balise.refactor.model import Refactoring
from balise.workspace.workspace import Workspace


def after(workspace: Workspace, refactoring: Refactoring) -> dict[str, str]:
    """The texts of the files that are changed or new, by their new paths from the collection's root."""
    (root,) = workspace.collections
    texts = {
        refactoring.moves.get(path, path): apply_edits(workspace.source(path).text, edits)
        for path, edits in refactoring.edits.items()
    }
    found = {**texts, **refactoring.created}
    return {PurePath(path).relative_to(root).as_posix(): text for path, text in found.items()}
