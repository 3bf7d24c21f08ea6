"""How an address is written: the kinds of links of the dialect, told by their form alone."""

import re
from functools import cache, lru_cache
from typing import Literal
from urllib.parse import unquote, urlsplit

import msgspec

from balise.config import ARTICLE, Urls

Form = Literal[
    "empty",
    "anchor",
    "relative",
    "rooted",
    "published",
    "folder",
    "product",
    "key",
    "number",
    "number-address",
    "article",
    "variable",
    "external",
    "other-scheme",
    "script",
    "local",
    "malformed",
]

SOURCE_PREFIXES = frozenset({"filename", "attach", "static"})
"""What the guides' first renderer took in braces in front of a path to a source file."""

SCHEME = re.compile(r"(?!www\.)([A-Za-z][A-Za-z0-9+.-]*):", re.IGNORECASE)
IN_BRACES = re.compile(r"(?:\{|%7[Bb])([A-Za-z_][\w-]*)(?:\}|%7[Dd])")
NUMBER = re.compile(r"g?([0-9]{1,9})", re.IGNORECASE)
UNC = re.compile(r"\\|%5[Cc]|//[^/.:]*(?:/|$)")
HERE = re.compile(r"(?:\./?)?#")
TWO_SCHEMES = re.compile(
    r"(?:h(?:ht|t)tps?+:?+/*+(?=h(?:ht|t)tps?+:?+[/h]))++(https?+:?+//.*+)",
    re.IGNORECASE | re.DOTALL,
)
RIGHT_SCHEME = re.compile(r"https?://(?!/)", re.IGNORECASE)
SLIPPED_SCHEME = re.compile(
    r"(?:h{1,3}t{1,3}p{1,2}|t{1,2}p)s?(?:[:;.]?/++:?|[:;]?:)(?=[\w%-])", re.IGNORECASE
)
MISTYPED_SCHEME = re.compile(
    r"(?!https?:|shttp:)(?:[a-z]ttp|h[a-z]tp|ht[a-z]p|htt[a-z]|h[htps]{2,5})s?:/{1,3}(?=[\w%-])",
    re.IGNORECASE,
)
"""One letter is another one, as in `htts://` and `jttp://`, or letters changed places."""
BARE_HOST = re.compile(r"www\.[\w-]+\.[\w.-]+(?:[:/?#]|$)", re.IGNORECASE)
MAILBOX = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")
NUMBER_HERE = "{number}"
LONGEST_HOST, LONGEST_PATH = 255, 500
"""Characters of an address in which a number of an older system is looked for."""

SCRIPTS = frozenset({"javascript", "vbscript", "data"})


SLIPS = 3
"""Slips in one address from which on nobody knows what was meant."""


MAX_KEPT = 4096
"""Addresses that are kept taken apart: translations of a guide have most of theirs in common."""


class Address(msgspec.Struct, frozen=True):
    """An address taken apart.

    `rest` is what its form is about, decoded: a path, number, key, or an address from the site's
    root (`published`); `name` is of a variable; `fragment` is decoded. `mended` is what a
    malformed address was meant to be, if that is certain.
    """

    form: Form
    rest: str = ""
    fragment: str = ""
    name: str = ""
    mended: str = ""


@lru_cache(MAX_KEPT)
def read_address(href: str, urls: Urls) -> Address:
    """Take apart `href`, as the parser gives it."""
    href = href.strip()
    bare, _, fragment = href.partition("#")
    fragment = unquote(fragment)
    if not href:
        return Address("empty")
    if HERE.match(href):
        return Address("anchor", fragment=fragment)
    if UNC.match(href):
        return Address("local")
    if braces := IN_BRACES.match(bare):
        return _in_braces(braces[1], unquote(bare[braces.end() :]), fragment)
    scheme = SCHEME.match(href)
    if scheme and (len(scheme[1]) == 1 or scheme[1].lower() == "file"):
        return Address("local")
    if once := _mended(href):
        return Address("malformed", mended=_certain(once, urls))
    if href.startswith("//"):
        return _absolute(f"https:{href}", fragment, urls)
    if scheme:
        return _with_scheme(scheme[1].lower(), href, fragment, urls)
    return _path(bare, fragment)


def _in_braces(name: str, rest: str, fragment: str) -> Address:
    if name in SOURCE_PREFIXES:
        return Address("relative", rest.partition("?")[0], fragment)
    if name == "legacy":
        number = NUMBER.fullmatch(rest.strip("/ "))
        return Address("number", number[1] if number else rest, fragment)
    return Address("variable", rest, fragment, name)


def _mended(href: str) -> str:
    """The address that was meant, where one slip hides it; empty if there is none."""
    if two := TWO_SCHEMES.match(href):
        return two[1] if "://" in two[1][:8] else two[1].replace("//", "://", 1)
    if BARE_HOST.match(href):
        return f"https://{href}"
    if MAILBOX.fullmatch(href.partition("?")[0]):
        return f"mailto:{href}"
    slip = SLIPPED_SCHEME.match(href) or MISTYPED_SCHEME.match(href)
    if slip and not RIGHT_SCHEME.match(href):
        secure = "s" if "s" in slip[0].lower() else ""
        return f"http{secure}://{href[slip.end() :].lstrip('/')}"
    return ""


def _certain(mended: str, urls: Urls) -> str:
    """What was meant, where taking all slips away leaves an address; empty where it does not."""
    for _ in range(SLIPS):
        further = _mended(mended)
        if not further:
            is_valid = (
                mended.startswith("mailto:") or _absolute(mended, "", urls).form != "malformed"
            )
            return mended if is_valid else ""
        mended = further
    return ""


def _with_scheme(scheme: str, href: str, fragment: str, urls: Urls) -> Address:
    if scheme in ("http", "https"):
        return _absolute(href, fragment, urls)
    if scheme in SCRIPTS:
        return Address("script", name=scheme)
    rest = unquote(href[len(scheme) + 1 :].partition("#")[0])
    if scheme == "legacy":
        number = NUMBER.fullmatch(rest)
        return Address("number", number[1] if number else rest, fragment)
    if scheme == "mailto" and "@" not in rest:
        return Address("malformed")
    return Address("other-scheme", name=scheme)


def _absolute(href: str, fragment: str, urls: Urls) -> Address:
    try:
        parts = urlsplit(href)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return Address("malformed")
    if not host or host in ("http", "https") or "%" in host:
        return Address("malformed")
    path = unquote(parts.path)
    base = urlsplit(urls.site)
    if host == base.hostname and f"{path}/".startswith(base.path):
        return Address("published", path.removeprefix(base.path), fragment)
    for start in urls.article_addresses:
        address = urlsplit(start.removesuffix(ARTICLE))
        if host == address.hostname and path.startswith(address.path):
            return Address("article", path.removeprefix(address.path), fragment)
    for pattern in _number_patterns(urls.number_addresses):
        if number := pattern.match(host[:LONGEST_HOST] + path[:LONGEST_PATH]):
            return Address("number-address", number[1], fragment)
    return Address("external")


@cache
def _number_patterns(templates: tuple[str, ...]) -> list[re.Pattern[str]]:
    return [re.compile(_number_pattern(template)) for template in templates]


def _number_pattern(template: str) -> str:
    """The last `*` takes all that it can, each other one the first place where what follows it fits."""
    first, *others = map(_literal, template.split("*"))
    last = f"[^/]*{others.pop()}" if others else ""
    return first + "".join(f"(?>[^/]*?{piece})" for piece in others) + last


def _literal(text: str) -> str:
    return re.escape(text).replace(re.escape(NUMBER_HERE), r"([0-9]{1,9})(?![0-9])")


def _path(bare: str, fragment: str) -> Address:
    path = unquote(bare.partition("?")[0])
    for start, form in STARTS:
        if path.startswith(start):
            return Address(form, path.removeprefix(start).strip("/"), fragment)
    return Address("rooted" if path.startswith("/") else "relative", path, fragment)


STARTS: tuple[tuple[str, Form], ...] = (
    ("/pages/", "folder"),
    ("/products/", "product"),
    ("/links/", "key"),
)
