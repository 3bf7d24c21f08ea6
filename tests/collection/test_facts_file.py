"""What a team says is true of its services: `facts.yml`."""

from collections.abc import Mapping

import pytest

from balise.base.source import SourceFile
from balise.collection.facts import Service, read_facts_file
from balise.document import Problem, read_data

WHOLE = """\
mx plan:
  pages: [web/emails, web/domains]
  locales: [fr-fr, en-gb]
  hosts:
    incoming: imap.example.com
    outgoing: smtp.example.com
  ports:
    imap:
      tls: 993
      starttls: 143
    smtp:
      tls: 465
      starttls: [587, 25]
      none: 25
"""


def read(text: str) -> tuple[Mapping[str, Service], list[Problem]]:
    return read_facts_file(read_data(SourceFile("facts.yml", text)))


def service(text: str) -> Service:
    """The one service of a file without mistakes."""
    services, problems = read(text)
    assert problems == []
    (found,) = services.values()
    return found


def numbers(found: Service) -> dict[str, dict[str, list[int]]]:
    """The ports by protocol and security."""
    return {
        protocol: {security: [true.number for true in ports] for security, ports in by.items()}
        for protocol, by in found.ports.items()
    }


def mistakes(text: str) -> list[tuple[str, str]]:
    """What each mistake is marked at, and why it is one."""
    return [(text[p.span.start : p.span.end], p.detail) for p in read(text)[1]]


# What it holds


def test_a_service_has_pages_locales_hosts_and_ports() -> None:
    found = service(WHOLE)
    assert found.name == "mx plan"
    assert found.pages == ["web/emails", "web/domains"]
    assert found.locales == ["fr-fr", "en-gb"]
    assert {way: host for way, (host, _) in found.hosts.items()} == {
        "incoming": "imap.example.com",
        "outgoing": "smtp.example.com",
    }
    assert numbers(found) == {
        "imap": {"tls": [993], "starttls": [143]},
        "smtp": {"tls": [465], "starttls": [587, 25], "none": [25]},
    }


def test_several_services_are_told_apart() -> None:
    services, problems = read("a:\n  pages: web\nb:\n  locales: fr-fr\n")
    assert problems == []
    assert [(s.name, s.pages, s.locales) for s in services.values()] == [
        ("a", ["web"], []),
        ("b", [], ["fr-fr"]),
    ]


def test_an_empty_file_has_no_services() -> None:
    assert read("") == ({}, [])


def test_a_file_of_comments_has_no_services() -> None:
    assert read("# nothing yet\n") == ({}, [])


@pytest.mark.parametrize(
    "value", ["web, cloud/mail", "[web, cloud/mail]", "\n  - web\n  - cloud/mail"]
)
def test_folders_stand_in_a_list_or_with_commas(value: str) -> None:
    assert service(f"a:\n  pages: {value}\n").pages == ["web", "cloud/mail"]


@pytest.mark.parametrize("value", ["fr-fr, en-gb", "[fr-fr, en-gb]", "\n  - fr-fr\n  - en-gb"])
def test_locales_stand_in_a_list_or_with_commas(value: str) -> None:
    assert service(f"a:\n  locales: {value}\n").locales == ["fr-fr", "en-gb"]


@pytest.mark.parametrize(
    "value", ["587, 25", "587,25", "[587, 25]", "'587, 25'", "\n  - 587\n  - 25"]
)
def test_ports_stand_in_a_list_or_with_commas(value: str) -> None:
    value = value.replace("\n", "\n      ")
    found = service(f"a:\n  ports:\n    smtp:\n      starttls: {value}\n")
    assert numbers(found) == {"smtp": {"starttls": [587, 25]}}


@pytest.mark.parametrize("value", ["/web/emails", "web/emails/", "/web/emails/"])
def test_slashes_around_a_folder_do_not_matter(value: str) -> None:
    assert service(f"a:\n  pages: {value}\n").pages == ["web/emails"]


def test_capitals_of_hosts_and_protocols_do_not_matter() -> None:
    found = service(
        "a:\n  hosts:\n    incoming: IMAP.Example.COM\n  ports:\n    IMAP:\n      tls: 993\n"
    )
    assert found.hosts["incoming"][0] == "imap.example.com"
    assert numbers(found) == {"imap": {"tls": [993]}}


# Places


def test_a_port_is_where_it_says() -> None:
    (true,) = service(WHOLE).ports["imap"]["tls"]
    assert WHOLE[true.span.start : true.span.end] == "993"


def test_ports_of_a_list_are_where_they_say() -> None:
    ports = service(WHOLE).ports["smtp"]["starttls"]
    assert [WHOLE[true.span.start : true.span.end] for true in ports] == ["587", "25"]


def test_a_host_is_where_it_says() -> None:
    _, span = service(WHOLE).hosts["outgoing"]
    assert WHOLE[span.start : span.end] == "smtp.example.com"


# Mistakes


SERVICE = "a service has `pages`, `locales`, `hosts` and `ports`"
HOSTS = "below `hosts` stand `incoming` and `outgoing`, each with a host"
PORTS = "below `ports` stands a protocol, and below it `tls`, `starttls` or `none`"
NUMBER = "a port is a number, or several with commas"


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("a: 993\n", "a", SERVICE),
        ("a:\n  port: 993\n", "port", SERVICE),
        ("a:\n  Pages: web\n", "Pages", SERVICE),
        ("a:\n  hosts: mail.example.com\n", "hosts", HOSTS),
        ("a:\n  hosts:\n    in: mail.example.com\n", "in", HOSTS),
        ("a:\n  ports: 993\n", "ports", PORTS),
        ("a:\n  ports:\n    imap: 993\n", "imap", PORTS),
        ("a:\n  ports:\n    imap:\n      ssl: 993\n", "ssl", PORTS),
        ("a:\n  ports:\n    imap:\n      tls: many\n", "tls", NUMBER),
        ("a:\n  ports:\n    imap:\n      tls:\n", "tls", NUMBER),
    ],
)
def test_an_entry_that_means_nothing_is_told_at_its_key(text: str, place: str, reason: str) -> None:
    assert mistakes(text) == [(place, reason)]


def test_every_mistake_is_told() -> None:
    text = "a:\n  port: 993\n  hosts: x\nb:\n  ports: 25\n"
    assert [place for place, _ in mistakes(text)] == ["port", "hosts", "ports"]


def test_a_mistake_leaves_the_rest_of_the_service() -> None:
    services, problems = read("a:\n  port: 993\n  pages: web\n")
    assert len(problems) == 1
    assert services["a"].pages == ["web"]


# Where the facts count


@pytest.mark.parametrize(
    ("folder", "counts"),
    [
        ("web/emails", True),
        ("web/emails/ports", True),
        ("web/emails/a/b", True),
        ("web", False),
        ("web/emails-pro", False),
        ("cloud/web/emails", False),
        ("", False),
    ],
)
def test_facts_count_in_their_folders_and_below(folder: str, counts: bool) -> None:
    assert service("a:\n  pages: web/emails\n").about(folder, "fr-fr") is counts


@pytest.mark.parametrize("folder", ["", "web", "web/emails/ports"])
def test_facts_without_folders_count_everywhere(folder: str) -> None:
    assert service("a:\n  locales: fr-fr\n").about(folder, "fr-fr")


def test_facts_count_in_each_of_their_folders() -> None:
    found = service("a:\n  pages: web, cloud\n")
    assert found.about("cloud/mail", "fr-fr")
    assert found.about("web", "fr-fr")


@pytest.mark.parametrize(
    ("locale", "counts"), [("fr-fr", True), ("fr-ca", False), ("en-gb", False)]
)
def test_facts_count_in_their_locales(locale: str, counts: bool) -> None:
    assert service("a:\n  locales: fr-fr\n").about("web", locale) is counts


def test_facts_without_locales_count_in_all() -> None:
    assert service("a:\n  pages: web\n").about("web", "pl-pl")


def test_facts_need_both_folder_and_locale() -> None:
    found = service("a:\n  pages: web\n  locales: fr-fr\n")
    assert not found.about("web", "en-gb")
    assert not found.about("cloud", "fr-fr")
