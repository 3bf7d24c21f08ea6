"""All statements of a page: `Document` -> `Claims`."""

import re

from balise.claims.claim import Claims, HostClaim, PortClaim
from balise.claims.quantities import read_quantities
from balise.claims.reader import cleaned, reader_of
from balise.claims.scene import Scene, scene_of
from balise.claims.sentences import claims_in_text, hosts_in_text
from balise.claims.tables import claims_in_table
from balise.document import Document, page_name

TWO_DIGITS = re.compile(r"[0-9]{2}")
HOSTLIKE = re.compile(r"\.[\w-]+\.\w")
"""Part of a host's name, which begins with a fixed character: such a pattern is found the fastest."""


def read_claims(document: Document) -> Claims:
    """The statements of a page, each kind in the order of the file."""
    name = page_name(document.path)
    reader = reader_of(name.language if name else None)
    ports: list[PortClaim] = []
    hosts: list[HostClaim] = []
    for table in document.tables:
        for claim in claims_in_table(document, table, reader):
            (ports if isinstance(claim, PortClaim) else hosts).append(claim)  # type: ignore[arg-type]
    scenes: dict[int, Scene] = {}
    for prose in document.prose:
        has_number, has_host = TWO_DIGITS.search(prose.text.text), HOSTLIKE.search(prose.text.text)
        if not (has_number or has_host):
            continue
        folded = cleaned(prose.text.text)
        section = document.section(prose.span.start)
        if section not in scenes:
            scenes[section] = scene_of(document, prose.span.start, reader)
        if has_number:
            ports += claims_in_text(prose.text, folded, scenes[section], reader)
        if has_host:
            hosts += hosts_in_text(prose.text, folded, scenes[section], reader)
    return Claims(
        tuple(sorted(ports, key=lambda claim: claim.span)),
        tuple(sorted(hosts, key=lambda claim: claim.span)),
        tuple(read_quantities(document)),
    )
