"""No page, however it is written, keeps a check or a build waiting: each is done in a few CPU seconds."""

import os
import resource
import signal
from collections.abc import Callable

import pytest

from balise.base.source import SourceFile
from balise.claims import read_claims
from balise.claims.staleness import Statements, source_changes
from balise.document import read_document, read_page
from balise.fix.passes import fix_text
from balise.render import PublishedFiles, render_page
from balise.render.outline import outline
from tests.helpers.hostile import HOSTILE
from tests.helpers.support import PAGE, collection_with
from tests.rules.test_sweep import check

HEAD = "---\ntitle: T\nslug: t\n---\n\n"
CPU_SECONDS = 6
SIZE = 12_000


def ends_in_time(work: Callable[[], object], seconds: int = CPU_SECONDS) -> bool:
    """Whether `work` comes to its end in a process that may use so many CPU seconds."""
    child = os.fork()
    if not child:
        used = int(sum(os.times()[:2]))
        resource.setrlimit(resource.RLIMIT_CPU, (used + seconds,) * 2)
        signal.signal(signal.SIGXCPU, signal.SIG_DFL)
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    return os.waitpid(child, 0)[1] == 0


def go_through(text: str) -> None:
    """All that is done with the text of a page: it is read, checked, printed, and fixed."""
    check(text)
    page = read_page(SourceFile(PAGE, text))
    outline(render_page(page, collection_with(page.document), PublishedFiles({})).html)
    if len(text) < 500:
        fix_text(text, check)


@pytest.mark.parametrize("make", HOSTILE.values(), ids=list(HOSTILE))
def test_a_hostile_page_is_checked_and_printed_in_time(make: Callable[[int], str]) -> None:
    check("Loads all that is needed, before the time is taken")
    text = make(SIZE)
    whole = text if text.startswith("---") else HEAD + text
    assert ends_in_time(lambda: go_through(whole))


@pytest.mark.parametrize(
    ("then", "now"),
    [
        ("## " + "ab " * 2000, "## " + "ba " * 2000 + "x"),
        ("## a\n\n## b\n\n" * 1000, "## b\n\n## a\n\n" * 1000 + "## c\n\n## a\n\n"),
        ("".join(f"## {n}\n\n" for n in range(2000)), "".join(f"## {-n}\n\n" for n in range(2000))),
    ],
    ids=["a long heading", "two headings in turn", "other headings"],
)
def test_hostile_versions_of_a_page_are_compared_in_time(then: str, now: str) -> None:
    pages = [read_document(SourceFile(PAGE, text)) for text in (then, now)]
    before, after = (Statements(page, read_claims(page)) for page in pages)
    assert list(source_changes(before, before, before)) == []
    assert ends_in_time(lambda: list(source_changes(before, after, before)))


def test_what_does_not_end_is_found_here() -> None:
    def never() -> None:
        while True:
            pass

    assert not ends_in_time(never, 1)
