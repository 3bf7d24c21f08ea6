"""A small site in which a guide has all that a guide may have, and more of it than fits a screen."""

import struct
import zlib
from pathlib import Path

from tests.helpers.command import mkdocs, write_pages

GUIDE = "gb/en/mail/everything/"
OTHER = "gb/en/mail/other/"
UNIVERSES = 14
SIZES = {"wide": (900, 200), "tall": (300, 700), "small": (160, 120), "screen": (1000, 640)}
COLUMNS = 14

SETTINGS = """
site_name: Manual
site_url: https://constructs.example.org/
repo_url: https://github.com/example/guides
edit_uri: edit/main/docs/
theme:
  name: material
  font: false
  features: [navigation.top, content.code.copy, toc.follow]
  palette:
    - media: "(prefers-color-scheme: light)"
      scheme: default
      primary: custom
      accent: custom
      toggle: { icon: material/weather-night, name: Dark }
    - media: "(prefers-color-scheme: dark)"
      scheme: slate
      primary: custom
      accent: custom
      toggle: { icon: material/weather-sunny, name: Light }
plugins:
  - balise: { check: false }
"""
ROW = "|".join(f" column_{n} " for n in range(COLUMNS))
WIDE = f"|{ROW}|\n|{'---|' * COLUMNS}\n|{ROW}|"
RAW = "".join(f"<td>value_{n}</td>" for n in range(COLUMNS))
MANY_TABS = "\n".join(f"> A rather long title {n}\n>> Text {n}.\n>" for n in range(1, 9))
MANY_PICTURES = "\n".join(f"> - ![Step {n}](images/small.png)" for n in range(1, 10))
TEXT = f"""
## Objective

Mail is read and written with a program of your choice. This guide shows how each of them is set up, which servers
are asked, and what to do where a message does not arrive.[^1]

> [!warning]
>
> A password is told to nobody, not even to those who help you.

> [!primary]
>
> The ports are the same for all programs.

## Requirements

- Access to the `control panel`{{.action}}, where `Email accounts and every other thing that has a very long label`{{.action}} can be clicked.
- An address, and `AN_UNBROKEN_LABEL_THAT_IS_WIDER_THAN_A_PHONE_AND_STILL_ONE_WORD`{{.action}}.

## Instructions

### Choose a system

> [!tabs]
>
> Windows
>> Open the settings.
>>
>> Then add an account.
>
> macOS
>> Open the preferences.
>
> Linux
>> Open a terminal.

### Set it up

> [!tabs]
>
> Linux
>> Write the file.
>
> Windows
>> Click on the file.

```sh
doveadm auth test someone@example.org && systemctl status dovecot.service --no-pager --full --lines 200
```

### Compare

{WIDE}

<table class="prices" width="2000"><tr>{RAW}</tr></table>

### Look at it

> [!carousel]
>
> - ![A wide picture](images/wide.png)
> - ![A tall picture](images/tall.png)
> - ![A small picture](images/small.png)
> - ![A screen](images/screen.png)

> [!carousel]
>
{MANY_PICTURES}

![The form](images/screen.png){{.thumbnail}}

### Ask

> [!faq]
>
> Which port is it?
>> It is 993.
>
> Is it safe?
>> It is.

> [!api]
>
> @api {{GET}} /email/domain/{{domain}}/account
> @api {{DELETE}} /email/domain/{{domain}}/account/{{accountName}}

/// details | More about it

Hidden at first.
///

### All systems

> [!tabs]
>
{MANY_TABS}

## Go further

[Another guide](../other/guide.en-gb.md) tells the rest, and [a site](https://example.org/){{.external}} more.

[^1]: Some wait for a minute.
"""


def png(width: int, height: int) -> bytes:
    """A grey picture of this size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    lines = zlib.compress((b"\0" + b"\xb0" * width) * height)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")
    )


def page(title: str, text: str = "", **keys: str) -> str:
    """A page with this front matter."""
    lines = "".join(f"{key}: {value}\n" for key, value in {"title": title, **keys}.items())
    return f"---\n{lines}---\n{text}"


def build(folder: Path) -> None:
    """Write the sources into `folder`, and build the site in `folder/site`."""
    mail = "guides/web/mail"
    pages = {
        "mkdocs.yml": SETTINGS,
        "docs/index.md": "# Manual\n",
        "guides/home.en-gb.md": page("Guides", excerpt="All that helps"),
        "guides/web/universe.en-gb.md": page("Web &quot;and&quot; mail", slug="web"),
        f"{mail}/product.en-gb.md": page("Mail", slug="mail", sections='["First steps&#58; all"]'),
        f"{mail}/everything/guide.en-gb.md": page(
            "Set up&#58; everything &amp; more",
            TEXT,
            slug="everything",
            excerpt="&quot;All&quot; in one",
            section="First steps&#58; all",
        ),
        f"{mail}/other/guide.en-gb.md": page(
            "Another guide",
            "\n## Systems\n\n> [!tabs]\n>\n> Windows\n>> Here.\n>\n> Linux\n>> There.\n",
            slug="other",
        ),
    }
    for number in range(UNIVERSES):
        pages[f"guides/u{number}/universe.en-gb.md"] = page(
            f"Universe number {number}", slug=f"u{number}"
        )
    write_pages(folder, pages)
    pictures = folder / mail / "everything" / "images"
    pictures.mkdir()
    for name, size in SIZES.items():
        (pictures / f"{name}.png").write_bytes(png(*size))
    ran = mkdocs("build", "--strict", "--quiet", cwd=folder)
    assert ran.status == 0, ran.err
