"""What is different since an earlier time, and which pages that can matter to."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from posixpath import join, normpath

import msgspec
from msgspec import field

from balise.collection.collection import Collection
from balise.collection.facts import FACTS
from balise.collection.pictures import find_picture
from balise.collection.redirects import number_of
from balise.collection.resolve import resolve
from balise.collection.tree import product_above, sections_listed
from balise.document import Document, page_name


class Changes(msgspec.Struct, frozen=True):
    """What is different since `name`, as paths like those of documents.

    `touched` are all files that were made, changed, moved or removed, and `before` those of them
    that there were at that time; `texts` is what pages and data files among these said. `moved`
    leads from the old path of a file to its new one.
    """

    name: str
    touched: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    texts: Mapping[str, bytes] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)


def earlier(
    today: Collection,
    changes: Changes,
    documents: Iterable[Document],
    data: Mapping[str, Document],
) -> Collection:
    """The collection as it was: `documents` and `data` are what the touched files were then."""
    touched = changes.touched
    kept = [d for path, d in today.documents.items() if path not in touched]
    pages = [*kept, *(d for d in documents if today.contains(d.path))]
    files = {file for file in today.files if file not in touched}
    files |= {path for path in changes.before if today.contains(path)}
    same = {name: d for name, d in today.data.items() if data_path(today.root, name) not in touched}
    return Collection(
        today.root,
        pages,
        files,
        urls=today.scheme,
        data={**same, **data},
        whole=today.whole,
    )


def data_path(root: str, name: str) -> str:
    """The path of a data file of a collection."""
    return normpath(join(root, name))


def affected(today: Collection, then: Collection, touched: AbstractSet[str]) -> frozenset[str]:
    """The pages of today that a change of the files `touched` can matter to.

    Those are the touched pages, their translations, all pages with a link, a picture or an
    include that leads to a touched file or leads elsewhere than it did, and those that have got
    another address or another place in the lists.
    """
    if not any(today.contains(path) for path in touched):
        return frozenset()
    found = {path for path in today.documents if path in touched}
    for path in touched:
        name = page_name(path)
        if name and today.contains(path):
            pages = today.folders.get(today.folder(path), {})
            found.update(d.path for (type_, _), d in pages.items() if type_ == name.type)
    for path, document in today.documents.items():
        if path not in found and (
            _stands_elsewhere(document, today, then)
            or _leads_into(document, today, then, touched)
            or (data_path(today.root, FACTS) in touched and _is_judged_by_facts(path, today, then))
        ):
            found.add(path)
    return frozenset(found)


def _leads_into(
    document: Document, today: Collection, then: Collection, touched: AbstractSet[str]
) -> bool:
    for link in document.links:
        now = resolve(link.href, document, today)
        if now.path in touched or now != resolve(link.href, document, then):
            return True
    for image in document.images:
        shown = find_picture(image.src, document, today)
        if {shown.path, shown.there} & touched or shown != find_picture(image.src, document, then):
            return True
    return not touched.isdisjoint(_included(document, today))


def _included(document: Document, collection: Collection) -> Iterator[str]:
    """The files that a page includes, and those that they include."""
    seen: set[str] = set()
    waiting = [document]
    while waiting:
        for include in waiting.pop().includes:
            path = collection.included(include.path)
            if path not in seen:
                seen.add(path)
                yield path
                if below := collection.documents.get(path):
                    waiting.append(below)


def _stands_elsewhere(document: Document, today: Collection, then: Collection) -> bool:
    """Whether the page's address, its neighbours at that address or its place in lists differ."""
    return _standing(document, today) != _standing(document, then)


def _standing(document: Document, collection: Collection) -> tuple[object, ...]:
    url = collection.urls.get(document.path)
    if url is None:
        return ()
    product = product_above(document, collection)
    number = number_of(document)
    return (
        url,
        collection.by_url[url].path,
        sections_listed(product) if product else None,
        [page.path for page in collection.numbers.get(number, ())] if number else (),
    )


def _is_judged_by_facts(path: str, today: Collection, then: Collection) -> bool:
    name = today.names.get(path)
    return name is not None and any(
        service.about(today.folder(path), name.locale)
        for collection in (today, then)
        for service in collection.services.values()
    )
