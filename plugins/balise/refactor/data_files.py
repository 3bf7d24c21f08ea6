"""The data files of a collection after a move: they name folders and published addresses, too."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from posixpath import join
from urllib.parse import quote

from balise.base.source import Edit, Span
from balise.collection.facts import FACTS
from balise.collection.forms import read_address
from balise.collection.layouts.index import (
    ARTICLE,
    INDEX,
    LINKS,
    PRODUCTS,
    Item,
    articles,
    label_files,
    outline,
)
from balise.collection.layouts.tree import LINKS as LINKS_TABLE
from balise.collection.redirects import REDIRECTS
from balise.collection.rewrite import SAFE
from balise.refactor.outcome import Outcome
from balise.refactor.spelling import absolute_like

DataEdit = tuple[str, Edit]
"""The path of a data file, and what to write there."""

ROOT = "pages/"
ID, CATEGORY = "id", "reference_category"


def ref_edits(outcome: Outcome) -> Iterator[DataEdit]:
    """What to write in the index, beside labels and in articles, where products have other names."""
    before, data = outcome.before, outcome.before.structure.data
    refs = {
        before.folder(old).removeprefix(PRODUCTS): before.folder(new).removeprefix(PRODUCTS)
        for old, new in outcome.files.made.items()
    }
    for item in outline(data) if refs else ():
        if item.kind == "product" and item.ref in refs:
            place = item.entry.value_span
            ref = Span(place.end - len(item.ref), place.end)
            yield data[INDEX].path, Edit(ref, refs[item.ref], item.ref)
    for _, labels in label_files(data) if refs else ():
        for entry in labels.data:
            if new := refs.get(entry.keys[0]):
                yield labels.path, _value_edit(entry.key_span, new, outcome, labels.path)
    for _, article in articles(data) if refs else ():
        for entry in article.data:
            if entry.keys == (CATEGORY,) and (new := refs.get(entry.value)):
                yield article.path, _value_edit(entry.value_span, new, outcome, article.path)


def folder_edits(outcome: Outcome) -> Iterator[DataEdit]:
    """What to write in the places that name folders: items of the index, and `pages` of `facts.yml`."""
    data = outcome.before.structure.data
    if index := data.get(INDEX):
        moved = moved_folders(outcome)
        items = [item for item in outline(data) if item.kind == "guide"]
        listed = {item.ref for item in items}
        for item in items:
            for new, is_whole in moved.get(item.ref, {}).items():
                yield index.path, _item_edit(item, new, outcome, is_whole, new in listed)
    if facts := data.get(FACTS):
        for entry in facts.data:
            if entry.keys[1:2] == ("pages",):
                value = ",".join(_folder_now(part, outcome) for part in entry.value.split(","))
                if value != entry.value:
                    yield facts.path, _value_edit(entry.value_span, value, outcome, facts.path)


def address_edits(outcome: Outcome) -> Iterator[DataEdit]:
    """What to write in the places that name published addresses: addresses by key, ends of redirects."""
    before, after = outcome.before.structure, outcome.after.structure
    urls = {
        url: new
        for url, path in before.by_url.items()
        if (new := after.urls.get(outcome.where(path), url)) != url
    }
    if not urls:
        return
    for name, document in before.data.items():
        if name == REDIRECTS:
            targets = [redirect.target for redirect in before.redirects.all]
        elif name == LINKS_TABLE or name.startswith(LINKS):
            targets = [_published(entry.value, outcome) for entry in document.data]
        else:
            continue
        for entry, url in zip(document.data, targets, strict=False):
            if url in urls:
                value = _address_now(entry.value, url, urls[url], before.scheme.site)
                yield document.path, _value_edit(entry.value_span, value, outcome, document.path)


def articles_to_make(outcome: Outcome) -> Iterator[tuple[str, str]]:
    """The data file of a guide for the locales of it that move away from others: its path and text.

    It says the same, but for the key of the article: that is of one guide.
    """
    data = outcome.before.structure.data
    for folder, places in moved_folders(outcome).items():
        article = data.get(f"{folder}/{ARTICLE}")
        for new, is_whole in places.items():
            name = f"{new}/{ARTICLE}"
            if article is None or is_whole or name in data:
                continue
            text = outcome.source(article.path).text
            entry = next((e for e in article.data if e.keys == (ID,)), None)
            if entry is not None:
                starts = [*article.line_starts, len(text)]
                first, last = (
                    article.line(at) for at in (entry.key_span.start, entry.value_span.end)
                )
                text = text[: starts[first - 1]] + text[starts[last] :]
            yield join(outcome.root, name), text


def moved_folders(outcome: Outcome) -> Mapping[str, Mapping[str, bool]]:
    """Folder with pages that move -> the folders that they move to, and whether all pages do."""
    before = outcome.before
    found: dict[str, dict[str, bool]] = defaultdict(dict)
    for old, new in outcome.moves.items():
        folders = before.folder(old), before.folder(new)
        if old in before.names and folders[0] != folders[1]:
            pages = before.folders[folders[0]].values()
            all_there = {before.folder(outcome.where(page)) for page in pages} == {folders[1]}
            found[folders[0]][folders[1]] = all_there
    return found


def _item_edit(item: Item, new: str, outcome: Outcome, is_whole: bool, is_listed: bool) -> Edit:
    """Let an item of the index lead to the new folder, or put one for it above.

    An item whose folder has no page left, where the new one is listed already, goes.
    """
    index = outcome.before.structure.data[INDEX]
    place, label = item.entry.value_span, item.entry.key_span
    line = index.line(label.start)
    starts = [*index.line_starts, index.length]
    start, end = starts[line - 1], starts[line]
    text = outcome.source(index.path).text
    if is_listed:
        return Edit(
            Span(start, end if is_whole else start), "", text[start:end] if is_whole else ""
        )
    address = item.entry.value
    prefix = address.removesuffix(item.ref) if address.endswith(item.ref) else ""
    if not prefix.rstrip("/").endswith("pages") and ("/" not in new or new.startswith(PRODUCTS)):
        prefix += ROOT
    if is_whole:
        return Edit(place, prefix + new, address)
    row = text[start : place.start] + prefix + new + text[place.end : end]
    return Edit(Span(start, start), row if row.endswith("\n") else row + index.newline)


def _folder_now(written: str, outcome: Outcome) -> str:
    """A folder of `facts.yml`, with the blanks around it, as it is called after the moves."""
    folder = written.strip().strip("/")
    found: set[str] = set()
    for path in outcome.before.names if folder else ():
        own = outcome.before.folder(path)
        if own == folder or own.startswith(f"{folder}/"):
            new, below = outcome.before.folder(outcome.where(path)), own[len(folder) :]
            found.add(new.removesuffix(below) if new.endswith(below) else folder)
    return written.replace(folder, found.pop()) if len(found) == 1 else written


def _published(address: str, outcome: Outcome) -> str:
    """The published address that an absolute one is, from the site's root; empty for any other."""
    read = read_address(address, outcome.before.scheme)
    url = read.rest if read.form == "published" else ""
    return url if url in outcome.before.structure.by_url else f"{url}/"


def _address_now(address: str, old: str, new: str, site: str) -> str:
    """An address of the page that was at `old` and is at `new`, as it is written; what follows stays."""
    bare = address.partition("#")[0].partition("?")[0]
    start = site if "//" in bare else "/"
    return (absolute_like(bare, old, new) or start + quote(new, safe=SAFE)) + address[len(bare) :]


def _value_edit(place: Span, value: str, outcome: Outcome, path: str) -> Edit:
    """Put another value in the place of one, in its quotes if it has any."""
    raw = outcome.source(path).text[place.start : place.end]
    quoted = len(raw) > 1 and raw[0] in "\"'" and raw[-1] == raw[0]
    start = place.start + quoted
    return Edit(Span(start, place.end - quoted), value, raw[1:-1] if quoted else raw)
