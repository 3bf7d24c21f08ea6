"""`mkdocs serve`: whatever a writer saves is on the page, without a restart."""

import http.client
import json
import os
import queue
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.error import HTTPError

import pytest

from balise.workspace.watching import ChangeWatcher, make_observer
from tests.helpers.command import balise, mkdocs, write_pages
from tests.helpers.forked import Copy, can_fork, started
from tests.helpers.no_network import attempts, guarded
from tests.helpers.platforms import on_posix, with_links
from tests.publish.test_build import DIALECT, PAGES

SECONDS = 90
"""More than the minute for which the server lets a page wait for changes."""
QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
GUIDE = "guides/web/mails/autre/guide.fr-fr.md"
START = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from mkdocs.__main__ import cli
cli()
"""
"""MkDocs that Ctrl-C ends, also where a shell runs the tests in the background, without Ctrl-C."""
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000003000000020802000000124814f90000000049454e44ae426082"
)
"""The head of a picture of 3 by 2 pixels."""


@dataclass
class Served:
    """A folder of pages, the address at which they are served, and what the server has said."""

    folder: Path
    process: subprocess.Popen[str] | Copy
    site: str = ""
    lines: list[str] = field(default_factory=list)
    said: threading.Condition = field(default_factory=threading.Condition)

    def get(self, path: str) -> tuple[int, str]:
        """Status and text of a page."""
        try:
            with urllib.request.urlopen(self.site + path, timeout=SECONDS) as answer:  # noqa: S310
                return answer.status, answer.read().decode("utf-8", "replace")
        except HTTPError as error:
            return error.code, error.read().decode("utf-8", "replace")

    def html(self, path: str) -> str:
        """A page that is there."""
        status, text = self.get(path)
        assert status == 200, f"{path}: {status}"
        return text

    def after_change(self, path: str, wanted: str) -> str:
        """The page at `path` when it says what is `wanted`; it listens for changes as a browser does."""
        text = ""
        for _ in range(10):
            _, text = self.get(path)
            if wanted in text:
                return text
            reload = re.search(r"livereload\((\d+), (\d+)\)", text)
            assert reload, "the page does not listen for changes"
            self.get(f"livereload/{reload[1]}/{reload[2]}")
        raise AssertionError(f"{wanted} is not on {path}: {text}")

    def wait_for(self, words: str) -> str:
        """The first line with these words that the server prints."""

        def found() -> str:
            return next((line for line in self.lines if words in line), "")

        with self.said:
            assert self.said.wait_for(found, SECONDS), f"{words}: not in {self.lines}"
        return found()

    def told(self, words: str) -> int:
        """How many lines with these words the server has printed."""
        return sum(words in line for line in self.lines)

    def tracebacks(self) -> list[str]:
        """What the server has said for programmers."""
        return [line for line in self.lines if "Traceback" in line]

    def write(self, path: str, text: str) -> None:
        """Save a page."""
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_text(text, encoding="utf-8")

    def replace(self, old: str, new: str, path: str = GUIDE) -> None:
        """Change a page."""
        text = (self.folder / path).read_text(encoding="utf-8")
        assert old in text
        self.write(path, text.replace(old, new))


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with serving(write_pages(tmp_path, PAGES)) as found:
        yield found


@contextmanager
def serving(
    folder: Path, first: str = "", cwd: Path | None = None, start: str = START
) -> Iterator[Served]:
    """`mkdocs serve` in a folder, from when it says that it serves; `first` is Python to be run before.

    Who stands elsewhere, in `cwd`, names the folder's `mkdocs.yml`. `start` is the program.
    """
    arguments = ["serve", "--dev-addr", "127.0.0.1:0"]
    if cwd is not None:
        arguments += ["--config-file", str(folder / "mkdocs.yml")]
    with _started(first + start, arguments, cwd or folder) as (process, stderr):
        found = Served(folder, process)

        def read() -> None:
            for line in stderr:
                with found.said:
                    found.lines.append(line)
                    found.said.notify_all()

        reader = threading.Thread(target=read)
        reader.start()
        try:
            found.site = found.wait_for("Serving on").split()[-1]
            yield found
        finally:
            process.terminate()
            reader.join(SECONDS)


@contextmanager
def _started(
    program: str, arguments: list[str], cwd: Path
) -> Iterator[tuple[subprocess.Popen[str] | Copy, IO[str]]]:
    """A program, and what it writes to stderr."""
    whole = {**os.environ, "PYTHONUTF8": "1", **QUIET}
    if program != START or not can_fork(whole):
        command = [sys.executable, "-c", program, *arguments]
        with subprocess.Popen(
            command, cwd=cwd, stderr=subprocess.PIPE, text=True, env=whole
        ) as process:
            assert process.stderr
            yield process, process.stderr
        return
    ours, theirs = os.pipe()
    with os.fdopen(ours, encoding="utf-8") as stderr, os.fdopen(theirs, "w") as writing:
        streams = (0, 1, writing.fileno())
        with started(("mkdocs", *arguments), cwd, whole, streams) as copy:
            writing.close()
            yield copy, stderr


def test_a_changed_text_is_on_the_page(served: Served) -> None:
    assert "Nouveau" not in served.html("fr/emails/autre/")
    served.replace("Texte", "Nouveau")
    served.after_change("fr/emails/autre/", "Nouveau")


def test_a_changed_heading_is_in_the_contents_and_for_links_from_elsewhere(served: Served) -> None:
    assert "#debut" in served.html("fr/emails/configurer/")
    served.replace("## Début", "## Commencer")
    assert 'href="#commencer"' in served.after_change("fr/emails/autre/", 'id="commencer"')
    served.replace(
        "guide.fr-fr.md#debut", "guide.fr-fr.md#commencer", GUIDE.replace("autre", "config")
    )
    served.after_change("fr/emails/configurer/", "../autre/#commencer")
    (served.wait_for("autre/guide.fr-fr.md: nothing wrong"))


def test_copies_for_programs_are_those_of_the_pages_as_they_are(tmp_path: Path) -> None:
    settings = PAGES["mkdocs.yml"].replace("balise]", "balise: {markdown: true}]")
    with serving(write_pages(tmp_path, {**PAGES, "mkdocs.yml": settings})) as served:
        assert served.html("fr/emails/autre/index.md").endswith("## Début\n\nTexte.\n")
        assert "emails/autre/index.md)\n" in served.html("fr/llms.txt")
        write_pages(tmp_path, {GUIDE: PAGES[GUIDE].replace("Texte.", "Autre chose.")})
        served.after_change("fr/emails/autre/", "Autre chose.")
        assert served.html("fr/emails/autre/index.md").endswith("Autre chose.\n")
        assert served.get("fr/emails/autre/absent.md")[0] == 404


def test_the_page_of_results_is_there_with_the_products_as_they_are(served: Served) -> None:
    assert ">E-mails</a>" in served.html("fr/search/")
    assert 'href="../../fr/search/"' in served.html("fr/emails/")


def test_no_page_is_made_for_a_reader_who_may_never_open_it(served: Served) -> None:
    request = urllib.request.Request(  # noqa: S310
        f"{served.site}fr/emails/autre/", headers={"Sec-Purpose": "prefetch;prerender"}
    )
    with pytest.raises(HTTPError, match="503"):
        urllib.request.urlopen(request, timeout=SECONDS)  # noqa: S310
    assert "Autre" in served.html("fr/emails/autre/")


def test_changed_code_is_on_the_page_that_includes_it(served: Served) -> None:
    served.write("guides/commun/redis", "first")
    served.replace("Texte", "```\n{!> commun/redis !}\n```")
    served.after_change("fr/emails/autre/", "first")
    served.write("guides/commun/redis", "second")
    served.after_change("fr/emails/autre/", "second")


def test_changed_front_matter_moves_a_guide_in_the_navigation(served: Served) -> None:
    html = served.html("fr/emails/")
    assert html.index(">Autre<") < html.index(">Configurer")
    served.replace("order: 1", "order: 9")
    served.replace("title: Autre", "title: Le dernier")
    html = served.after_change("fr/emails/", ">Le dernier<")
    assert html.index(">Configurer") < html.index(">Le dernier<")


def test_a_changed_slug_moves_the_page(served: Served) -> None:
    served.html("fr/emails/autre/")
    served.replace("slug: autre", "slug: ailleurs")
    served.after_change("fr/emails/", "emails/ailleurs/")
    assert served.get("fr/emails/autre/")[0] == 404
    assert "Texte." in served.html("fr/emails/ailleurs/")


def test_a_new_guide_is_there_and_in_the_navigation(served: Served) -> None:
    assert served.get("fr/emails/neuf/")[0] == 404
    served.write(
        "guides/web/mails/neuf/guide.fr-fr.md", "---\ntitle: Neuf\nslug: neuf\n---\n\nTout neuf.\n"
    )
    served.after_change("fr/emails/", "Neuf")
    assert "Tout neuf." in served.html("fr/emails/neuf/")


def test_a_deleted_guide_is_gone_from_the_navigation_too(served: Served) -> None:
    assert "Autre" in served.html("fr/emails/")
    shutil.rmtree(served.folder / "guides/web/mails/autre")
    page = "fr/emails/configurer/"
    for _ in range(10):
        html = served.html(page)
        if "emails/autre/" not in html:
            break
        reload = re.search(r"livereload\((\d+), (\d+)\)", html)
        assert reload
        served.get(f"livereload/{reload[1]}/{reload[2]}")
    assert "emails/autre/" not in served.html(page)
    status, html = served.get("fr/emails/autre/")
    assert status == 404
    assert 'lang="fr"' in html


def test_a_new_picture_is_shown_with_its_size(served: Served) -> None:
    served.replace("Texte.", "Texte. ![x](images/neu.png)")
    served.after_change("fr/emails/autre/", "images/neu.png")
    picture = served.folder / "guides/web/mails/autre/images/neu.png"
    picture.parent.mkdir()
    picture.write_bytes(PNG)
    html = served.after_change("fr/emails/autre/", 'width="3"')
    assert 'height="2"' in html
    assert served.get("guides/web/mails/autre/images/neu.png")[0] == 200


def test_a_picture_is_gone_with_its_folder_and_back_with_it(served: Served) -> None:
    folder, away = served.folder / "guides/web/mails/autre/images", served.folder / "away"
    address = "guides/web/mails/autre/images/neu.png"
    folder.mkdir()
    (folder / "neu.png").write_bytes(PNG)
    served.replace("Texte.", "Texte. ![x](images/neu.png)")
    served.after_change("fr/emails/autre/", 'width="3"')
    folder.rename(away)
    served.after_change("fr/emails/autre/", "missing-image")
    assert served.get(address)[0] == 404
    away.rename(folder)
    served.after_change("fr/emails/autre/", 'width="3"')
    assert served.get(address)[0] == 200
    assert not served.tracebacks()


def test_without_a_page_in_a_locale_that_is_asked_for_the_last_state_stays(served: Served) -> None:
    home = "guides/home.en-gb.md"
    served.write(home, "---\ntitle: Guides\n---\n\nWelcome.\n")
    served.wait_for("home.en-gb.md: nothing wrong")
    served.replace("balise]", "balise: {locales: [fr-fr, en-gb]}]", "mkdocs.yml")
    served.wait_for("Reloading browsers")
    (served.folder / home).unlink()
    served.wait_for("there are no pages in `en-gb`")
    assert "Texte." in served.html("fr/emails/autre/")
    served.replace("Texte.", "Nouveau.")
    served.write(home, "---\ntitle: Guides\n---\n\nWelcome back.\n")
    served.after_change("fr/emails/autre/", "Nouveau.")
    assert not served.tracebacks()


def test_guides_appear_with_the_first_page_of_a_locale_that_is_asked_for(tmp_path: Path) -> None:
    settings = PAGES["mkdocs.yml"].replace("balise]", "balise: {locales: [fr-fr, en-gb]}]")
    with serving(write_pages(tmp_path, {**PAGES, "mkdocs.yml": settings})) as served:
        served.wait_for("there are no pages in `en-gb`")
        assert served.get("fr/emails/autre/")[0] == 404
        served.write("guides/home.en-gb.md", "---\ntitle: Guides\n---\n\nWelcome.\n")
        served.wait_for("home.en-gb.md: nothing wrong")
        assert "Texte." in served.html("fr/emails/autre/")


def test_findings_of_a_saved_page_are_printed_and_shown_on_it(served: Served) -> None:
    assert "No findings" in served.html("fr/emails/autre/")
    served.replace("Texte.", "Voir [ici](#nulle-part).")
    html = served.after_change("fr/emails/autre/", "unresolved-anchor")
    assert "#nulle-part" in html
    assert "autre/guide.fr-fr.md:10:" in served.wait_for("unresolved-anchor")


def test_a_page_without_findings_says_so(served: Served) -> None:
    assert "No findings" in served.html("fr/emails/autre/")


FIRST = "`balise check` lists them"
"""Ends the line that the server prints when it has checked everything for the first time."""
TWIN = "guides/web/mails/double/guide.fr-fr.md"


def test_the_start_tells_how_many_findings_there_are_in_all(served: Served) -> None:
    ran = balise("check", "--no-cache", "--output-format", "json", cwd=served.folder)
    assert f"guides: {len(json.loads(ran.out))} findings (" in served.wait_for(FIRST)


def test_a_link_that_a_change_breaks_on_another_page_is_told_and_that_it_is_mended(
    served: Served,
) -> None:
    served.wait_for(FIRST)
    served.replace("## Début", "## Commencer")
    assert "config/guide.fr-fr.md:" in served.wait_for("`#debut` is not an anchor")
    served.replace("## Commencer", "## Début")
    assert "config/guide.fr-fr.md (unresolved-anchor)" in served.wait_for("mended:")


def test_what_is_wrong_with_the_collection_as_a_whole_is_told(served: Served) -> None:
    served.wait_for(FIRST)
    served.write("guides/_redirects", "/fr/ancien/ /fr/nulle-part/\n")
    assert "guides/_redirects:1:" in served.wait_for("(broken-redirect)")


def test_a_finding_is_told_once(served: Served) -> None:
    served.wait_for(FIRST)
    served.replace("## Début", "## Commencer")
    served.replace("Texte.", "Voir [ici](#nulle-part).")
    served.wait_for("`#debut` is not an anchor")
    served.write(TWIN, (served.folder / GUIDE).read_text(encoding="utf-8").replace("#nulle", "#x"))
    served.wait_for("(duplicate-url)")
    assert served.told("`#debut` is not an anchor") == 1
    assert served.told("`#nulle-part` is not an anchor") == 1


def test_findings_of_the_baseline_are_not_told(tmp_path: Path) -> None:
    folder = write_pages(tmp_path, {**PAGES, "balise.toml": ""})
    ran = balise("baseline", cwd=folder)
    assert ran.status == 0, ran.err
    with serving(folder) as served:
        served.wait_for("guides: no findings")


CRASHING = """
from balise.rules.redirects.broken_redirect import BrokenRedirect
def fail(self, collection):
    raise ValueError("out of order")
    yield
BrokenRedirect.check_collection = fail
"""


def test_a_rule_that_fails_on_the_collection_is_told_once_and_the_others_go_on(
    tmp_path: Path,
) -> None:
    with serving(write_pages(tmp_path, PAGES), CRASHING) as served:
        served.wait_for(FIRST)
        assert "out of order" in served.wait_for("the rule broken-redirect failed on guides")
        served.replace("## Début", "## Commencer")
        served.wait_for("`#debut` is not an anchor")
        assert served.told("the rule broken-redirect failed") == 1
        assert "Texte." in served.html("fr/emails/autre/")
        assert not served.tracebacks()


BROKEN = """
from balise.check import live
def fail(workspace, settings, traces, about):
    raise ValueError("out of order")
live.check_steps = fail
"""


def test_a_check_that_fails_does_not_stop_the_server(tmp_path: Path) -> None:
    with serving(write_pages(tmp_path, PAGES), BROKEN) as served:
        served.wait_for("out of order")
        served.replace("Texte", "Nouveau")
        served.after_change("fr/emails/autre/", "Nouveau")


ENDLESS = """
import sys
from balise.check import live
def check(workspace, settings, traces, about):
    print("checking", file=sys.stderr, flush=True)
    while True:
        yield
live.check_steps = check
"""


@on_posix
def test_pages_are_served_while_everything_is_checked_and_ctrl_c_ends_both(tmp_path: Path) -> None:
    with serving(write_pages(tmp_path, PAGES), ENDLESS) as served:
        served.wait_for("checking")
        served.replace("Texte", "Nouveau")
        served.after_change("fr/emails/autre/", "Nouveau")
        served.process.send_signal(signal.SIGINT)
        assert served.process.wait(SECONDS) == 0
    assert not served.tracebacks()


def test_what_balise_keeps_between_runs_is_no_change(tmp_path: Path) -> None:
    told: queue.SimpleQueue[AbstractSet[str]] = queue.SimpleQueue()
    observer = make_observer(tmp_path)
    changes = ChangeWatcher(told.put)
    changes.watch(observer, tmp_path)
    observer.start()
    write_pages(tmp_path, {".balise_cache/facts.sqlite": "kept"})
    write_pages(tmp_path, {"guide.fr-fr.md": "# A page\n"})
    assert told.get(timeout=SECONDS) == {str(tmp_path / "guide.fr-fr.md")}
    changes.stop()
    observer.stop()
    observer.join()


def ask(served: Served, path: str, host: str) -> tuple[int, str, dict[str, str]]:
    """Status, text and headers of the answer to a request with this `Host`."""
    connection = http.client.HTTPConnection(served.site.split("/")[2], timeout=SECONDS)
    connection.putrequest("GET", path, skip_host=True)
    if host:
        connection.putheader("Host", host)
    connection.endheaders()
    answer = connection.getresponse()
    return answer.status, answer.read().decode("utf-8", "replace"), dict(answer.headers)


def test_only_requests_to_the_own_names_are_answered(served: Served) -> None:
    port = served.site.split(":")[-1].rstrip("/")
    for host in (
        "localhost",
        f"LOCALHOST:{port}",
        f"127.0.0.1:{port}",
        "[::1]:80",
        "a.localhost",
        "",
    ):
        assert ask(served, "/fr/", host)[0] == 200, host
    for host in (
        "evil.example",
        f"evil.example:{port}",
        "localhost.evil.example",
        "127.0.0.1.nip.io",
    ):
        status, text, _ = ask(served, "/fr/", host)
        assert (status, "Autre" in text) == (403, False), host
        assert ask(served, "/livereload/1/2", host)[0] == 403


@pytest.mark.parametrize("path", ["/fr/%00", f"/fr/{'a' * 300}", "/fr/" + "a/" * 3000])
def test_what_can_be_no_path_is_a_bad_request(served: Served, path: str) -> None:
    assert ask(served, path, "localhost")[0] == 400
    assert not served.tracebacks()


def test_no_other_site_can_show_a_page_in_a_frame_or_take_a_file_for_a_script(
    served: Served,
) -> None:
    _, _, headers = ask(served, "/fr/", "localhost")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["Content-Security-Policy"] == "frame-ancestors 'self'"


TELL_READS = """
import sys
from balise.workspace import reading
read = reading.read_bytes
def read_bytes(path):
    print("reads", path, file=sys.stderr)
    return read(path)
reading.read_bytes = read_bytes
"""


def test_what_was_read_once_is_not_read_again_wherever_the_server_is_started(
    tmp_path: Path,
) -> None:
    folder = write_pages(tmp_path / "project", PAGES)
    for cwd in (None, tmp_path, folder / "guides"):
        with serving(folder, TELL_READS, cwd) as served:
            served.wait_for(FIRST)
            assert bool(served.told("guides/home")) == (cwd is None), served.lines
    assert list(tmp_path.rglob(".balise_cache")) == [folder / ".balise_cache"]


def test_a_broken_page_does_not_stop_the_server(served: Served) -> None:
    (served.folder / GUIDE).write_bytes(b"---\ntitle: [\n---\n\xff\xfe\0 > [!tabs]\n")
    served.wait_for("invalid-text")
    assert served.get("fr/emails/configurer/")[0] == 200
    served.write(GUIDE, "---\ntitle: Autre\nslug: autre\n---\n\nGuéri.\n")
    served.after_change("fr/emails/autre/", "Guéri.")


def test_a_guide_that_cannot_be_read_is_told_about_in_a_line(served: Served) -> None:
    (served.folder / GUIDE).unlink()
    (served.folder / GUIDE).mkdir()
    served.wait_for("unreadable-file")
    assert served.get("fr/web/mails/autre/")[0] == 404
    assert "it is a folder" in served.wait_for(f"{GUIDE}: cannot be read")
    assert not served.tracebacks()


@with_links
def test_a_page_that_leads_out_of_the_collection_is_told_about_and_not_shown(
    served: Served,
) -> None:
    served.write("secret.md", "---\ntitle: Secret\nslug: secret\n---\n\nPassword.\n")
    address = "guides/web/mails/out/guide.fr-fr.md"
    (served.folder / address).parent.mkdir()
    (served.folder / address).symlink_to(served.folder / "secret.md")
    served.write(GUIDE, "---\ntitle: Autre\nslug: autre\n---\n\nNouveau.\n")
    served.after_change("fr/emails/autre/", "Nouveau.")
    assert served.wait_for("out/guide.fr-fr.md:1:1: the page cannot be read: it is a symbolic link")
    for path in ("fr/emails/secret/", "fr/emails/out/", "fr/web/mails/out/", address):
        assert "Password" not in served.get(path)[1]


def test_a_changed_page_of_the_manual_is_built_anew(served: Served) -> None:
    assert "Text." in served.html("other/")
    served.replace("Text.", "More of it.", "docs/other.md")
    served.after_change("other/", "More of it.")


def test_changed_settings_of_the_site_are_on_the_guides(served: Served) -> None:
    assert "Other name" not in served.html("fr/emails/autre/")
    served.replace("site_name: Trial", "site_name: Other name", "mkdocs.yml")
    assert ">Other name</a>" in served.after_change("fr/emails/autre/", "Other name")
    served.replace(
        "site_name:",
        "repo_url: https://example.com/r\nedit_uri: edit/docs\nsite_name:",
        "mkdocs.yml",
    )
    served.after_change("fr/emails/autre/", f"https://example.com/r/edit/{GUIDE}")


def test_the_search_of_a_locale_is_there_when_it_is_asked_for(served: Served) -> None:
    pytest.importorskip("pagefind_bin", reason="Pagefind has no program for this machine")
    assert served.get("fr/pagefind/pagefind.js")[0] == 200
    assert served.get("fr/pagefind/pagefind-entry.json")[0] == 200
    assert served.get("pagefind/pagefind.js")[0] == 200


def test_old_addresses_lead_on(served: Served) -> None:
    served.write("guides/_redirects", "/fr/ancien/ /fr/emails/autre/\n")
    served.after_change("fr/ancien/", "emails/autre/")


def test_the_start_tells_how_many_pages_there_are_and_where_findings_are_seen(
    served: Served,
) -> None:
    assert "guides: 8 pages; findings are shown" in served.wait_for("pages;")


def test_without_a_folder_of_guides_a_line_says_so(tmp_path: Path) -> None:
    manual = {path: text for path, text in DIALECT.items() if not path.startswith("guides/")}
    with serving(write_pages(tmp_path, manual)) as served:
        assert "guides: there is no such folder" in served.wait_for("start again")
        assert "The manual" in served.html("")


@on_posix
@pytest.mark.parametrize(("signal_", "status"), [("SIGINT", 0), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_a_signal_while_a_guide_is_saved_ends_the_server_in_peace(
    tmp_path: Path, signal_: str, status: int
) -> None:
    with serving(write_pages(tmp_path, PAGES)) as served:
        served.replace("Texte", "Nouveau")
        served.process.send_signal(signal.Signals[signal_])
        assert served.process.wait(SECONDS) == status
    assert not served.tracebacks()


def test_the_server_asks_no_other_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in guarded(tmp_path).items():
        monkeypatch.setenv(name, value)
    with serving(write_pages(tmp_path / "project", PAGES)) as served:
        served.html("fr/emails/autre/")
        served.replace("Texte", "Nouveau")
        served.after_change("fr/emails/autre/", "Nouveau")
    assert [line for line in attempts(tmp_path) if "127.0.0.1" not in line] == []


def test_a_taken_port_is_one_clear_line(tmp_path: Path) -> None:
    folder = write_pages(tmp_path, PAGES)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        ran = mkdocs("serve", "--dev-addr", address, cwd=folder)
    assert ran.status == 1
    assert "Traceback" not in ran.err
    assert f"{address} is taken" in (ran.out + ran.err)
    assert "--dev-addr" in (ran.out + ran.err)
