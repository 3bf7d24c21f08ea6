"""A small collection in six languages whose pages say the same, for planting in."""

from pathlib import Path

from tests.helpers.command import write_pages

WORDS = {
    "fr-fr": ("Serveur", "Port avec SSL", "Port sans SSL", "Serveur entrant IMAP", "Serveur sortant SMTP"),
    "en-gb": ("Server", "Port with SSL", "Port without SSL", "Incoming IMAP server", "Outgoing SMTP server"),
    "de-de": ("Server", "Port mit SSL", "Port ohne SSL", "Posteingangsserver IMAP", "Postausgangsserver SMTP"),
    "es-es": ("Servidor", "Puerto con SSL", "Puerto sin SSL", "Servidor entrante IMAP", "Servidor saliente SMTP"),
    "it-it": ("Server", "Porta con SSL", "Porta senza SSL", "Server in entrata IMAP", "Server in uscita SMTP"),
    "pl-pl": ("Serwer", "Port z SSL", "Port bez SSL", "Serwer poczty przychodzącej IMAP", "Serwer poczty wychodzącej SMTP"),
}  # fmt: skip
"""What is in other words in each language: labels of a table, and what the ports are for."""

PAGE = """\
---
title: {slug} {locale}
slug: {slug}
---

## Mail

| {server} | {secure} | {plain} |
|---|---|---|
| {incoming} | 993 | 143 |
| {outgoing} | 465 | 587 |

{incoming}: imap.example.com, {secure}: 993.

{incoming}: imap.example.com.

{outgoing}: smtp.example.com.

## SQL

3306 MySQL.

![SQL](images/{slug}.png)

## Backup

500 GB, 192.0.2.17, 2.14.3.

```bash
rsync --archive /etc/hosts https://example.com/archive
tar --extract
```

## API

> [!api]
>
> @api {{GET}} /email/domain/account

> [!warning]
>
> 1 h.

| A | B |
|---|---|
| 1 | one |
| 2 | two |
| 3 | three |
"""


def write_guides(folder: Path, number: int) -> Path:
    """A home and some guides, all alike, with a configuration beside them; the folder of the guides."""
    pages = {f"home.{locale}.md": f"---\ntitle: {locale}\n---\n" for locale in WORDS}
    for at in range(number):
        slug = f"guide-{at}"
        for locale, (server, secure, plain, incoming, outgoing) in WORDS.items():
            pages[f"{slug}/guide.{locale}.md"] = PAGE.format(
                slug=slug,
                locale=locale,
                server=server,
                secure=secure,
                plain=plain,
                incoming=incoming,
                outgoing=outgoing,
            )
        pages[f"{slug}/images/{slug}.png"] = ""
    write_pages(folder, {"balise.toml": 'guides = "guides"\n'})
    return write_pages(folder / "guides", pages)
