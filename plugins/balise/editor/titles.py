"""The pages and pictures of a collection, to be searched by what they are called and where they are.

An index is made once for a structure, and let go of with it.
"""

from collections.abc import Callable, Iterator, Sequence
from weakref import WeakKeyDictionary

import msgspec

from balise.collection import PICTURES, Collection, Page, Structure, number_of
from balise.editor.matching import best_matches, folded

NOT_FOUND = "404"
"""The type of a page that no link leads to."""
PICTURES_OF_ALL = "pictures"


class Titles(msgspec.Struct, frozen=True):
    """Paths, and for each the text that is searched, folded: of a page its title, path, address and number."""

    paths: Sequence[str]
    texts: Sequence[str]

    def best(self, typed: str, limit: int) -> Sequence[str]:
        """The paths that fit what is typed, the best first."""
        return [self.paths[index] for index in best_matches(typed, self.texts, limit)]

    def only(self, wanted: Callable[[str], bool]) -> "Titles":
        """Those whose paths are wanted."""
        kept = [(p, t) for p, t in zip(self.paths, self.texts, strict=True) if wanted(p)]
        return Titles([path for path, _ in kept], [text for _, text in kept])


_INDEXES: WeakKeyDictionary[Structure, dict[str, Titles]] = WeakKeyDictionary()


def titles_for(collection: Collection, locale: str) -> Titles:
    """Each guide and product once: in a locale, or else in the best one that it has.

    Those of the locale come first.
    """
    known = _INDEXES.setdefault(collection.structure, {})
    if locale not in known:
        names = collection.structure.names
        paths = sorted(
            _in_locale(collection, locale), key=lambda p: p in names and names[p].locale != locale
        )
        known[locale] = _indexed(paths, collection.structure)
    return known[locale]


def all_titles(structure: Structure) -> Titles:
    """All pages, whatever their locale."""
    known = _INDEXES.setdefault(structure, {})
    if "" not in known:
        known[""] = _indexed(
            sorted(structure.pages if structure.plain else structure.names), structure
        )
    return known[""]


def pictures_of(structure: Structure) -> Titles:
    """All pictures that are known."""
    known = _INDEXES.setdefault(structure, {})
    if PICTURES_OF_ALL not in known:
        paths = [file for file in structure.inputs.files if file.lower().endswith(PICTURES)]
        known[PICTURES_OF_ALL] = Titles(paths, [folded(structure.relative(path)) for path in paths])
    return known[PICTURES_OF_ALL]


def _in_locale(collection: Collection, locale: str) -> Iterator[str]:
    if collection.plain:
        yield from sorted(collection.structure.pages)
    for folder, pages in collection.structure.folders.items():
        for type_ in {type_: None for type_, _ in pages if type_ != NOT_FOUND}:
            if path := collection.in_locale(folder, locale, type_):
                yield path


def _indexed(paths: Sequence[str], structure: Structure) -> Titles:
    return Titles(paths, [folded(_text(structure.pages[path], structure)) for path in paths])


def _text(page: Page, structure: Structure) -> str:
    url = structure.urls.get(page.path)
    told = (page.value("title"), structure.relative(page.path), url, number_of(page))
    return "\n".join(part for part in told if part)
