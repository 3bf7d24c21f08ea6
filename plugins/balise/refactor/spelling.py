"""Addresses that lead elsewhere, written as their author wrote them.

An author has a way to write an address: how far up it goes, with which escapes, with a slash at its
end or none. Only what names another place is written anew, so a rename and its reverse restore all.
"""

from collections.abc import Mapping, Sequence
from urllib.parse import quote, unquote

SAFE = "/:@!$*+,;=~-._"
"""What needs no escape in the path of an address wherever it stands: neither in Markdown nor in quotes."""
UP, HERE = "..", "."


def absolute_like(address: str, old: str, new: str) -> str:
    """An `address` that ends in the path `old`, decoded, with the path `new` in its place.

    Empty where it ends in something else. A slash at the end is there or not as it was.
    """
    parts, before, after = address.rstrip("/").split("/"), segments(old), segments(new)
    start = len(parts) - len(before)
    if start < 0 or [unquote(part) for part in parts[start:]] != before:
        return ""
    return "/".join([*parts[:start], *_spelled(after, parts[start:])]) + _slashes(address)


def relative_like(address: str, old: tuple[str, str], new: tuple[str, str]) -> str:
    """A relative `address`, from another folder to another path.

    `old` and `new` are the folder that it counts from and the path that it names, both decoded and
    from the same root. One that goes further up than it needs to, still does.
    """
    parts = address.rstrip("/").split("/")
    named = parts[1:] if parts[0] == HERE else parts
    ups = next((n for n, part in enumerate(named) if part != UP), len(named))
    further = max(0, ups - _ups(*map(segments, old)))
    base, target = map(segments, new)
    ups = min(_ups(base, target) + further, len(base))
    down = _spelled(target[len(base) - ups :], parts)
    start = [HERE] if not ups and (parts[0] == HERE or not down) else [UP] * ups
    return "/".join([*start, *down]) + _slashes(address)


def segments(path: str) -> list[str]:
    """The parts of a path."""
    return [part for part in path.split("/") if part]


def respelled(address: str, old: str, raw: str) -> str:
    """How a new `address` is written where the text has `raw` for the parser's `old`."""
    parts, read = raw.split("/"), old.split("/")
    spelling = dict(zip(read, parts, strict=True)) if len(parts) == len(read) else {}
    return "/".join(spelling.get(part, part) for part in address.split("/"))


def path_like(written: str, old: str, new: str) -> str:
    """What is to be written for the path `new`, where `written` stands for `old`.

    Of an address without the file's extension, with another one, or with other capitals, that is as
    much of it.
    """
    stem, dot, extension = written.rpartition(".")
    if stem == old.rpartition(".")[0] and written != old and dot:
        return f"{new.rpartition('.')[0]}.{extension}"
    rest = old.removeprefix(written)
    if rest != old:
        return new[: len(new) - len(rest)] if rest and new.endswith(rest) else new
    parts, before, after = written.split("/"), old.split("/"), new.split("/")
    if len(parts) != len(before):
        return new
    same = 0
    while same < min(len(before), len(after)) and before[-1 - same] == after[-1 - same]:
        same += 1
    kept = parts[len(parts) - same :] if same else []
    return "/".join([*after[: len(after) - same], *kept])


def _slashes(address: str) -> str:
    """The slashes that an address ends in."""
    return address[len(address.rstrip("/")) :]


def _ups(base: Sequence[str], target: Sequence[str]) -> int:
    """How many folders up the shortest way to a path goes."""
    common = 0
    while common < min(len(base), len(target)) and base[common] == target[common]:
        common += 1
    return len(base) - common


def _spelled(path: Sequence[str], written: Sequence[str]) -> list[str]:
    """The parts of a path, those that are `written` already as they are."""
    spelling: Mapping[str, str] = {unquote(part): part for part in written}
    return [spelling.get(part) or quote(part, safe=SAFE) for part in path]
