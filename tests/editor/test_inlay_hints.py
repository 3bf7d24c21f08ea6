"""Inlay hints: the titles that are shown behind links."""

from pathlib import Path

from balise.base.source import Span
from balise.editor.inlay_hints import inlay_hints
from tests.helpers.marked import editor


def test_titles_behind_links_that_say_something_else(tmp_path: Path) -> None:
    text = "‸[here](../ssl/guide.en-gb.md) [Order a Certificate](/pages/web/ssl) [x](https://a.b) [y](no.md)"
    at = editor(tmp_path, text)
    hints = inlay_hints(at.view, Span(0, len(at.source.text)))
    assert [hint.label for hint in hints] == ["Order a certificate"]
    assert at.source.text[: hints[0].offset].endswith("[here](../ssl/guide.en-gb.md)")


def test_only_in_the_part_that_is_asked_for(tmp_path: Path) -> None:
    at = editor(tmp_path, "[a](/pages/web/ssl)\n\n‸[b](/pages/web/ftp)\n")
    hints = inlay_hints(at.view, Span(at.offset, len(at.source.text)))
    assert [hint.label for hint in hints] == ["Log in by FTP"]


def test_a_heading_is_named_and_what_is_long_is_cut(tmp_path: Path) -> None:
    at = editor(tmp_path, f"‸[x](#{'a' * 80})\n\n## {'A' * 80}\n\n[y](/pages/web/ssl#renew-it)")
    first, second = inlay_hints(at.view, Span(0, len(at.source.text)))
    assert (len(first.label), first.label[-1], first.tooltip) == (60, "…", "A" * 80)
    assert second.label == "Renew it"
