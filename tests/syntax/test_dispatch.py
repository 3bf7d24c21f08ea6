"""Rules are asked only where their constructs may begin, and a page reads as if all were asked everywhere."""

import json
import string
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import product

import pytest
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from balise.syntax import BLOCKS, make_parser
from balise.syntax.block import block_plugin
from balise.syntax.callout import CALLOUT
from balise.syntax.dispatch import dispatch_plugin
from balise.syntax.parser import CONSTRUCTS, DialectParser
from tests.helpers.hostile import HOSTILE
from tests.helpers.nasty_inputs import examples
from tests.helpers.support import ROOT

SIGNS = f"{string.punctuation} 1a\t\n"

TEXTS: Mapping[str, Callable[[], Sequence[str]]] = {
    "CommonMark": lambda: [
        example["markdown"]
        for example in json.loads(
            (ROOT / "tests" / "data" / "commonmark-0.31.2.json").read_text(encoding="utf-8")
        )
    ],
    "rules and constructs": examples,
    "guides": lambda: [
        file.read_text(encoding="utf-8") for file in (ROOT / "guides").rglob("*.md")
    ],
    "hostile": lambda: [make(200) for make in HOSTILE.values()],
    "pairs of signs": lambda: [
        f"{a}{b} c{b}{a}d\n{a}{b}\n{a} {b}e](f)\n> {b}{a}" for a, b in product(SIGNS, repeat=2)
    ],
}


@cache
def asking_everywhere() -> MarkdownIt:
    """The parser of the dialect whose rules are asked as markdown-it-py asks them."""
    md = DialectParser("commonmark").disable("normalize")
    md.use(block_plugin, BLOCKS, fallback=CALLOUT)
    for construct in CONSTRUCTS:
        if construct is not dispatch_plugin:
            md.use(construct)
    return md


@pytest.mark.parametrize("kind", TEXTS)
def test_a_page_reads_as_if_all_rules_were_asked_everywhere(kind: str) -> None:
    texts = TEXTS[kind]()
    assert texts
    for text in texts:
        assert make_parser().parse(text) == asking_everywhere().parse(text), text


def never_in_a_line(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    return False


def never_in_a_text(state: StateInline, silent: bool) -> bool:
    return False


def test_a_rule_that_does_not_say_where_it_is_to_be_asked_is_refused() -> None:
    md = MarkdownIt("commonmark")
    md.block.ruler.push("sidenote", never_in_a_line)
    with pytest.raises(KeyError, match="sidenote"):
        dispatch_plugin(md)
    md = MarkdownIt("commonmark").disable("text_join")
    md.inline.ruler.push("marginal", never_in_a_text)
    with pytest.raises(KeyError, match="marginal"):
        dispatch_plugin(md)
