"""The servers that a page names, with protocol and direction."""

import pytest

from balise.base.source import SourceFile
from balise.claims import HostClaim, read_claims
from balise.document import read_document

Said = tuple[str, str | None, str | None]


def hosts(text: str, language: str = "en") -> tuple[HostClaim, ...]:
    return read_claims(read_document(SourceFile(f"guide.{language}-{language}.md", text))).hosts


def said(text: str, language: str = "en") -> list[Said]:
    """Host, protocol and direction of every claim."""
    return [(claim.host, claim.protocol, claim.direction) for claim in hosts(text, language)]


# Sentences


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "Incoming server: mail.example.com",
            [("mail.example.com", None, "incoming")],
        ),
        (
            "en",
            "The IMAP server is mail.example.com.",
            [("mail.example.com", "imap", "incoming")],
        ),
        (
            "en",
            "Outgoing mail server (SMTP): mail.example.com",
            [("mail.example.com", "smtp", "outgoing")],
        ),
        (
            "en",
            "The incoming mail server is in.example.com and the outgoing mail server is out.example.com.",
            [("in.example.com", None, "incoming"), ("out.example.com", None, "outgoing")],
        ),
        (
            "fr",
            "Serveur entrant : mail.example.com",
            [("mail.example.com", None, "incoming")],
        ),
        (
            "pl",
            "Serwer poczty wychodzącej: mail.example.com",
            [("mail.example.com", None, "outgoing")],
        ),
    ],
)
def test_a_sentence_names_a_server(language: str, text: str, expected: list[Said]) -> None:
    assert said(f"{text}\n", language) == expected


@pytest.mark.parametrize(
    "text",
    [
        "See mail.example.com for more.",
        "The server is mail.example.com.",
        "Incoming mail comes from mail.example.com.",
        "Incoming server: name@mail.example.com",
        "Incoming server: https://mail.example.com/start",
        "Incoming server: mail.example.com/path",
        "Incoming server: version 1.2.3",
        "See [the incoming server](https://mail.example.com).",
    ],
)
def test_no_server_is_named_for_a_purpose(text: str) -> None:
    assert said(f"{text}\n") == []


def test_code_blocks_name_no_server() -> None:
    assert said("Incoming server:\n\n```\nmail.example.com\n```\n") == []


def test_a_server_in_code_counts() -> None:
    assert said("Incoming server: `mail.example.com`\n") == [("mail.example.com", None, "incoming")]


def test_capitals_of_a_server_do_not_matter() -> None:
    assert said("Incoming server: IMAP.Example.COM\n") == [("imap.example.com", None, "incoming")]


def test_a_full_stop_is_no_part_of_a_server() -> None:
    assert said("The incoming server is mail.example.com.\n") == [
        ("mail.example.com", None, "incoming")
    ]


def test_the_heading_names_the_protocol_of_a_server() -> None:
    assert said("## IMAP\n\nIncoming server: mail.example.com\n") == [
        ("mail.example.com", "imap", "incoming")
    ]


def test_the_outgoing_server_below_a_heading_is_one_of_smtp() -> None:
    assert said("## IMAP\n\nOutgoing server: mail.example.com\n") == [
        ("mail.example.com", "smtp", "outgoing")
    ]


# Tables


def test_a_row_names_the_purpose_of_a_server() -> None:
    text = (
        "| Server | Name | Port |\n|---|---|---|\n"
        "| Incoming (IMAP) | in.example.com | 993 |\n| Outgoing | out.example.com | 465 |\n"
    )
    assert said(text) == [
        ("in.example.com", "imap", "incoming"),
        ("out.example.com", None, "outgoing"),
    ]


def test_a_column_names_the_purpose_of_a_server() -> None:
    text = (
        "| | Incoming | Outgoing |\n|---|---|---|\n"
        "| Server | a.example.com | a.example.com |\n| Port | 993 | 465 |\n"
    )
    assert said(text) == [
        ("a.example.com", None, "incoming"),
        ("a.example.com", None, "outgoing"),
    ]


def test_a_claim_says_whether_it_is_from_a_table() -> None:
    text = (
        "|Server|Name|\n|Incoming|in.example.com|\n\nThe incoming server is in.example.com today.\n"
    )
    assert [claim.origin for claim in hosts(text)] == ["table", "prose"]


# Places


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_server_is_where_it_says(line_end: str) -> None:
    text = f"é \U0001f600{line_end}{line_end}> Incoming{line_end}> server: in.example.com now{line_end}"
    (claim,) = hosts(text)
    assert text[claim.span.start : claim.span.end] == "in.example.com"


def test_a_server_knows_the_heading_above_it() -> None:
    text = "Incoming server: a.example.com\n\n## A\n\n## B\n\nIncoming server: b.example.com\n"
    assert [claim.section for claim in hosts(text)] == [-1, 1]


# Families


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("pro1.mail.example.com", "pro?.mail.example.com"),
        ("ex1.mail.example.com", "ex22.mail.example.com"),
    ],
)
def test_servers_that_differ_in_a_number_are_one_family(one: str, other: str) -> None:
    (first,) = hosts(f"Incoming server: {one}\n")
    (second,) = hosts(f"Incoming server: {other}\n")
    assert first.family == second.family


def test_servers_that_differ_in_a_name_are_two_families() -> None:
    (first,) = hosts("Incoming server: pro1.mail.example.com\n")
    (second,) = hosts("Incoming server: ex1.mail.example.com\n")
    assert first.family != second.family
