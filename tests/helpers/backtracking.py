"""Whether a pattern takes linear time at each place where it is tried, shown by its parse tree.

A search that backtracks takes long where one text can be read in several ways. It cannot be if one
character always decides what is next:

- A loop (a repetition of more than `FEW` times) begins with no character that may follow it. What it gives
  back when the rest fails is then tried in vain at the first character, so all of it costs what the loop
  has cost. Else what follows has to be without loops, so each trial costs the same few steps; or the loop is
  possessive or atomic and gives nothing back.
- Inside of a loop that counts for everything that may be there or not as well: no alternative begins like
  another, nothing optional like what may follow it, and no turn of the loop is empty.

Outside of loops alternatives and optional parts only multiply the time by a fixed number. What a pattern costs
that is searched for, and so tried at every place of a text, is not shown here: `hostile.py` has inputs for that.
"""

import re
from collections.abc import Iterator, Sequence
from functools import reduce
from typing import Any

FEW = 16
"""Repetitions that count as a fixed number."""

PARSER: Any = re._parser  # type: ignore[attr-defined]
"""The parser of `re`, which has no public name."""
EACH_KIND = (
    "".join(map(chr, range(128)))
    + "\x85\xa0\u2003\u2028éßÉſKЖж中٣²½\u0301–—€“”„«»\U0001f600\udc80\ufeff\ufffd\ue000"
)
"""All of ASCII, and of other characters at least one of each kind that a class can tell apart."""

Chars = frozenset[str]
NONE: Chars = frozenset()
REPEATS = {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}
WIDTHLESS = {"AT", "ASSERT", "ASSERT_NOT"}


def ambiguities(pattern: "re.Pattern[str] | re.Pattern[bytes]") -> list[str]:
    """Where a pattern may be read in several ways: a sentence for each place."""
    source = pattern.pattern
    text = source if isinstance(source, str) else source.decode("latin-1")
    tree = PARSER.parse(
        text, pattern.flags & ~re.UNICODE if isinstance(source, bytes) else pattern.flags
    )
    return list(
        dict.fromkeys(_Reader(text, pattern.flags).sequence(list(tree), NONE, (), inside=False))
    )


class _Reader:
    def __init__(self, text: str, flags: int) -> None:
        self.flags = flags
        self.alphabet = frozenset(EACH_KIND + text)

    def with_flags(self, added: int, removed: int) -> "_Reader":
        """For a part that has flags of its own."""
        if not added and not removed:
            return self
        return _Reader("".join(self.alphabet), (self.flags | added) & ~removed)

    def sequence(
        self, nodes: Sequence[Any], follow: Chars, rest: tuple[Any, ...], *, inside: bool
    ) -> Iterator[str]:
        """Ambiguities of a sequence behind which `follow` may stand; `rest` is the pattern behind it."""
        for index, node in enumerate(nodes):
            behind = nodes[index + 1 :]
            after = self.first(behind) | (follow if self.is_nullable(behind) else NONE)
            yield from self.node(node, after, (*behind, *rest), inside=inside)

    def node(
        self, node: Any, after: Chars, rest: tuple[Any, ...], *, inside: bool
    ) -> Iterator[str]:
        kind, value = str(node[0]), node[1]
        if kind in REPEATS:
            yield from self.repeat(kind, value, after, rest, inside=inside)
        elif kind == "SUBPATTERN":
            part = self.with_flags(value[1], value[2])
            yield from part.sequence(list(value[-1]), after, rest, inside=inside)
        elif kind == "ATOMIC_GROUP":
            yield from self.sequence(list(value), NONE, (), inside=inside)
        elif kind == "BRANCH":
            branches = [list(branch) for branch in value[1]]
            seen: Chars = NONE
            for branch in branches:
                first = self.first(branch) | (after if self.is_nullable(branch) else NONE)
                if inside and first & seen:
                    yield f"alternatives in a loop begin alike: {_shown(first & seen)}"
                seen |= first
                yield from self.sequence(branch, after, rest, inside=inside)
        elif kind in ("ASSERT", "ASSERT_NOT"):
            if inside and not _is_bounded(list(value[1])):
                yield "a loop looks ahead without bound"
            yield from self.sequence(list(value[1]), NONE, (), inside=False)
        elif kind in ("GROUPREF", "GROUPREF_EXISTS"):
            yield "a group is referred to"

    def repeat(
        self, kind: str, value: Any, after: Chars, rest: tuple[Any, ...], *, inside: bool
    ) -> Iterator[str]:
        least, most, body = value[0], value[1], list(value[2])
        first = self.first(body)
        loops = most is PARSER.MAXREPEAT or most > FEW
        common = first & after
        if kind == "POSSESSIVE_REPEAT" and inside and common and not _is_bounded(body):
            yield f"a turn that fails late begins like what follows: {_shown(common)}"
        if kind != "POSSESSIVE_REPEAT" and common and least != most:
            if inside:
                yield f"in a loop, a repetition begins like what follows: {_shown(common)}"
            elif loops and not _is_bounded(rest):
                yield f"a loop begins like what follows: {_shown(common)}"
        if loops and self.is_nullable(body):
            yield "a turn of a loop may be empty"
        follow = after | first if most != 1 else after
        yield from self.sequence(body, follow, rest, inside=inside or loops or most != 1)

    def first(self, nodes: Sequence[Any]) -> Chars:
        """The characters with which a sequence can begin."""
        found: Chars = NONE
        for node in nodes:
            found |= self.first_of(node)
            if not self.is_nullable([node]):
                break
        return found

    def first_of(self, node: Any) -> Chars:
        kind, value = str(node[0]), node[1]
        if kind in WIDTHLESS:
            return NONE
        if kind in REPEATS:
            return self.first(list(value[2]))
        if kind == "SUBPATTERN":
            return self.with_flags(value[1], value[2]).first(list(value[-1]))
        if kind == "ATOMIC_GROUP":
            return self.first(list(value))
        if kind == "BRANCH":
            return reduce(frozenset.union, (self.first(list(b)) for b in value[1]), NONE)
        if kind in ("GROUPREF", "GROUPREF_EXISTS"):
            return self.alphabet
        return self.one(kind, value)

    def is_nullable(self, nodes: Sequence[Any]) -> bool:
        """Whether a sequence can be empty."""
        return all(self.is_nullable_node(str(node[0]), node[1]) for node in nodes)

    def is_nullable_node(self, kind: str, value: Any) -> bool:
        if kind in WIDTHLESS or kind in ("GROUPREF", "GROUPREF_EXISTS"):
            return True
        if kind in REPEATS:
            return value[0] == 0 or self.is_nullable(list(value[2]))
        if kind == "SUBPATTERN":
            return self.is_nullable(list(value[-1]))
        if kind == "ATOMIC_GROUP":
            return self.is_nullable(list(value))
        return kind == "BRANCH" and any(self.is_nullable(list(b)) for b in value[1])

    def one(self, kind: str, value: Any) -> Chars:
        """The characters of a node that takes one."""
        if kind == "ANY":
            return self.alphabet if self.flags & re.DOTALL else self.alphabet - {"\n"}
        items = value if kind == "IN" else [(kind, value)]
        negated = str(items[0][0]) == "NEGATE"
        found: set[str] = set()
        for item, argument in items[1:] if negated else items:
            found |= self.item(str(item), argument)
        if self.flags & re.IGNORECASE:
            folded = {
                cased for char in found for cased in (char.lower(), char.upper(), char.casefold())
            }
            found |= {char for char in self.alphabet if char in folded or char.lower() in folded}
        return self.alphabet - found if negated else frozenset(found)

    def item(self, kind: str, value: Any) -> Chars:
        if kind == "LITERAL":
            return frozenset(chr(value))
        if kind == "NOT_LITERAL":
            return self.alphabet - {chr(value)}
        if kind == "RANGE":
            return frozenset(
                c
                for c in self.alphabet | {chr(value[0]), chr(value[1])}
                if value[0] <= ord(c) <= value[1]
            )
        if kind == "CATEGORY":
            name = str(value).removeprefix("CATEGORY_")
            letter = {"DIGIT": "d", "SPACE": "s", "WORD": "w"}[name.removeprefix("NOT_")]
            escape = letter.upper() if name.startswith("NOT_") else letter
            kept = self.flags & re.ASCII
            return frozenset(c for c in self.alphabet if re.fullmatch(rf"\{escape}", c, kept))
        raise ValueError(f"{kind} is new to this module")


def _is_bounded(nodes: Sequence[Any]) -> bool:
    """Whether a sequence has no loop in it."""
    for kind, value in nodes:
        name = str(kind)
        if name in REPEATS:
            if value[1] is PARSER.MAXREPEAT or value[1] > FEW or not _is_bounded(list(value[2])):
                return False
        elif name == "SUBPATTERN":
            if not _is_bounded(list(value[-1])):
                return False
        elif name == "ATOMIC_GROUP":
            if not _is_bounded(list(value)):
                return False
        elif name == "BRANCH":
            if not all(_is_bounded(list(branch)) for branch in value[1]):
                return False
        elif name in ("ASSERT", "ASSERT_NOT") and not _is_bounded(list(value[1])):
            return False
    return True


def _shown(chars: Chars) -> str:
    return " ".join(repr(char) for char in sorted(chars)[:6])
