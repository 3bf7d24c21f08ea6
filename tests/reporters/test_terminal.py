"""Which terminals get the names of rules as links: those that say of themselves that they show them."""

import io

import pytest

from balise.reporters.terminal import shows_links


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _unnamed(monkeypatch: pytest.MonkeyPatch) -> None:
    """No terminal has named itself."""
    names = ("TERM_PROGRAM", "TERM", "VTE_VERSION")
    for name in (*names, "DOMTERM", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "WT_SESSION"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("name", "value", "links"),
    [
        ("TERM_PROGRAM", "WezTerm", True),
        ("TERM_PROGRAM", "Apple_Terminal", False),
        ("TERM", "xterm-kitty", True),
        ("TERM", "xterm-256color", False),
        ("WT_SESSION", "", True),
        ("VTE_VERSION", "5000", True),
        ("VTE_VERSION", "4999", False),
        ("VTE_VERSION", "new", False),
    ],
)
def test_a_terminal_shows_links_if_it_is_known_to(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, links: bool
) -> None:
    monkeypatch.setenv(name, value)
    assert shows_links(Terminal()) is links


def test_a_terminal_without_a_name_shows_none() -> None:
    assert not shows_links(Terminal())


def test_what_is_no_terminal_shows_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "foot")
    assert not shows_links(io.StringIO())
