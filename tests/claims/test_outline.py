"""What a page consists of, section by section, and the terms of its code."""

import pytest

from balise.base.source import SourceFile
from balise.claims import read_claims
from balise.claims.code_terms import code_terms
from balise.claims.outline import Code, Section
from balise.document import read_document

PAGE = """---
title: A guide
---

Click **Start**{.action} on [the site](https://example.com).

## One

![a](images/a.png)

> [!warning]
>
> Take care.

> [!attention]
>
> Whatever its type.

##

| a | b |
|---|---|
| 1 | 2 |

### Two

```sh hl_lines="1"
$ ls -l /etc/hosts
```

> [!api]
>
> @api {GET} /me
> @api {v1} /domain

> [!faq]
>
> Why?
>> Click `OK`{.action}
"""


def sections(text: str) -> tuple[Section, ...]:
    return read_claims(read_document(SourceFile("guide.en-gb.md", text))).outline.sections


def test_each_section_has_what_stands_below_its_heading() -> None:
    above, one, nameless, two = sections(PAGE)
    assert above == Section(
        0, labels=("Start",), links=("https://example.com",), prose=len("Click Start on the site.")
    )
    assert one == Section(
        2,
        blocks=("callout", "callout"),
        pictures=("images/a.png",),
        prose=one.prose,
    )
    assert nameless == Section(2, tables=((2, 2),))
    assert two == Section(
        3,
        labels=("OK",),
        blocks=("apiblock", "faq"),
        calls=("GET /me", "/domain"),
        code=(Code("sh", 1, ("ls", "-l", "/etc/hosts")),),
        prose=two.prose,
    )


def test_what_stands_below_a_heading_without_text_is_compared_with_the_section_above() -> None:
    outline = read_claims(read_document(SourceFile("guide.en-gb.md", PAGE))).outline
    assert outline.levels == (2, 3)
    _, one, two = outline.shape
    assert (one.callouts, one.pictures, one.tables) == (2, 1, 1)
    assert (two.labels, two.callouts, two.calls, two.code, two.tables) == (1, 0, 2, 1, 0)


def test_a_page_without_headings_has_one_section() -> None:
    assert sections("") == (Section(0),)


@pytest.mark.parametrize(
    ("code", "terms"),
    [
        ("user@host:~$ sudo apt-get install -y nginx", ["apt-get", "-y"]),
        ("root@host:~# ls /var/log/nginx", ["ls", "/var/log/nginx"]),
        ("C:\\> ipconfig /all", ["ipconfig"]),
        ("# a comment with /etc/hosts", ["/etc/hosts"]),
        ("// a comment of words", []),
        ("mysql --user=name --contraseña=secret", ["mysql", "--user", "--contraseña"]),
        ("fio \u2014runtime=60", ["fio", "\u2014runtime"]),
        ("client.get('/me')", ["client.get"]),
        ('DEVICE="eth0"', ["DEVICE"]),
        ("curl https://example.com/a, then http://example.org.", ["curl", "https://example.com/a", "http://example.org"]),
        ("copy ftp://user@host/a.bin...!!!", ["copy", "ftp://user@host/a.bin"]),
        ("Version: 1.2 - a 5-star half-and-half", []),
        ("a/b and 1/2 and /alone", []),
    ],
)  # fmt: skip
def test_terms_of_code_are_those_of_every_language(code: str, terms: list[str]) -> None:
    found = list(code_terms(f"\n{code}\n"))
    assert [term.text for term in found] == terms
    assert all(f"\n{code}\n"[term.start : term.end] == term.text for term in found)
