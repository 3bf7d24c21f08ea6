"""Which words of a paragraph, table or heading belong to a port."""

import pytest

from balise.base.source import SourceFile
from balise.claims import Claims, PortClaim, read_claims
from balise.document import read_document

Said = tuple[tuple[int, ...], str | None, str | None, str | None]


def read(text: str, language: str = "en") -> Claims:
    return read_claims(read_document(SourceFile(f"guide.{language}-{language}.md", text)))


def only(text: str, language: str = "en") -> PortClaim:
    """The one claim of a text."""
    (claim,) = read(text, language).ports
    return claim


def said(text: str, language: str = "en") -> list[Said]:
    """Ports, protocol, direction and security of every claim."""
    return [
        (tuple(p.number for p in c.ports), c.protocol, c.direction, c.security)
        for c in read(text, language).ports
    ]


# Labels before a colon


def test_a_label_counts_for_every_sentence_of_its_paragraph() -> None:
    text = "Outgoing server (SMTP): enter the name. Press Next. The port is 465.\n"
    assert said(text) == [((465,), "smtp", "outgoing", None)]


def test_a_label_counts_for_its_own_paragraph_only() -> None:
    text = "Outgoing server (SMTP): enter the name.\n\nThe port is 465.\n"
    assert said(text) == [((465,), None, None, None)]


def test_a_sentence_that_names_another_direction_has_no_use_for_the_label() -> None:
    text = "Outgoing server: the port is 465. The incoming port is 993.\n"
    assert said(text) == [((465,), None, "outgoing", None), ((993,), None, "incoming", None)]


def test_a_field_without_the_word_for_port_has_a_port_of_mail() -> None:
    assert said("Incoming server: 993\n") == [((993,), None, "incoming", None)]


def test_a_field_without_the_word_for_port_has_no_other_port() -> None:
    assert said("Incoming server: 3306\n") == []


def test_fields_on_lines_of_one_paragraph() -> None:
    text = "Incoming server: a\nPort: 993\nOutgoing server: b\nPort: 465\n"
    assert said(text) == [((993,), None, "incoming", None), ((465,), None, "outgoing", None)]


# The word for port behind its number


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "lt",
            "Gaunamo pašto serveris naudoja 993 prievadą.",
            [((993,), None, "incoming", None)],
        ),
        ("lt", "Įveskite 587 SMTP serverio prievadą.", [((587,), "smtp", "outgoing", None)]),
        ("fi", "Saapuva palvelin käyttää 993 porttia.", [((993,), None, "incoming", None)]),
        ("fi", "Lähtevä posti: 465 portti.", [((465,), None, "outgoing", None)]),
    ],
)
def test_the_word_for_port_may_follow(language: str, text: str, expected: list[Said]) -> None:
    assert said(f"{text}\n", language) == expected


def test_a_number_in_front_of_the_word_that_is_no_port_of_mail_is_none() -> None:
    assert said("Palvelussa on 300 porttia.\n", "fi") == []


# Numbers as guides write them


@pytest.mark.parametrize(
    "text",
    [
        'The incoming port is "993".',
        "The incoming port is “993”.",
        "The incoming port is «993».",
        "The incoming port is « 993 ».",
        "The incoming port is „993“.",
        "The incoming port is '993'.",
        "The incoming port is ‘993’.",
        "The incoming port is `993`.",
        "The incoming port is **993**.",
        "The incoming port is *993*.",
        "The incoming port is (993).",
        "The incoming port is [993](#ports).",
        "The incoming port:993",
        "The incoming port993",
    ],
)
def test_a_number_may_be_quoted_marked_or_glued(text: str) -> None:
    assert said(f"{text}\n") == [((993,), None, "incoming", None)]


@pytest.mark.parametrize(
    "text",
    [
        "Connect to imap.example.com:993 by IMAP.",
        "The port of 192.168.1.1:8080 is open.",
        "The port of mail.example.com:465 is for SMTP.",
    ],
)
def test_the_port_of_an_address_is_no_claim(text: str) -> None:
    assert said(f"{text}\n") == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Use port 587, not 25."),
        ("en", "Use port 587 instead of 25."),
        ("en", "Use port 587 rather than 25."),
        ("fr", "Utilisez le port 587 au lieu de 25."),
        ("fr", "Utilisez le port 587 et non 25."),
        ("de", "Der Port ist 587, nicht 25."),
        ("pl", "Użyj portu 587 zamiast 25."),
    ],
)
def test_a_number_that_is_negated_is_no_claim(language: str, text: str) -> None:
    assert said(f"{text}\n", language) == [((587,), None, None, None)]


@pytest.mark.parametrize(
    "text",
    [
        "Ports 25, 465 and 587.",
        "Ports 25, 465 or 587.",
        "Ports 25 and 465 and/or 587.",
        "Ports 25 & 465 & 587.",
    ],
)
def test_numbers_that_are_joined_are_one_claim(text: str) -> None:
    assert said(f"{text}\n") == [((25, 465, 587), None, None, None)]


# How the connection is protected


@pytest.mark.parametrize(
    ("text", "security"),
    [
        ("Port 993, SSL enabled.", "tls"),
        ("Port 993 with SSL.", "tls"),
        ("Port 993, TLS activated.", "tls"),
        ("Port 993, SSLactivated.", "tls"),
        ("Port 993<br>SSL enabled", "tls"),
        ("Port 143 with STARTTLS.", "starttls"),
        ("Port 143, STARTTLS enabled.", "starttls"),
        ("Port 143, SSL disabled.", "none"),
        ("Port 143, SSL not enabled.", "none"),
        ("Port 143 without SSL.", "none"),
        ("Port 143, SSLdisabled.", "none"),
        ("Port 143, with authentication enabled.", None),
        ("Port 143.", None),
        ("Port 143 for SSL.", None),
    ],
)
def test_a_sentence_says_how_the_connection_is_protected(text: str, security: str | None) -> None:
    assert only(f"{text}\n").security == security


@pytest.mark.parametrize(
    ("cell", "security"),
    [
        ("SSL/TLS", "tls"),
        ("SSL", "tls"),
        ("STARTTLS", "starttls"),
        ("SSL/TLS or STARTTLS", None),
        ("SSL enabled", "tls"),
        ("SSLactivated", "tls"),
        ("SSL<br>activated", "tls"),
        ("SSL not enabled", "none"),
        ("without SSL", "none"),
        ("SSLdisabled", "none"),
        ("Password", None),
    ],
)
def test_a_cell_of_the_row_says_how_the_connection_is_protected(
    cell: str, security: str | None
) -> None:
    text = f"| Server | Security | Port |\n|---|---|---|\n| Incoming | {cell} | 993 |\n"
    assert only(text).security == security


@pytest.mark.parametrize(
    ("label", "cell", "security"),
    [
        ("SSL", "Yes", "tls"),
        ("SSL", "yes.", "tls"),
        ("SSL", "No", "none"),
        ("SSL", "None", "none"),
        ("STARTTLS", "Yes", "starttls"),
        ("STARTTLS", "No", None),
        ("Password", "Yes", None),
        ("Password", "No", None),
    ],
)
def test_yes_and_no_in_a_column_of_encryption(label: str, cell: str, security: str | None) -> None:
    text = f"| Server | {label} | Port |\n|---|---|---|\n| Incoming | {cell} | 143 |\n"
    assert only(text).security == security


# Tables


def test_a_cell_of_two_lines_is_one_claim() -> None:
    text = "| Server | Port |\n|---|---|\n| Incoming<br>IMAP | 993<br>143 |\n"
    assert said(text) == [((993, 143), "imap", "incoming", None)]


def test_a_table_that_is_transposed() -> None:
    text = (
        "| | IMAP | POP | SMTP |\n|---|---|---|---|\n"
        "| Port with SSL | 993 | 995 | 465 |\n| Port without SSL | 143 | 110 | 587 |\n"
    )
    assert said(text) == [
        ((993,), "imap", "incoming", "tls"),
        ((995,), "pop", "incoming", "tls"),
        ((465,), "smtp", "outgoing", "tls"),
        ((143,), "imap", "incoming", "none"),
        ((110,), "pop", "incoming", "none"),
        ((587,), "smtp", "outgoing", "none"),
    ]


def test_rows_of_pipes_without_a_header_are_read() -> None:
    text = "| Incoming port | 993 |\n| Outgoing port | 465 |\n"
    assert said(text) == [((993,), None, "incoming", None), ((465,), None, "outgoing", None)]


def test_rows_of_pipes_with_labels_that_were_glued() -> None:
    text = "|Ports|SSLenabled|SSLdisabled|\n|Incoming|993|143|\n|Outgoing|465|587|\n"
    assert said(text) == [
        ((993,), None, "incoming", "tls"),
        ((143,), None, "incoming", "none"),
        ((465,), None, "outgoing", "tls"),
        ((587,), None, "outgoing", "none"),
    ]


def test_a_sentence_in_a_cell_is_about_the_label_of_its_row() -> None:
    text = (
        "| Setting | Value |\n|---|---|\n"
        "| Incoming port | Enter the port 993. |\n| SMTP port | Enter 465, please. |\n"
    )
    assert said(text) == [
        ((993,), None, "incoming", None),
        ((465,), "smtp", "outgoing", None),
    ]


def test_a_row_that_names_two_protocols_names_none() -> None:
    claim = only("| Server | Port |\n|---|---|\n| IMAP or POP | 993 |\n")
    assert (claim.protocol, claim.named) == (None, ("imap", "pop"))


def test_the_name_of_a_server_in_a_row_names_no_protocol() -> None:
    claim = only("| Server | Name | Port |\n|---|---|---|\n| Incoming | imap.example.com | 995 |\n")
    assert (claim.protocol, claim.named) == (None, ())


# Headings


def test_a_heading_names_the_direction_of_its_section() -> None:
    assert said("## Incoming server\n\nThe port is 993.\n") == [((993,), None, "incoming", None)]


def test_a_heading_names_the_direction_of_a_table() -> None:
    text = "## Outgoing server\n\n| Setting | Port |\n|---|---|\n| Usual | 465 |\n"
    assert said(text) == [((465,), None, "outgoing", None)]


def test_a_heading_of_both_directions_names_none() -> None:
    text = "## Incoming and outgoing server\n\nThe port is 993.\n"
    assert said(text) == [((993,), None, None, None)]


def test_a_heading_further_up_names_no_direction() -> None:
    text = "## Incoming server\n\n### Ports\n\nThe port is 993.\n"
    assert said(text) == [((993,), None, None, None)]


@pytest.mark.parametrize("protocol", ["IMAP", "POP3"])
def test_outgoing_mail_below_a_heading_is_of_smtp(protocol: str) -> None:
    text = f"## {protocol}\n\nFor outgoing mail use port 465.\n"
    assert said(text) == [((465,), "smtp", "outgoing", None)]


def test_incoming_mail_below_a_heading_is_not_of_smtp() -> None:
    text = "## SMTP\n\nFor incoming mail use port 993.\n"
    assert said(text) == [((993,), None, "incoming", None)]


# What a claim knows of itself


def test_a_protocol_names_the_direction_of_mail() -> None:
    assert said("The IMAP port is 993.\n") == [((993,), "imap", "incoming", None)]


def test_a_protocol_of_files_has_no_direction() -> None:
    assert said("The FTP port is 21.\n") == [((21,), "ftp", None, None)]


def test_a_claim_of_its_own_words_is_sure() -> None:
    assert only("The incoming IMAP port is 993.\n").sure


@pytest.mark.parametrize("heading", ["IMAP", "Incoming server"])
def test_a_claim_that_needs_its_heading_is_not_sure(heading: str) -> None:
    assert not only(f"## {heading}\n\nThe port is 993.\n").sure


def test_the_protocol_of_a_heading_is_not_named() -> None:
    assert only("## IMAP\n\nThe port is 993.\n").named == ()


def test_all_protocols_of_a_sentence_are_named() -> None:
    assert only("The port 22 is for SSH and SFTP.\n").named == ("ssh", "sftp")


def test_a_protocol_with_its_version_is_the_protocol() -> None:
    assert only("The POP3 port is 995.\n").named == ("pop",)


def test_a_direction_that_follows_from_the_protocol_says_so() -> None:
    source = only("The IMAP port is 993.\n").source("direction")
    assert source is not None
    assert source.kind == "protocol"


def test_a_protocol_that_follows_from_the_direction_says_so() -> None:
    source = only("## IMAP\n\nThe outgoing port is 465.\n").source("protocol")
    assert source is not None
    assert source.kind == "direction"


def test_what_is_left_open_has_no_source() -> None:
    claim = only("The port is 993.\n")
    assert claim.sources == ()
    assert claim.source("protocol") is None
