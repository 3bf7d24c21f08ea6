"""A guide goes: its addresses lead to another one, and so do the links to it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from posixpath import dirname, join
from typing import NamedTuple
from urllib.parse import quote

from balise.base.errors import UserError
from balise.base.paths import path_here
from balise.base.source import Edit, Span
from balise.base.suggestions import did_you_mean
from balise.collection import TOP, Collection, address_like, resolve
from balise.collection.facts import FACTS
from balise.collection.layouts.index import ARTICLE, INDEX, outline
from balise.collection.redirects import REDIRECTS
from balise.collection.rewrite import SAFE
from balise.refactor.backlinks import Backlinks, Use, backlinks_of
from balise.refactor.key import KEY_FORMS
from balise.refactor.model import Note, Refactoring
from balise.refactor.pages import text_of
from balise.refactor.redirects import PATTERNS, lines_behind, table_lines
from balise.workspace.workspace import Workspace


class _Removal(NamedTuple):
    """The pages that go, and for each the one that its readers are led to."""

    workspace: Workspace
    collection: Collection
    heirs: Mapping[str, str]
    backlinks: Backlinks


def remove(
    workspace: Workspace,
    path: str,
    to: str,
    locales: Sequence[str] = (),
    backlinks: Backlinks | None = None,
) -> Refactoring:
    """Remove the guide whose page or folder is at `path`, in some `locales` or all that have it.

    What led there leads to the guide or product at `to`, in the same locale or the nearest one that
    this has. Raises UserError.
    """
    root = next((r for r, c in workspace.collections.items() if c.structure.contains(path)), None)
    if root is None:
        raise UserError(f"{path_here(path)}: is in no collection")
    collection = workspace.collections[root]
    heirs = _heirs(collection, _folder(collection, path), _folder(collection, to), locales)
    links = backlinks or backlinks_of(workspace)
    removal = _Removal(workspace, collection, heirs, links)
    edits: dict[str, list[Edit]] = {}
    created: dict[str, str] = {}
    notes: list[Note] = []
    for change in (*_links(removal), *_data(removal)):
        if isinstance(change, Note):
            notes.append(change)
        else:
            edits.setdefault(change[0], []).append(change[1])
    table, lines = collection.structure.data.get(REDIRECTS), _redirects(removal, notes)
    if table is None and lines:
        created[collection.structure.data_path(REDIRECTS)] = table_lines(lines, "\n")
    elif table is not None and lines:
        source = text_of(workspace, table.path)
        behind = lines_behind(source.text, table_lines(lines, source.newline), source.newline)
        edits.setdefault(table.path, []).append(behind)
    title = f"remove {path_here(path)}"
    return Refactoring(title, edits, {}, created, sorted(_files(removal)), notes)


def _folder(collection: Collection, path: str) -> str:
    """The folder of a guide, from the root. Raises UserError where there is none at a path."""
    folder = collection.folder(path) if path in collection.pages else collection.relative(path)
    if folder not in collection.folders:
        hint = did_you_mean(folder, collection.folders)
        raise UserError(f"{path_here(path)}: there is no page{hint}")
    return folder


def _heirs(
    collection: Collection, folder: str, other: str, locales: Sequence[str]
) -> dict[str, str]:
    """Each page that goes -> the one that its readers are led to. Raises UserError."""
    shown = path_here(join(collection.root, folder))
    if folder == other:
        raise UserError(f"{shown}: cannot lead to itself; name another guide with `--to`")
    pages = {locale: path for (_, locale), path in collection.folders[folder].items()}
    types = {type_ for type_, _ in collection.folders[folder]}
    if types != {"guide"}:
        raise UserError(
            f"{shown}: is no guide; only guides can be removed, for nothing is below them"
        )
    if unknown := next((locale for locale in locales if locale not in pages), None):
        raise UserError(f"{shown}: has no page in {unknown}; there is {', '.join(sorted(pages))}")
    heirs: dict[str, str] = {}
    for locale, path in sorted(pages.items()):
        heir = collection.in_locale(other, locale) if not locales or locale in locales else None
        if heir is not None:
            heirs[path] = heir
    return heirs


def _links(removal: _Removal) -> Iterator[tuple[str, Edit] | Note]:
    """What is done to each link to the pages that go, on those that stay."""
    for gone, heir in removal.heirs.items():
        for use in removal.backlinks.of(gone):
            if use.path in removal.heirs:
                continue
            if use.kind != "link":
                yield Note(
                    use.path,
                    use.span,
                    f"this is the text of `{removal.collection.relative(gone)}`, which goes",
                )
                continue
            yield from _link(use, heir, removal.collection)


def _link(use: Use, heir: str, collection: Collection) -> Iterator[tuple[str, Edit] | Note]:
    target = resolve(use.href, use.path, collection, html=use.html)
    if target.form in KEY_FORMS:  # their address stands in a table, where it is changed
        return
    written = use.href.partition("#")[2]
    is_kept = use.fragment and collection.anchors(heir).exact(use.fragment)
    fragment = use.fragment if is_kept else ""
    if written and not is_kept and use.fragment.casefold() not in TOP:
        message = f"`#{use.fragment}` is no anchor of `{collection.relative(heir)}`, so this link leads to its top"
        yield Note(use.path, use.span, message)
    address = address_like(target.form, use.path, heir, fragment, collection)
    if use.address is None:
        yield Note(
            use.path, use.span, f"the address of this link stands elsewhere; write `{address}`"
        )
    else:
        yield use.path, Edit(use.address, address)


def _data(removal: _Removal) -> Iterator[tuple[str, Edit] | Note]:
    """What is done to the data files: items of the index go, addresses by key lead to the other page."""
    collection, data = removal.collection, removal.collection.structure.data
    index = data.get(INDEX)
    left = _emptied(removal)
    for item in outline(data) if index else ():
        if index and item.folder in left and item.kind == "guide":
            line = index.line(item.entry.key_span.start)
            starts = [*index.line_starts, index.length]
            yield index.path, Edit(Span(starts[line - 1], starts[line]), "")
    facts = data.get(FACTS)
    for entry in facts.data if facts else ():
        names = (name.strip().strip("/") for name in entry.value.split(","))
        if facts and entry.keys[1:2] == ("pages",) and not left.isdisjoint(names):
            yield Note(facts.path, entry.value_span, "this names the guide that goes")
    page = next(iter(removal.heirs))
    site = collection.scheme.site
    for name, document in data.items():
        for entry in document.data if name not in (REDIRECTS, INDEX) else ():
            if not entry.value.startswith(site):
                continue
            heir = removal.heirs.get(resolve(entry.value, page, collection).path)
            if heir is not None:
                text = text_of(removal.workspace, document.path).text
                quoted = text[entry.value_span.start] in "\"'"
                place = Span(entry.value_span.start + quoted, entry.value_span.end - quoted)
                yield document.path, Edit(place, site + quote(collection.urls[heir], safe=SAFE))


def _emptied(removal: _Removal) -> set[str]:
    """The folders that have no page left."""
    folders = {removal.collection.folder(path) for path in removal.heirs}
    return {
        folder
        for folder in folders
        if removal.heirs.keys() >= set(removal.collection.folders[folder].values())
    }


def _redirects(removal: _Removal, notes: list[Note]) -> dict[str, str]:
    """Each address that led to one of the pages -> the new one; those of the table go on to it anyway."""
    structure = removal.collection.structure
    found: dict[str, str] = {}
    for gone, heir in removal.heirs.items():
        url = structure.urls[gone]
        sources = [url] if structure.by_url.get(url) == gone else []
        by_source = structure.redirects.by_source.values()
        sources += [r.source for r in by_source if r.path == gone and r.target == url]
        for source in sources:
            if PATTERNS & set(source):
                message = f"the old address `/{source}` cannot be redirected"
                notes.append(Note(gone, Span(0, 0), message))
            else:
                found[source] = structure.urls[heir]
    return found


def _files(removal: _Removal) -> Iterator[str]:
    """The pages that go, what only they show of the files beside them, and what was said of the guide."""
    collection, structure = removal.collection, removal.collection.structure
    yield from removal.heirs
    left = _emptied(removal)
    for folder in {dirname(path) for path in removal.heirs}:
        is_empty = collection.structure.folder(f"{folder}/x") in left
        for beside in (folder, f"{folder}/images"):
            names = structure.files_by_folder.get(beside, ())
            yield from _unused((f"{beside}/{name}" for name in names), removal, is_empty)
        article = structure.data.get(f"{structure.folder(f'{folder}/x')}/{ARTICLE}")
        if article is not None and is_empty:
            yield article.path


def _unused(files: Iterable[str], removal: _Removal, is_empty: bool) -> Iterator[str]:
    """Those of the files that no page shows that stays, if any shows them or no page is left."""
    for file in files:
        users = {use.path for use in removal.backlinks.of(file)}
        is_free = file not in removal.collection.pages and users <= removal.heirs.keys()
        if is_free and (users or is_empty):
            yield file
