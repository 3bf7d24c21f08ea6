"""What `balise facts` shows of pages: their facts and claims, for people and as JSON."""

import json
from collections.abc import Iterable
from typing import Any, TextIO

from balise.base.source import Span
from balise.claims import Claims, HostClaim, PortClaim
from balise.document import (
    ApiBlock,
    Block,
    Carousel,
    Details,
    Document,
    Faq,
    FrontMatterEntry,
    Tabs,
    page_name,
)
from balise.workspace.page_facts import Facts

SECURITY = {"tls": "with SSL/TLS", "starttls": "with STARTTLS", "none": "without", None: ""}


def facts_json(pages: Iterable[Facts]) -> str:
    """One JSON array with an object for each page."""
    rows = [
        json.dumps(_facts(page.document, page.claims), ensure_ascii=False, indent=2)
        for page in pages
    ]
    return "[\n" + ",\n".join(rows) + "\n]\n" if rows else "[]\n"


def _facts(document: Document, claims: Claims) -> dict[str, Any]:
    name = page_name(document.path)
    entries = document.front_matter.entries if document.front_matter else ()
    return {
        "path": document.path,
        "locale": name.locale if name else None,
        "front_matter": {entry.key: _value(entry) for entry in entries},
        "headings": [
            {"level": h.level, "text": h.text, "id": h.id, "aliases": h.aliases, "line": h.line}
            for h in document.headings
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
                "rows": [[cell.text.text.strip() for cell in row.cells] for row in table.rows],
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
            *(_port_claim(document, claim) for claim in claims.ports),
            *(_host_claim(document, claim) for claim in claims.hosts),
        ],
    }


def _block(block: Block) -> dict[str, Any]:
    return {
        "type": block.type.strip().casefold(),
        "line": block.line,
        "title": block.title if isinstance(block, Details) else "",
        "parts": _parts(block),
    }


def _parts(block: Block) -> list[dict[str, Any]]:
    match block:
        case Tabs():
            return [{"kind": "tab", "title": t.title, "line": t.line} for t in block.tabs]
        case Faq():
            return [
                {"kind": "faq-entry", "title": entry.question, "line": entry.line}
                for entry in block.entries
            ]
        case Carousel():
            return [{"kind": "slide", "title": s.caption, "line": s.line} for s in block.slides]
        case ApiBlock():
            return [
                {
                    "kind": "api-call",
                    "verb": call.verb,
                    "path": call.path,
                    "zone": call.zone,
                    "version": call.version,
                    "section": call.section,
                    "line": call.line,
                }
                for call in block.calls
            ]
    return []


def _attributes(document: Document) -> list[dict[str, Any]]:
    """Every attribute list, and what was meant to be one and is text on the page."""
    lists = sorted(
        (found for lists in document.attribute_lists() for found in lists),
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
        if residue.kind in ("detached-attribute", "malformed-attribute", "stray-attribute")
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


def _port_claim(document: Document, claim: PortClaim) -> dict[str, Any]:
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


def _host_claim(document: Document, claim: HostClaim) -> dict[str, Any]:
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
    for page in pages:
        document = page.document
        name = page_name(document.path)
        console.print(f"[bold]{_plain(document.path)}[/]", f"({name.locale})" if name else "")
        for title, rows in _tables(document, page.claims).items():
            if rows:
                table = Table(title=title, title_justify="left", title_style="bold", box=None)
                for column in rows[0]:
                    table.add_column(column, header_style="dim", overflow="fold")
                for row in rows:
                    table.add_row(*map(_plain, row.values()))
                console.print()
                console.print(table)
        console.print()


def _tables(document: Document, claims: Claims) -> dict[str, list[dict[str, str]]]:
    """The rows of each table, by its title; a row has the text of each column."""

    def line(span: Span) -> str:
        return str(document.line(span.start))

    entries = document.front_matter.entries if document.front_matter else ()
    return {
        "Front matter": [
            {"line": line(e.key_span), "key": e.key, "value": e.value} for e in entries
        ],
        "Headings": [
            {
                "line": line(heading.span),
                "heading": f"{'#' * heading.level} {heading.text}",
                "anchor": f"#{heading.id}" if heading.id else "",
                "also": ", ".join(f"#{alias}" for alias in heading.aliases),
            }
            for heading in document.headings
        ],
        "Links": [
            {"line": line(link.span), "text": link.text, "address": link.href}
            for link in document.links
        ],
        "Pictures": [
            {"line": line(image.span), "picture": image.src, "description": image.alt}
            for image in document.images
        ],
        "Tables": [
            {
                "line": str(table.line),
                "rows": f"{len(table.rows)}{'' if table.separator else ', no separator row'}",
                "first row": " | ".join(cell.text.text.strip() for cell in table.rows[0].cells),
            }
            for table in document.tables
        ],
        "Blocks": [row for block in document.blocks for row in _block_rows(block)],
        "Includes": [{"line": line(i.span), "file": i.path} for i in document.includes],
        "Claims": [
            {
                "line": line(claim.span),
                "ports": ", ".join(str(port.number) for port in claim.ports),
                "protocol": claim.protocol or "",
                "direction": claim.direction or "",
                "security": SECURITY[claim.security],
                "said in": claim.origin,
                "how sure": "sure" if claim.sure else "by the heading",
            }
            for claim in claims.ports
        ],
        "Servers": [
            {
                "line": line(claim.span),
                "host": claim.host,
                "protocol": claim.protocol or "",
                "direction": claim.direction or "",
                "said in": claim.origin,
            }
            for claim in claims.hosts
        ],
    }


def _block_rows(block: Block) -> list[dict[str, str]]:
    """A row for a block, and one for each of its parts."""
    shown = _block(block)
    rows = [{"line": str(block.line), "type": block.type, "part": shown["title"]}]
    for part in shown["parts"]:
        text = part.get("title") or "(no title)"
        if part["kind"] == "api-call":
            zone = f" ({part['zone']})" if part["zone"] else ""
            text = f"{part['verb']} {part['path']}" if part["verb"] else part["section"]
            text += zone
        rows.append({"line": str(part["line"]), "type": "", "part": text})
    return rows


def _plain(text: str) -> str:
    """`text` without control characters, and with nothing that rich would take for markup."""
    return "".join(c if c.isprintable() else " " for c in text).replace("[", r"\[")
