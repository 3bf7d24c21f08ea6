from collections.abc import Iterator, Mapping

from balise.base.findings import Finding, Related, Severity
from balise.claims import Claims
from balise.claims.replacements import replaced_hosts, replaced_ports
from balise.claims.translations import PortDisagreement, port_disagreements
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.port_phrases import claim_subject, enumeration, port_list


class TranslationContradicts(PageRule):
    name = "translation-contradicts"
    group = "claims"
    summary = "A page gives another port or server than most of its translations"
    severity = Severity.ERROR

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        collection, document = context.collection, context.document
        own = collection.names.get(document.path)
        if own is None or not (context.claims.ports or context.claims.hosts):
            return
        paths = context.translations
        claims = {
            own.locale: context.meant_claims,
            **{locale: context.all_claims[path] for locale, path in paths.items()},
        }
        yield from self._ports(context, claims, paths)
        for host in replaced_hosts(own.locale, claims, collection.scheme.original):
            claim, there, locale = host.claim, host.there, host.against[0]
            message = (
                f"this page says `{claim.host}`, but {_translations(host.against)} `{there.host}`"
            )
            related = Related(paths[locale], there.span, f"{locale} says `{there.host}`")
            yield self.finding(document, claim.span, message, related=(related,))

    def _ports(
        self, context: RuleContext, claims: Mapping[str, Claims], paths: Mapping[str, str]
    ) -> Iterator[Finding]:
        """Those of one protocol and direction, and those in one place; each wrong number once."""
        document, original = context.document, context.collection.scheme.original
        own = next(iter(claims))
        told = {one.port.span for one in context.contradictions}
        for one in port_disagreements(own, claims, original):
            if one.port.span in told:
                continue
            told.add(one.port.span)
            locale = original if original in one.against else one.against[0]
            related = _related(paths[locale], locale, claims[locale], one)
            yield self.finding(document, one.port.span, _message(one), related=related)
        for other in replaced_ports(own, claims, original):
            if other.port.span in told:
                continue
            number, locale = other.there.number, other.against[0]
            against = _translations(other.against)
            message = f"this page says port {other.port.number}, but {against} {number}"
            place = Related(paths[locale], other.there.span, f"{locale} says {number}")
            yield self.finding(document, other.port.span, message, related=(place,))


def _message(one: PortDisagreement) -> str:
    message = (
        f"this page says {one.port.number} for {claim_subject(one.claim)}, but "
        f"{_translations(one.against)} {port_list(one.numbers)}"
    )
    return f"{message}; {_translations(one.agreeing)} the same" if one.agreeing else message


def _translations(locales: tuple[str, ...]) -> str:
    if len(locales) > 4:
        return f"{len(locales)} translations say"
    return f"{enumeration(locales)} {'says' if len(locales) == 1 else 'say'}"


def _related(path: str, locale: str, claims: Claims, one: PortDisagreement) -> tuple[Related, ...]:
    """The first place in that translation that gives one of the other numbers."""
    for claim in claims.ports:
        for port in claim.ports:
            alike = (claim.protocol, claim.direction) == (one.claim.protocol, one.claim.direction)
            if alike and port.number in one.numbers:
                return (Related(path, port.span, f"{locale} says {port.number}"),)
    return ()
