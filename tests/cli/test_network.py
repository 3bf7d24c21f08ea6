"""No command speaks to another machine."""

import sys
from pathlib import Path

import pytest

from tests.helpers.command import run, write_pages
from tests.helpers.no_network import attempts, guarded

CONFIGURED = {
    "balise.toml": 'guides = "guides"\nmanual = "https://docs.example.com/rules/"\n',
    "mkdocs.yml": "site_name: Trial\nsite_url: https://docs.example.com/\n"
    "theme: {name: material}\nplugins: [search, balise]\n",
    "docs/index.md": "# Manual\n\n![a](https://pictures.example.com/a.png)\n",
}
PAGES = {
    "guides/home.en-gb.md": "---\ntitle: Home\n---\n\n- [A](a/guide.en-gb.md)\n",
    "guides/a/guide.en-gb.md": "---\ntitle: A\n---\n\n[there](https://example.com/#a){.external}\n\n"
    "[here](#nowhere) `x` {.action}\n\n![a](https://pictures.example.com/a.png){.thumbnail}\n\n"
    "The server mail.example.com has port 993.\n",
}
BALISE = ("-m", "balise")
COMMANDS = {
    "check": ((*BALISE, "check"), 1),
    "check without what is kept": ((*BALISE, "check", "--no-cache"), 1),
    "check --fix": ((*BALISE, "check", "--fix"), 1),
    "baseline": ((*BALISE, "baseline"), 0),
    "facts": ((*BALISE, "facts", "guides/a/guide.en-gb.md"), 0),
    "health": ((*BALISE, "health", "--output", "html=health.html"), 0),
    "rules": ((*BALISE, "rules"), 0),
    "explain": ((*BALISE, "explain", "unresolved-anchor"), 0),
    "config": ((*BALISE, "config"), 0),
    "mkdocs build": (("-m", "mkdocs", "build"), 0),
}


@pytest.mark.parametrize(("arguments", "status"), COMMANDS.values(), ids=COMMANDS.keys())
def test_a_command_asks_no_other_machine(
    tmp_path: Path, arguments: tuple[str, ...], status: int
) -> None:
    project = write_pages(tmp_path / "project", CONFIGURED | PAGES)
    assert ended(tmp_path, project, *arguments) == status
    assert attempts(tmp_path) == []


def test_init_asks_no_other_machine(tmp_path: Path) -> None:
    project = write_pages(tmp_path / "project", PAGES)
    assert ended(tmp_path, project, *BALISE, "init") == 0
    assert attempts(tmp_path) == []


@pytest.mark.parametrize(
    ("call", "attempt"),
    [
        ("socket.create_connection(('127.0.0.1', 9))", "socket.getaddrinfo 127.0.0.1"),
        ("socket.socket().connect(('127.0.0.1', 9))", "socket.connect ('127.0.0.1', 9)"),
        ("socket.socket().connect_ex(('127.0.0.1', 9))", "socket.connect ('127.0.0.1', 9)"),
        ("socket.getaddrinfo('localhost', 80)", "socket.getaddrinfo localhost"),
        ("socket.gethostbyname('localhost')", "socket.gethostbyname localhost"),
        (
            "socket.socket(type=socket.SOCK_DGRAM).sendto(b'a', ('127.0.0.1', 9))",
            "socket.sendto ('127.0.0.1', 9)",
        ),
    ],
)
def test_the_guard_of_these_tests_stops_a_call_and_tells_of_it(
    tmp_path: Path, call: str, attempt: str
) -> None:
    assert ended(tmp_path, tmp_path, "-c", f"import socket; {call}") == 1
    assert attempts(tmp_path) == [attempt]


def test_the_guard_of_these_tests_is_in_the_processes_that_a_command_starts(tmp_path: Path) -> None:
    inner = "import socket; socket.getaddrinfo('localhost', 80)"
    outer = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {inner!r}])"
    assert ended(tmp_path, tmp_path, "-c", outer) == 0
    assert attempts(tmp_path) == ["socket.getaddrinfo localhost"]


def ended(folder: Path, cwd: Path, *arguments: str) -> int:
    """The status of Python with these arguments, guarded."""
    quiet = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    return run([sys.executable, *arguments], cwd, b"", {**quiet, **guarded(folder)}).status
