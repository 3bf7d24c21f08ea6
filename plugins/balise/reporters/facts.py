"""What `balise facts` shows of pages: their facts and claims, for people and as JSON."""

import json
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any, TextIO

from balise.base.source import Span
from balise.claims import Claims, HostClaim, PortClaim
from balise.document import (
    ApiBlock,
    ApiCall,
    Block,
    Carousel,
    Details,
    Document,
    Faq,
    FaqEntry,
    FrontMatterEntry,
    Slide,
    Tab,
    Tabs,
    Text,
    page_name,
)

Facts = tuple[Document, Claims]
Part = Tab | FaqEntry | Slide | ApiCall


def facts_json(pages: Iterable[Facts]) -> str:
    """One JSON array with an object for each page."""
    rows = [json.dumps(_facts(*page), ensure_ascii=False, indent=2) for page in pages]
    return "[\n" + ",\n".join(rows) + "\n]\n" if rows else "[]\n"


SECURITY = {"tls": "with SSL/TLS", "starttls": "with STARTTLS", "none": "without"}


def _facts(document: Document, claims: Claims) -> dict[str, Any]:
    name = page_name(document.path)
    return {
        "path": document.path,
        "locale": name.locale if name else None,
        "front_matter": {
            entry.key: _value(entry)
            for entry in (document.front_matter.entries if document.front_matter else ())
        },
        "headings": [
            {
                "level": heading.level,
                "text": heading.text,
                "id": heading.id,
                "aliases": list(heading.aliases),
                "line": heading.line,
            }
            for heading in document.headings
        ],
        "links": [
            {"href": link.href, "text": link.text, **_start(document, link.span)}
            for link in document.links
        ],
        "images": [
            {"src": image.src, "alt": image.alt, **_start(document, image.span)}
            for image in document.images
        ],
        "tables": [
            {
                "line": table.line,
                "separator": table.separator,
                "rows": [[_text(cell.text) for cell in row.cells] for row in table.rows],
            }
            for table in document.tables
        ],
        "blocks": [_block(block) for block in document.blocks],
        "includes": [
            {"path": include.path, **_start(document, include.span)}
            for include in document.includes
        ],
        "attributes": _attributes(document),
        "claims": [
            *(_claim(document, claim) for claim in claims.ports),
            *(_host(document, claim) for claim in claims.hosts),
        ],
    }


def _block(block: Block) -> dict[str, Any]:
    return {
        "type": block.type.strip().casefold(),
        "line": block.line,
        "title": _block_title(block),
        "parts": [_part(part) for part in _parts(block)],
    }


def _block_title(block: Block) -> str:
    return block.title if isinstance(block, Details) else ""


def _parts(block: Block) -> Sequence[Part]:
    match block:
        case Tabs():
            return block.tabs
        case Faq():
            return block.entries
        case Carousel():
            return block.slides
        case ApiBlock():
            return block.calls
    return ()


def _part(part: Part) -> dict[str, Any]:
    match part:
        case Tab():
            return {"kind": "tab", "title": part.title, "line": part.line}
        case FaqEntry():
            return {"kind": "faq-entry", "title": part.question, "line": part.line}
        case Slide():
            return {"kind": "slide", "title": part.caption, "line": part.line}
        case ApiCall():
            return {
                "kind": "api-call",
                "verb": part.verb,
                "path": part.path,
                "zone": part.zone,
                "version": part.version,
                "section": part.section,
                "line": part.line,
            }


def _attributes(document: Document) -> list[dict[str, Any]]:
    """Every attribute list, and what was meant to be one and is text on the page."""
    owners = (document.headings, document.links, document.images, document.code_spans)
    lists = sorted(
        (found for kind in owners for owner in kind for found in owner.attributes),
        key=lambda found: found.span,
    )
    applied = [
        {
            "applied": True,
            "classes": list(found.classes),
            "id": next((item.value for item in found.items if item.kind == "id"), None),
            "pairs": {item.key: item.value for item in found.items if item.kind == "pair"},
            **_start(document, found.span),
        }
        for found in lists
    ]
    lost = [
        {"applied": False, "text": residue.text.strip(), **_start(document, residue.span)}
        for residue in document.residues
        if residue.kind in ("detached-attribute", "malformed-attribute")
    ]
    return applied + lost


def _value(entry: FrontMatterEntry) -> str | int | float | bool | None:
    if entry.kind == "null":
        return None
    if entry.kind == "boolean":
        return entry.value.casefold() in ("true", "yes", "on")
    if entry.kind == "integer" and entry.value.lstrip("+-").isdecimal():
        return int(entry.value)
    return entry.value


def _start(document: Document, span: Span) -> dict[str, int]:
    position = document.position(span.start)
    return {"line": position.line, "column": position.column}


def _text(text: Text) -> str:
    return text.text.strip()


def _claim(document: Document, claim: PortClaim) -> dict[str, Any]:
    return {
        "kind": "port",
        "ports": [port.number for port in claim.ports],
        "protocol": claim.protocol,
        "direction": claim.direction,
        "security": claim.security,
        "origin": claim.origin,
        "sure": claim.sure,
        **_start(document, claim.span),
    }


def _host(document: Document, claim: HostClaim) -> dict[str, Any]:
    return {
        "kind": "host",
        "host": claim.host,
        "protocol": claim.protocol,
        "direction": claim.direction,
        "origin": claim.origin,
        **_start(document, claim.span),
    }


def facts_text(pages: Iterable[Facts], out: TextIO) -> None:
    """The facts of each page as tables that a writer can read."""
    from rich.console import Console
    from rich.table import Table

    console = Console(file=out, highlight=False)
    for document, claims in pages:
        name = page_name(document.path)
        console.print(f"[bold]{_plain(document.path)}[/]", f"({name.locale})" if name else "")
        for title, columns, rows in _sections(document, claims):
            if rows:
                table = Table(title=title, title_justify="left", title_style="bold", box=None)
                for column in columns:
                    table.add_column(column, header_style="dim", overflow="fold")
                for row in rows:
                    table.add_row(*(_plain(cell) for cell in row))
                console.print()
                console.print(table)
        console.print()


def _sections(
    document: Document, claims: Claims
) -> list[tuple[str, Sequence[str], list[list[str]]]]:
    def line(span: Span) -> str:
        return str(document.line(span.start))

    entries = document.front_matter.entries if document.front_matter else ()
    return [
        (
            "Front matter",
            ("line", "key", "value"),
            [[line(e.key_span), e.key, e.value] for e in entries],
        ),
        (
            "Headings",
            ("line", "heading", "anchor", "also"),
            [
                [
                    line(h.span),
                    f"{'#' * h.level} {h.text}",
                    f"#{h.id}" if h.id else "",
                    ", ".join(f"#{alias}" for alias in h.aliases),
                ]
                for h in document.headings
            ],
        ),
        (
            "Links",
            ("line", "text", "address"),
            [[line(link.span), link.text, link.href] for link in document.links],
        ),
        (
            "Pictures",
            ("line", "picture", "description"),
            [[line(image.span), image.src, image.alt] for image in document.images],
        ),
        (
            "Tables",
            ("line", "rows", "first row"),
            [
                [
                    str(table.line),
                    f"{len(table.rows)}{'' if table.separator else ', no separator row'}",
                    " | ".join(_text(cell.text) for cell in table.rows[0].cells),
                ]
                for table in document.tables
            ],
        ),
        (
            "Blocks",
            ("line", "type", "part"),
            [
                row
                for block in document.blocks
                for row in (
                    [str(block.line), block.type, _block_title(block)],
                    *([str(part.line), "", _part_text(part)] for part in _parts(block)),
                )
            ],
        ),
        (
            "Includes",
            ("line", "file"),
            [[line(include.span), include.path] for include in document.includes],
        ),
        (
            "Claims",
            ("line", "ports", "protocol", "direction", "security", "said in", "how sure"),
            [
                [
                    line(claim.span),
                    ", ".join(str(port.number) for port in claim.ports),
                    claim.protocol or "",
                    claim.direction or "",
                    SECURITY[claim.security] if claim.security else "",
                    claim.origin,
                    "sure" if claim.sure else "by the heading",
                ]
                for claim in claims.ports
            ],
        ),
        (
            "Servers",
            ("line", "host", "protocol", "direction", "said in"),
            [
                [
                    line(claim.span),
                    claim.host,
                    claim.protocol or "",
                    claim.direction or "",
                    claim.origin,
                ]
                for claim in claims.hosts
            ],
        ),
    ]


def _part_text(part: Part) -> str:
    match part:
        case ApiCall():
            zone = f" ({part.zone})" if part.zone else ""
            return f"{part.verb} {part.path}{zone}"
        case Tab():
            title = part.title
        case FaqEntry():
            title = part.question
        case Slide():
            title = part.caption
    return title or "(no title)"


def _plain(text: str) -> str:
    """`text` without control characters, and with nothing that rich would take for markup."""
    out = StringIO()
    for char in text:
        out.write(char if char.isprintable() else " ")
    return out.getvalue().replace("[", r"\[")
