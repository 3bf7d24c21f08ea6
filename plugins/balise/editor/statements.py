"""What a page states in a place, and who else states it: the page elsewhere, its translations, `facts.yml`."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from balise.base.source import Span
from balise.claims import Claims, HostClaim
from balise.claims.model import Quantity
from balise.claims.translations import numbers_by_subject, subject_of
from balise.collection.facts import FACTS, Service
from balise.editor.cursor import Port, Stated
from balise.editor.model import Place
from balise.editor.view import View
from balise.rules.helpers.port_phrases import claim_subject, port_list, protocol_name


class Statement(msgspec.Struct, frozen=True):
    """What is stated: `what`, in words, and the places of the same on this page, this one among them.

    The translations in the locales `same` have it too; `others` have something else in its place.
    """

    what: str
    here: Sequence[Span]
    same: Sequence[str] = ()
    others: Mapping[str, str] = {}


def statement_of(thing: Stated, view: View) -> Statement:
    """What is stated, and by whom; the claims of all translations are read for it."""
    same: list[str] = []
    others: dict[str, str] = {}
    names = view.collection.structure.names
    for path in view.siblings:
        theirs = _value_in(thing, view.workspace.claims[path])
        if theirs == _value(thing):
            same.append(names[path].locale)
        elif theirs:
            others[names[path].locale] = theirs
    return Statement(_words(thing), stated_here(thing, view.claims), same, others)


def stated_here(thing: Stated, claims: Claims) -> Sequence[Span]:
    """The places on a page with the same number or host."""
    match thing:
        case Port(number=port):
            numbers = [number for claim in claims.ports for number in claim.ports]
            return [number.span for number in numbers if number.number == port.number]
        case HostClaim(host=host):
            return [claim.span for claim in claims.hosts if claim.host == host]
        case Quantity(kind=kind, value=value):
            return [q.span for q in claims.quantities if (q.kind, q.value) == (kind, value)]


def true_places(thing: Port | HostClaim, view: View) -> list[Place]:
    """Where `facts.yml` says the same of a service that the page is about."""
    structure = view.collection.structure
    folder, document = structure.folder(view.path), structure.data.get(FACTS)
    if document is None:
        return []
    about = [s for s in structure.services.values() if s.about(folder, view.locale)]
    return [Place(document.path, span) for service in about for span in _facts(thing, service)]


def _facts(thing: Port | HostClaim, service: Service) -> Iterable[Span]:
    if isinstance(thing, HostClaim):
        return [span for host, span in service.hosts.values() if host == thing.host]
    protocol = thing.claim.protocol
    found = service.ports.get(protocol, {}).values() if protocol else ()
    number = thing.number.number
    return [port.span for ports in found for port in ports if port.number == number]


def _words(thing: Stated) -> str:
    match thing:
        case Port(claim=claim, number=port):
            return f"port {port.number}: {claim_subject(claim)}"
        case HostClaim(host=host):
            told = (thing.direction, thing.protocol and protocol_name(thing.protocol))
            about = " ".join(word for word in told if word)
            return f"host `{host}`: {about}" if about else f"host `{host}`"
        case Quantity():
            return f"{thing.kind} {thing.value}"


def _value(thing: Stated) -> str:
    match thing:
        case Port(number=port):
            return str(port.number)
        case HostClaim(host=host):
            return host
        case Quantity(value=value):
            return value


def _value_in(thing: Stated, claims: Claims) -> str:
    """What another page has in the place of what is stated: the same, something else, or nothing."""
    if stated_here(thing, claims):
        return _value(thing)
    match thing:
        case Port(claim=claim):
            subject = subject_of(claim)
            numbers = numbers_by_subject(claims).get(subject, ()) if subject else ()
            return port_list(numbers)
        case HostClaim():
            served = (thing.protocol, thing.direction)
            return _one(c.host for c in claims.hosts if (c.protocol, c.direction) == served)
        case Quantity():
            place = _place(thing)
            return _one(q.value for q in claims.quantities if _place(q) == place)


def _one(values: Iterable[str]) -> str:
    """The only value; nothing where there are several."""
    found = set(values)
    return found.pop() if len(found) == 1 else ""


def _place(quantity: Quantity) -> tuple[str, int, int, int]:
    """Where a quantity of a kind stands, in terms that translations share."""
    return quantity.kind, quantity.section, quantity.paragraph, quantity.paragraphs
