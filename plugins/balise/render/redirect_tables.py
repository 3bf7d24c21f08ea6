"""Redirects as tables that web servers read, each in the form of its server."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from urllib.parse import quote

NO_LETTER = re.compile(r"[\\^$.|?*+()\[\]{}]")
"""What means something in a regular expression of PCRE."""
IN_HEX = re.compile(r"[\x00-\x1f\"\x7f]")
"""What cannot stand in Apache's quotes, and what nobody sees."""
IN_QUOTES = str.maketrans({"\\": "\\\\", '"': '\\"'})
"""What a text in nginx's quotes has in place of these."""


def redirect_tables(
    redirects: Mapping[str, str], pages: Iterable[str], base: str
) -> Mapping[str, str]:
    """Name of a file -> its text.

    `redirects` are old URLs from the site's root, decoded, with the new addresses as they stand
    in a link. `pages` are the URLs of the pages that there are, `base` is the path of the site on
    its server, with a `/` at both ends.
    """
    return {
        "_redirects": _netlify(redirects, base),
        "redirects.map": _nginx(redirects, pages, base),
        "redirects.conf": _apache(redirects, base),
    }


def _netlify(redirects: Mapping[str, str], base: str) -> str:
    """The form of Netlify and of Cloudflare Pages."""
    return "".join(f"{base}{quote(old)} {new} 301\n" for old, new in redirects.items())


def _nginx(redirects: Mapping[str, str], pages: Iterable[str], base: str) -> str:
    """The content of nginx's `map $uri`, where `$uri` is decoded.

    nginx finds a text whatever its case. An old address that differs by that alone from a page
    would send readers of the page in a circle: it has to be a regular expression.
    """
    alike = Counter(url.lower() for url in (*redirects, *pages))
    keys = {
        old: base + old if alike[old.lower()] == 1 else f"~^{_pattern(base + old)}$"
        for old in redirects
    }
    return "".join(
        f'"{keys[old].translate(IN_QUOTES)}" "{new}";\n' for old, new in redirects.items()
    )


def _apache(redirects: Mapping[str, str], base: str) -> str:
    """Rules for Apache's mod_rewrite, in a virtual host or in an `.htaccess` of the site's folder.

    In the latter, addresses come without `base`. `%` and `$` would begin a variable; `NE` keeps
    Apache from encoding what is encoded, `QSD` from putting a query behind an anchor. In its
    quotes there is no way to write a quote, and a backslash is one.
    """
    lines = ["RewriteEngine On\n"]
    for old, new in redirects.items():
        target = re.sub(r"[%$]", r"\\\g<0>", new)
        pattern = f"^(?:{_pattern(base)})?{_pattern(old)}$"
        lines.append(f'RewriteRule "{pattern}" "{target}" [R=301,L,NE,QSD]\n')
    return "".join(lines)


def _pattern(text: str) -> str:
    """A regular expression that finds `text` and nothing else."""
    text = NO_LETTER.sub(r"\\\g<0>", text)
    return IN_HEX.sub(lambda found: f"\\x{ord(found[0]):02x}", text)
