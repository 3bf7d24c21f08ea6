"""Hosts and ports that `facts.yml` has for the services that a page is about."""

from collections.abc import Iterator, Mapping

from balise.base.source import Edit
from balise.collection.facts import Service
from balise.editor.matching import LIMIT
from balise.editor.model import Completion
from balise.editor.typed import Typed
from balise.editor.view import View


def facts(view: View, typed: Typed) -> Iterator[Completion]:
    """Those that begin with what is typed."""
    structure = view.collection.structure
    folder = structure.folder(view.path)
    about = (s for s in structure.services.values() if s.about(folder, view.locale))
    known = {text: told for service in about for text, told in _facts(service).items()}
    found = [text for text in known if text.startswith(typed.text.lower())]
    for text in found[:LIMIT]:
        edit = Edit(typed.span, text)
        yield Completion(text, "fact", edit, detail=known[text], filter_text=typed.text)


def _facts(service: Service) -> Mapping[str, str]:
    """A host or port as it is written -> what it is."""
    hosts = {
        host: f"{service.name}: host, {direction}" for direction, (host, _) in service.hosts.items()
    }
    ports = {
        str(port.number): f"{service.name}: {protocol.upper()}, {security}"
        for protocol, by_security in service.ports.items()
        for security, found in by_security.items()
        for port in found
    }
    return hosts | ports
