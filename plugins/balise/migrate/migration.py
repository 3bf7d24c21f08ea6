"""From a collection in the layout `tree` to the files that make it one of `index`."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from posixpath import join

from balise.base.errors import UserError
from balise.base.paths import path_here
from balise.base.source import SourceFile, apply_edits
from balise.collection import Collection, Inputs, LazyMapping, Reading, Structure
from balise.collection.layouts.index import IndexLayout
from balise.collection.layouts.tree import LINKS
from balise.collection.redirects import REDIRECTS
from balise.document import Document
from balise.migrate.data import data_texts
from balise.migrate.front_matter import removals
from balise.migrate.links import LinkingPage, rewrite_links
from balise.migrate.model import Loss, Migration
from balise.migrate.navigation import Navigation, navigation_of
from balise.migrate.pages import (
    KEPT_KEYS,
    Fate,
    Successors,
    fates_of,
    is_group,
    is_readable,
    new_page,
)
from balise.migrate.redirects import Moves
from balise.workspace.files import READERS
from balise.workspace.writing import encoded

HOME = "the text of a home is a guide, so its address has the anchors no more"
GONE = "a page without guides below it is gone"
TEXT = "the text of a hidden product is gone"
NO_UTF_8 = "cannot be read as UTF-8, so what it says would be lost; save it as UTF-8"
LEFT = "a page that is not UTF-8 stays as it is"

Read = Callable[[str], SourceFile]


def migration_of(old: Collection, read: Read) -> Migration:
    """What makes of a collection in the layout `tree` the same one in the layout `index`.

    `read` gives the text of a page or data file. Nothing is written. Raises UserError where there
    is no guide, and where a page that would be gone cannot be read.
    """
    if not any(name.type == "guide" for name in old.names.values()):
        raise UserError(f"{old.root}: there are no guides in it, so there is nothing to list")
    groups = [path for path in sorted(old.pages) if is_group(path, old)]
    bad = [path for path in groups if not is_readable(old.documents[path])]
    if bad:
        raise UserError(*(f"{path_here(path)}: {NO_UTF_8}" for path in bad))
    texts = {path for path in groups if _has_text(path, old, read)}
    navigation = navigation_of(old.structure, texts)
    fates = fates_of(old, navigation, texts)
    data = data_texts(old, navigation)
    new = _collection(old, fates, data)
    successors = Successors(old, new, fates, navigation)
    table = read(old.data[REDIRECTS].path) if REDIRECTS in old.data else None
    moves = Moves(old, new, successors.of_text)
    data[REDIRECTS] = moves.text(table)
    new = _collection(old, fates, data)
    successors = Successors(old, new, fates, navigation)

    losses = [*navigation.losses, *moves.losses, *_lost_of_groups(old, fates, successors)]
    losses += (Loss(TEXT, path) for path in texts if not fates[path].new_path)
    changes = _counts(navigation, fates, moves)
    files = {name: encoded(text, has_bom=False) for name, text in data.items()}
    if table is not None:
        files[REDIRECTS] = encoded(data[REDIRECTS], has_bom=table.has_bom)
    for fate in fates.values():
        if not fate.new_path:
            continue
        document = old.documents[fate.path]
        if not is_readable(document):
            losses.append(Loss(LEFT, fate.path))
            continue
        source = read(fate.path)
        page = LinkingPage(fate.path, fate.new_path, source.text, old, new, successors)
        links = rewrite_links(page, document)
        losses += links.losses
        changes.update(f"links {old_form} -> {form}" for old_form, form in links.forms)
        edits = {*removals(document, fate.keys), *links.edits}
        if edits or fate.new_path != fate.path:
            changes["pages with another text"] += 1
            text = apply_edits(source.text, edits)
            files[old.relative(fate.new_path)] = encoded(text, has_bom=source.has_bom)
    removed = {old.relative(fate.path) for fate in fates.values() if fate.new_path != fate.path}
    removed |= {LINKS} & old.data.keys()
    new_files = files.keys() - {*map(old.relative, old.pages), *old.data}
    return Migration(files, new_files, removed, changes, tuple(sorted(set(losses))))


def _has_text(path: str, old: Collection, read: Read) -> bool:
    """Whether a page says anything below its front matter."""
    front_matter = old.documents[path].front_matter
    return bool(read(path).text[front_matter.span.end if front_matter else 0 :].strip())


def _collection(old: Collection, fates: Mapping[str, Fate], data: Mapping[str, str]) -> Collection:
    """The collection as it will be, with the documents of today: links aside they are the same."""
    layout = IndexLayout()
    root, inputs = old.root, old.structure.inputs
    documents = {name: d for name, d in old.data.items() if layout.data_kind(name)}
    for name, text in data.items():
        if kind := layout.data_kind(name):
            documents[name] = READERS[kind](SourceFile(join(root, name), text))
    sources = {fate.new_path: fate.path for fate in fates.values() if fate.new_path}
    pages = {fate.new_path: new_page(fate, old) for fate in fates.values() if fate.new_path}
    files = tuple(file for file in inputs.files if file not in fates or file in sources)
    completed = layout.completed(root, pages, documents)
    reading = Reading(layout=layout.name, generated=old.structure.reading.generated)

    def document(path: str) -> Document:
        return old.documents[sources[path]] if path in sources else Document(path, (0,), 0)

    structure = Structure(
        root, Inputs(completed, files, documents, inputs.references), old.scheme, reading
    )
    return Collection(structure, LazyMapping(completed, document, None))


def _lost_of_groups(
    old: Collection, fates: Mapping[str, Fate], successors: Successors
) -> Iterator[Loss]:
    """What pages of groups said that no page says any more."""
    for fate in fates.values():
        if not is_group(fate.path, old):
            continue
        if not (fate.new_path or successors.own_list(fate.path)):
            yield Loss(GONE, fate.path)
        if fate.new_path and old.names[fate.path].type == "home":
            yield Loss(HOME, fate.path, f"/{old.urls[fate.path]}")
        for key, value in old.pages[fate.path].values.items():
            taken = key in fate.keys or not fate.new_path
            if taken and key not in KEPT_KEYS and value:
                yield Loss(f"`{key}` of a page that is made from now on", fate.path, value)


def _counts(navigation: Navigation, fates: Mapping[str, Fate], moves: Moves) -> Counter[str]:
    lines = Counter(entry.kind for entry, _ in navigation.walk())
    found = Counter({f"lines of index.md: {kind}": number for kind, number in lines.items()})
    found["redirects"] = len(moves.lines)
    for fate in fates.values():
        found.update(f"keys taken off: `{key}`" for key in fate.keys)
        if not fate.new_path:
            found["pages that are made from now on"] += 1
        elif fate.new_path != fate.path:
            found["texts of such pages that are guides now"] += 1
    return found
