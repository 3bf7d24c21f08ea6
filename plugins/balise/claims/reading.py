"""All statements of a page: `Document` -> `Claims`."""

from balise.claims.claim import Claims, HostClaim, PortClaim
from balise.claims.reader import cleaned, reader_of
from balise.claims.scene import scene_of
from balise.claims.sentences import claims_in_text, hosts_in_text
from balise.claims.tables import claims_in_table
from balise.document import Document, page_name


def read_claims(document: Document) -> Claims:
    """The statements of a page, each kind in the order of the file."""
    name = page_name(document.path)
    reader = reader_of(name.language if name else None)
    ports: list[PortClaim] = []
    hosts: list[HostClaim] = []
    for table in document.tables:
        for claim in claims_in_table(document, table, reader):
            (ports if isinstance(claim, PortClaim) else hosts).append(claim)  # type: ignore[arg-type]
    for prose in document.prose:
        text = prose.text.text
        has_number, has_host = any(map(str.isdigit, text)), "." in text
        if not (has_number or has_host):
            continue
        folded = cleaned(text)
        scene = scene_of(document, prose.span.start, reader)
        if has_number:
            ports += claims_in_text(prose.text, folded, scene, reader)
        if has_host:
            hosts += hosts_in_text(prose.text, folded, scene, reader)
    return Claims(
        tuple(sorted(ports, key=lambda claim: claim.span)),
        tuple(sorted(hosts, key=lambda claim: claim.span)),
    )
