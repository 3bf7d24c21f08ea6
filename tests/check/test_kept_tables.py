"""A large collection is checked by tables that were kept, and the findings are those of a check that keeps nothing."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.command import Ran, balise, write_pages

COUNT = 220
"""Guides; there are tables to be kept from 200 pages on."""
CHECK = ("check", "--output-format", "concise")


def guide(number: int, *, title: str = "", slug: str = "") -> str:
    link = f"[next](https://docs.ovh.com/gb/en/a/guide-{(number + 1) % COUNT}/#start)"
    title, slug = title or f"Guide {number}", slug or f"guide-{number}"
    return f"---\ntitle: {title}\nslug: {slug}\n---\n\n## Start\n\n{link}\n"


def file_of(number: int) -> str:
    return f"guides/a/guide-{number}/guide.en-gb.md"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    pages = {file_of(number): guide(number) for number in range(COUNT)}
    around = {
        "balise.toml": "",
        "guides/home.en-gb.md": "---\ntitle: Home\n---\n",
        "guides/a/product.en-gb.md": "---\ntitle: A\nslug: a\n---\n",
    }
    folder = write_pages(tmp_path, around | pages)
    balise(*CHECK, cwd=folder)
    return folder


def text_changes(project: Path) -> None:
    write_pages(project, {file_of(7): guide(7) + "\n[dead](#nowhere)\n"})


def address_changes(project: Path) -> None:
    write_pages(project, {file_of(3): guide(3, slug="another")})


def title_is_another_ones(project: Path) -> None:
    write_pages(project, {file_of(3): guide(3, title="Guide 4")})


def page_goes(project: Path) -> None:
    (project / file_of(3)).unlink()


def page_comes(project: Path) -> None:
    write_pages(project, {file_of(COUNT): guide(COUNT, slug="guide-4")})


def redirect_comes(project: Path) -> None:
    page = guide(5).replace("---\n\n", "aliases: guide-3\n---\n\n", 1)
    write_pages(project, {file_of(5): page})


CHANGES = [
    text_changes,
    address_changes,
    title_is_another_ones,
    page_goes,
    page_comes,
    redirect_comes,
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: str(change.__name__))
def test_after_a_change_all_is_told_as_without_them(
    project: Path, change: Callable[[Path], None]
) -> None:
    text_changes(project)
    balise(*CHECK, cwd=project)
    change(project)
    expected = balise(*CHECK, "--no-cache", cwd=project)
    assert expected.out
    assert balise(*CHECK, cwd=project) == expected


def test_damaged_tables_are_made_anew(project: Path) -> None:
    text_changes(project)
    expected = balise(*CHECK, "--no-cache", cwd=project)
    with sqlite3.connect(project / ".balise_cache" / "facts.sqlite") as store:
        query = "update blobs set value = zeroblob(length(value)) where key like 'table %'"
        assert store.execute(query).rowcount > 5
    assert balise(*CHECK, cwd=project) == expected


def test_what_the_structure_was_is_damaged(project: Path) -> None:
    address_changes(project)
    expected: Ran = balise(*CHECK, "--no-cache", cwd=project)
    with sqlite3.connect(project / ".balise_cache" / "facts.sqlite") as store:
        query = "update blobs set value = zeroblob(length(value)) where key like 'structure %'"
        assert store.execute(query).rowcount > 2
    assert balise(*CHECK, cwd=project) == expected
