"""Fixes that go wrong: what is not made, what is told, and that no page suffers from it."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from balise.base.findings import Finding, Fix, Keeps
from balise.base.source import Edit, Span
from balise.check.pipeline import CheckSettings
from balise.config import OVH_URLS
from balise.fix.passes import fix_pages
from balise.fix.repair import FixResult, repair
from balise.rules import PageRule, RuleContext
from balise.workspace.discovery import discover
from balise.workspace.workspace import Workspace
from tests.helpers.command import write_pages
from tests.helpers.support import guides_in

HEAD = "---\ntitle: T\nslug: t\n---\n\n"
PAGE = "a/guide.en-gb.md"


class CodeRule(PageRule):
    """A rule with a bug: its fixes give each code span of a page another text, or something else."""

    name = "code-rule"
    group = "code"
    summary = "A code span is wrong"
    fixable = "always"

    def __init__(
        self,
        texts: Mapping[str, str],
        keeps: Keeps = Keeps.LAYOUT,
        off: int = 0,
        *,
        safe: bool = True,
    ) -> None:
        self.texts = texts
        self.keeps = keeps
        self.off = off
        self.safe = safe

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for code in context.document.code_spans:
            if code.text in self.texts:
                place = Span(code.span.start + self.off, code.span.end + self.off)
                edit = Edit(place, self.texts[code.text], code.text)
                fix = Fix("write it so", self.safe, (edit,), self.keeps)
                yield self.finding(context.document, code.span, f"`{code.text}`", fix=fix)


def fixed(folder: Path, rule: CodeRule, text: str) -> tuple[FixResult, str]:
    """What is done with a page by the fixes of a rule, and the page then."""
    write_pages(folder, {PAGE: HEAD + text})
    with Workspace.open(discover([folder], guides_in(folder)), OVH_URLS, None) as workspace:
        result = repair(workspace, CheckSettings([rule]), unsafe=not rule.safe, write=True)
    return result, (folder / PAGE).read_text(encoding="utf-8").removeprefix(HEAD)


def test_a_page_whose_fixes_undo_each_other_stays_as_it_was(tmp_path: Path) -> None:
    result, text = fixed(tmp_path, CodeRule({"a": "`b`", "b": "`a`", "c": "`d`"}), "`a` `c`\n")
    assert text == "`a` `c`\n"
    assert result.failed == 1
    assert "its fixes undo each other" in result.warnings[-1]
    assert "this is a bug of balise" in result.warnings[-1]


def test_a_fix_that_grows_forever_is_not_made(tmp_path: Path) -> None:
    result, text = fixed(tmp_path, CodeRule({"a": "`a` `a`"}), "`a`\n")
    assert text == "`a`\n"
    assert result.failed == 1


def test_a_fix_that_prints_otherwise_than_it_says_is_not_made(tmp_path: Path) -> None:
    rule = CodeRule({"a": "`b`", "c": "`` c ``"}, Keeps.HTML)
    result, text = fixed(tmp_path, rule, "`a`\n\n`c`\n")
    assert text == "`a`\n\n`c`\n".replace("`c`", "`` c ``")
    assert "the fix of code-rule does something else than it says" in result.warnings[-1]


def test_a_fix_that_moves_text_into_another_block_is_not_made(tmp_path: Path) -> None:
    result, text = fixed(tmp_path, CodeRule({"a": "- `b`"}), "`a` and more\n")
    assert text == "`a` and more\n"
    assert result.failed == 1


def test_a_fix_that_may_move_text_into_another_block_is_made(tmp_path: Path) -> None:
    rule = CodeRule({"a": "- `b`"}, Keeps.WORDS)
    result, text = fixed(tmp_path, rule, "`a` and more\n")
    assert text == "- `b` and more\n"
    assert result.failed == 0


def test_a_fix_that_takes_words_beside_it_is_not_made(tmp_path: Path) -> None:
    result, text = fixed(tmp_path, CodeRule({"a": "<!-- b"}), "`a` and more --> text\n")
    assert text == "`a` and more --> text\n"
    assert result.failed == 1


@pytest.mark.parametrize(
    "beside",
    ["![](x.png)", "[](other.md)", '<a id="x"></a>', '<b id="x"></b>', '<a name="x"></a>'],
    ids=["picture", "link", "anchor", "id", "old anchor"],
)
@pytest.mark.parametrize("keeps", [Keeps.LAYOUT, Keeps.WORDS])
def test_a_fix_that_takes_what_has_no_words_is_not_made_and_told(
    tmp_path: Path, beside: str, keeps: Keeps
) -> None:
    result, text = fixed(tmp_path, CodeRule({"a": "`a` <!--"}, keeps), f"`a` {beside} -->\n")
    assert text == f"`a` {beside} -->\n"
    assert result.failed == 1
    (warning,) = result.warnings
    assert warning.endswith(
        "a/guide.en-gb.md: the fix of code-rule does something else than it says, "
        "so it was not made; this is a bug of balise, please report it"
    )


def test_a_fix_may_take_an_anchor_that_is_there_twice(tmp_path: Path) -> None:
    rule = CodeRule({"a": "`b` <!--"})
    text = '`a` <a name="x"></a> -->\n\n<b id="x"></b>Text\n'
    assert fixed(tmp_path, rule, text)[1] == text.replace("`a`", "`b` <!--")


@pytest.mark.parametrize("keeps", [Keeps.LAYOUT, Keeps.WORDS])
def test_one_bad_fix_takes_no_good_one_with_it(tmp_path: Path, keeps: Keeps) -> None:
    rule = CodeRule({"a": "`a` <!--", "c": "`` c ``"}, keeps)
    result, text = fixed(tmp_path, rule, "`c`\n\n`a` word -->\n\n`c`\n")
    assert text == "`` c ``\n\n`a` word -->\n\n`` c ``\n"
    assert "2 fixes on 1 page" in result.notes
    assert result.failed == 1


def test_of_two_fixes_that_do_harm_only_together_the_first_is_made(tmp_path: Path) -> None:
    rule = CodeRule({"a": '`b` <i title="', "c": '"> `d`'})
    result, text = fixed(tmp_path, rule, "`a`\nword\n`c`\n")
    assert text == '`b` <i title="\nword\n`c`\n'
    assert result.failed == 1


def test_an_unsafe_fix_may_change_all_that_its_line_says(tmp_path: Path) -> None:
    text = "Text `a` and more --> text\n\nText\n"
    result, after = fixed(tmp_path, CodeRule({"a": "<!-- b"}, safe=False), text)
    assert after == "Text <!-- b and more --> text\n\nText\n"
    assert (result.failed, result.warnings) == (0, ())


def test_an_unsafe_fix_that_drops_a_word_of_another_line_is_not_made_and_named(
    tmp_path: Path,
) -> None:
    text = "`a` and\nmore --> text\n"
    result, after = fixed(tmp_path, CodeRule({"a": "<!-- b"}, safe=False), text)
    assert after == text
    (warning,) = result.warnings
    assert warning.endswith(
        "a/guide.en-gb.md: an unsafe fix of code-rule was not made, "
        "since it would change words that it is not about"
    )
    assert result.failed == 0


def test_of_many_fixes_that_are_not_made_some_are_named_and_the_others_counted(
    tmp_path: Path,
) -> None:
    text = "".join(f"`a` {n} -->\n\n" for n in range(7))
    result, after = fixed(tmp_path, CodeRule({"a": "<!-- b"}), text)
    assert after == text
    assert len(result.warnings) == 6
    assert all("the fix of code-rule" in warning for warning in result.warnings[:-1])
    assert result.warnings[-1] == "and 2 of code-rule were not made for the same reason"


def test_a_fix_in_the_wrong_place_is_not_made(tmp_path: Path) -> None:
    result, text = fixed(tmp_path, CodeRule({"port": "`port`"}, off=2), "`port` x `` port ``\n")
    assert text == "`port` x `` port ``\n"
    assert result.failed == 1


def test_a_fix_that_removes_other_words_than_it_names_is_not_made(tmp_path: Path) -> None:
    result, text = fixed(tmp_path, CodeRule({"a b": "`c`"}, off=6), "`a b` a a b\n")
    assert text == "`a b` a a b\n"
    assert "does something else than it says" in result.warnings[-1]


def test_of_many_fixes_only_the_wrong_ones_are_not_made(tmp_path: Path) -> None:
    lines = [f"`{'a' if n == 33 else 'c'}`\n" for n in range(60)]
    rule = CodeRule({"a": "`b`", "c": "`` c ``"}, Keeps.HTML)
    result, text = fixed(tmp_path, rule, "\n".join(lines))
    assert text == "\n".join(lines).replace("`c`", "`` c ``")
    assert result.failed == 1


def test_two_fixes_never_meet_on_one_line_in_a_pass() -> None:
    seen: list[str] = []

    def check(texts: Mapping[str, str]) -> Iterator[Finding]:
        text = texts.get("p", "a a\na")
        seen.append(text)
        for at in (index for index, sign in enumerate(text) if sign == "a"):
            fix = Fix.replacement(Span(at, at + 1), "b", safe=True, removes="a")
            yield Finding("r", "g", CodeRule.severity, f"{at}", "p", Span(at, at + 1), (), fix)

    fix_pages(check, lambda path: "a a\na")
    assert seen == ["a a\na", "b a\nb", "b b\nb"]
