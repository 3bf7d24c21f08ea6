"""The data files of a collection in the layout `index`, made of one in the layout `tree`."""

from collections.abc import Iterable, Mapping

from balise.collection import Collection
from balise.collection.layouts.index import ARTICLE, INDEX
from balise.document.slugs import IdPool, slugify
from balise.migrate.index_files import article_text, index_text, label_files, link_files
from balise.migrate.links import keys_named
from balise.migrate.navigation import Navigation, preferred
from balise.migrate.pages import folders_hidden


def data_texts(old: Collection, navigation: Navigation) -> dict[str, str]:
    """The texts of the new data files by name, `_redirects` aside."""
    locales = sorted({name.locale for name in old.names.values()})
    texts = {INDEX: index_text(navigation), **label_files(navigation, locales)}
    keys = {key for path in old.pages for key in keys_named(old.documents[path], old)}
    keys |= set(old.keyed_addresses)
    texts |= link_files(keys, locales, old.keyed_addresses)
    hidden = folders_hidden(old)
    for folder, slug in _full_slugs(old, navigation).items():
        site = old.scheme.site
        texts[f"{folder}/{ARTICLE}"] = article_text(folder, site, slug, hidden=folder in hidden)
    return texts


def _full_slugs(old: Collection, navigation: Navigation) -> Mapping[str, str]:
    """Folder of a guide -> the last part of its address in all locales; that of its product in front where two are alike."""
    products = {
        entry.ref: next((a.ref for a in reversed(above) if a.kind == "product"), "")
        for entry, above in navigation.walk()
        if entry.kind == "guide"
    }
    pool, found = IdPool(), dict[str, str]()
    for folder in sorted({*_guide_folders(old), *navigation.overviews.values()} - {""}):
        slug = _slug(folder, old)
        product = products.get(folder, "")
        if slug in pool.taken and product:
            slug = f"{product}-{slug}"
        found[folder] = pool.unique(slug).replace("_", "-")
    return found


def _guide_folders(old: Collection) -> Iterable[str]:
    return (old.folder(path) for path, name in old.names.items() if name.type == "guide")


def _slug(folder: str, old: Collection) -> str:
    """The slug of a guide in the locale that counts first; of one without any, its path."""
    pages = old.folders.get(folder, {})
    locales = [locale for type_, locale in pages if type_ == "guide"]
    for locale in preferred(locales, old.scheme.original):
        if slug := _part(old.pages[pages["guide", locale]].value("slug") or ""):
            return slug
    return _part(folder)


def _part(text: str) -> str:
    """A text as a part of an address: small letters, digits and `-`."""
    return slugify(text.replace("/", "-").replace("_", "-")).strip("-")
