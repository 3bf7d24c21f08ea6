from collections.abc import Iterator, Sequence

from balise.base.findings import Finding, Fix, Related, Severity
from balise.claims import HostClaim, PortClaim, PortNumber
from balise.collection.facts import FACTS, Service, TrueNumber
from balise.document import Document
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.port_phrases import claim_subject, port_list


class FactsContradict(PageRule):
    name = "facts-contradict"
    group = "claims"
    summary = "A page says something else than the team's own table of facts"
    severity = Severity.ERROR
    fixable = "sometimes"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        collection, document = context.collection, context.document
        name = collection.names.get(document.path)
        table = collection.data.get(FACTS)
        if name is None or table is None:
            return
        folder = collection.folder(document.path)
        for service in collection.services.values():
            if service.about(folder, name.locale):
                for claim in context.claims.ports:
                    yield from self._ports(document, claim, service, table)
                for host in context.claims.hosts:
                    yield from self._host(document, host, service, table)

    def _ports(
        self, document: Document, claim: PortClaim, service: Service, table: Document
    ) -> Iterator[Finding]:
        true = true_numbers(claim, service)
        for port in claim.ports:
            if true and port.number not in {fact.number for fact in true}:
                message = (
                    f"this page says {port.number} for {claim_subject(claim)}, "
                    f"`{FACTS}` says {port_list({fact.number for fact in true})} ({service.name})"
                )
                related = (Related(table.path, true[0].span, f"what `{FACTS}` says"),)
                fix = _fix(port, claim, true)
                yield self.finding(document, port.span, message, related=related, fix=fix)

    def _host(
        self, document: Document, claim: HostClaim, service: Service, table: Document
    ) -> Iterator[Finding]:
        host, span = service.hosts.get(claim.direction or "", (claim.host, claim.span))
        if host != claim.host:
            message = (
                f"the server for {claim.direction} mail is `{claim.host}` here, "
                f"`{FACTS}` says `{host}` ({service.name})"
            )
            fix = Fix.replacement(claim.span, host, safe=False, removes=claim.host)
            related = (Related(table.path, span, f"what `{FACTS}` says"),)
            yield self.finding(document, claim.span, message, related=related, fix=fix)


def true_numbers(claim: PortClaim, service: Service) -> Sequence[TrueNumber]:
    """The ports that the facts give for what a statement is about; none if they say nothing.

    Encryption of which kind people seldom say: "SSL" may be what the facts call STARTTLS.
    """
    ports = service.ports.get(claim.protocol or "", {})
    if claim.security is None:
        return [fact for facts in ports.values() for fact in facts]
    if claim.security == "none":
        return ports.get("none", [])
    if claim.security == "starttls":
        return ports.get("starttls", [])
    return [*ports.get("tls", []), *ports.get("starttls", [])]


def _fix(port: PortNumber, claim: PortClaim, true: Sequence[TrueNumber]) -> Fix | None:
    """The true number, if there is one only and the statement gives no other."""
    if len({fact.number for fact in true}) != 1 or len(claim.ports) != 1:
        return None
    number = str(true[0].number)
    return Fix.replacement(
        port.span, number, f"write {number}", safe=False, removes=str(port.number)
    )
