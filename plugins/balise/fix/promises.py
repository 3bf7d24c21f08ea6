"""Whether fixes do what they say, and nothing else, to the page that readers see."""

import re
from collections.abc import Iterable, Sequence
from html import unescape
from urllib.parse import unquote

from balise.base.findings import Finding, Keeps
from balise.render.outline import Outline, words_in

BEHIND = re.compile(r"(?:[ \t]*+\{[^{}\n]*+\})*+")
"""Attribute lists, of which a fix may make what they were meant to be."""


def are_in_place(findings: Iterable[Finding], text: str) -> bool:
    """Whether the words that each edit removes from `text` are those that the edit names."""
    return all(
        _words_read(text[edit.span.start : edit.span.end]) == _words_read(edit.removes)
        for finding in findings
        for edit in (finding.fix.edits if finding.fix else ())
    )


def _words_read(text: str) -> list[str]:
    """The words of a text, whether it is as written, or as HTML or an address is read."""
    return words_in(unquote(unescape(text)))


def hold(
    findings: Sequence[Finding],
    text: str,
    outlines: tuple[Outline, Outline],
    interface: Iterable[str],
) -> bool:
    """Whether a page with fixes shows what these have to keep of it.

    The fixes of the `findings` on `text` all keep the same. `outlines` are those of the page without and
    with them, `interface` are texts that the site itself puts on pages. An unsafe fix may change what
    the page says, on its own lines.
    """
    old, new = outlines
    fixes = [finding.fix for finding in findings if finding.fix]
    safe = all(fix.safe for fix in fixes)
    if safe and any(fix.keeps is Keeps.HTML for fix in fixes):
        return old.html == new.html
    about = [*interface, *(_text_about(text, finding) for finding in findings)]
    about += [edit.text for fix in fixes for edit in fix.edits]
    if _other_words(old, about) != _other_words(new, about):
        return False
    if not safe:
        return True
    if old.marks > new.marks or not old.anchors <= new.anchors:
        return False
    return old.blocks == new.blocks or all(fix.keeps is Keeps.WORDS for fix in fixes)


def _text_about(text: str, finding: Finding) -> str:
    """What a finding is about, with attribute lists directly behind it; of an unsafe fix its lines."""
    start, end = finding.span.start, finding.span.end
    if finding.fix and not finding.fix.safe:
        start = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
        found = text.find("\n", end)
        return text[start : found if found >= 0 else len(text)]
    behind = BEHIND.match(text, end)
    return text[start : behind.end() if behind else end]


def _other_words(page: Outline, about: Iterable[str]) -> list[str]:
    """The words of a page, in their order, without those of some texts."""
    left_out = set(words_in(" ".join(about)))
    return [word for word in page.words if word not in left_out]
