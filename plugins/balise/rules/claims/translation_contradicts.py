from collections.abc import Iterator

from balise.base.findings import Finding, Related, Severity
from balise.claims import Claims
from balise.claims.translations import PortDisagreement, port_disagreements, replaced_ports
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.port_phrases import claim_subject, enumeration, port_list


class TranslationContradicts(PageRule):
    name = "translation-contradicts"
    group = "claims"
    summary = "A page gives another port than most of its translations"
    severity = Severity.ERROR

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        collection, document = context.collection, context.document
        own = collection.names.get(document.path)
        if own is None or not context.claims.ports:
            return
        siblings = collection.siblings(document.path)
        paths = {collection.names[path].locale: path for path in siblings}
        claims = {
            own.locale: context.meant_claims,
            **{locale: context.all_claims[path] for locale, path in paths.items()},
        }
        told = {one.port.span for one in context.contradictions}
        for one in port_disagreements(own.locale, claims, collection.scheme.original):
            if one.port.span in told:
                continue
            locale = one.against[0]
            if collection.scheme.original in one.against:
                locale = collection.scheme.original
            related = _related(paths[locale], locale, claims[locale], one)
            told.add(one.port.span)
            yield self.finding(document, one.port.span, _message(one), related=related)
        for other in replaced_ports(own.locale, claims, collection.scheme.original):
            if other.port.span in told:
                continue
            number, locale = other.there.number, other.against[0]
            message = f"this page says port {other.port.number}, but {_translations(other.against)} {number}"
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
