"""What the next collection shares with the one before it: nothing that could be different."""

import pytest

from balise.base.source import SourceFile
from balise.collection import Collection
from balise.collection.lookups import table
from balise.collection.succession import BY_KEY, BY_PATHS, OF_FILES, OF_PAGES
from balise.document import Document, read_document

TEXT = "---\ntitle: Mail\nslug: mail\nlegacy_guide_number: 12\naliases: [post]\norder: 1\n---\n"
PATHS = ("home.fr-fr.md", "mail/product.fr-fr.md", "mail/imap/guide.fr-fr.md")
FILES = ("mail/images/a.png", "mail/imap/images/b.png")
TABLES = [name for name, made in vars(Collection).items() if isinstance(made, table)]


def collection(key: str = "", value: str = "") -> Collection:
    """Pages that say the same; with another value behind a key, where one is given."""
    lines = TEXT.splitlines(keepends=True)
    text = "".join(f"{key}: {value}\n" if key and line.startswith(key) else line for line in lines)
    documents = [read_document(SourceFile(path, text)) for path in PATHS]
    return Collection("", documents, FILES)


def seen(value: object) -> object:
    """A table as rules see it, pages by their paths."""
    if isinstance(value, Document):
        return value.path
    if isinstance(value, dict):
        return {key: seen(item) for key, item in value.items()}
    return [seen(item) for item in value] if isinstance(value, list | tuple) else value


def test_every_table_is_told_to_be_of_paths_of_pages_or_of_files() -> None:
    assert set(TABLES) <= {*BY_PATHS, *OF_PAGES, *OF_FILES, "slugs"}


@pytest.mark.parametrize("key", ["title", "slug", "legacy_guide_number", "order"])
def test_a_table_that_a_key_does_not_matter_to_is_the_same_for_another_value(key: str) -> None:
    before, after = collection(), collection(key, "77")
    for name in TABLES:
        same = seen(getattr(before, name)) == seen(getattr(after, name))
        assert same or name in BY_KEY[key], name


@pytest.mark.parametrize("name", [*TABLES, "redirects"])
def test_a_table_asks_pages_for_no_other_keys(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: set[str] = set()
    value = Document.value

    def noting(document: Document, key: str) -> str | None:
        asked.add(key)
        return value(document, key)

    monkeypatch.setattr(Document, "value", noting)
    getattr(collection(), name)
    assert asked <= {key for key, names in BY_KEY.items() if name in names}
