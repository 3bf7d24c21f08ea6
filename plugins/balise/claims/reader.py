"""A page's facts -> its claims: `Document` -> `Claims`."""

import re

from balise.claims.model import Claims, HostClaim, PortClaim
from balise.claims.outline import read_outline
from balise.claims.patterns import normalize, patterns_of
from balise.claims.quantities import read_quantities
from balise.claims.section import SectionContext, section_context
from balise.claims.sentences import Passage, host_claims, port_claims
from balise.claims.tables import claims_in_table
from balise.document import Document, page_name

TWO_DIGITS = re.compile(r"[0-9]{2}")
HOSTLIKE = re.compile(r"\.[\w-]+\.\w")
"""Part of a host's name, which begins with a fixed character: such a pattern is found the fastest."""


def read_claims(document: Document) -> Claims:
    """The claims of a page, by the words of the language that its name says."""
    name = page_name(document.path)
    patterns = patterns_of(name.language if name else None)
    ports: list[PortClaim] = []
    hosts: list[HostClaim] = []
    for table in document.tables:
        for claim in claims_in_table(document, table, patterns):
            if isinstance(claim, PortClaim):
                ports.append(claim)
            else:
                hosts.append(claim)
    contexts: dict[int, SectionContext] = {}
    for prose in document.prose:
        text = prose.text
        has_number, has_host = TWO_DIGITS.search(text.text), HOSTLIKE.search(text.text)
        if not (has_number or has_host):
            continue
        start = prose.span.start
        section = document.section(start)
        if section not in contexts:
            contexts[section] = section_context(document, start, patterns)
        folded = normalize(text.text)
        passage = Passage(text, folded, contexts[section], patterns, "prose")
        if has_number:
            ports += port_claims(passage)
        if has_host:
            hosts += host_claims(passage)
    return Claims(
        tuple(sorted(ports, key=lambda claim: claim.span)),
        tuple(sorted(hosts, key=lambda claim: claim.span)),
        tuple(read_quantities(document)),
        read_outline(document),
    )
