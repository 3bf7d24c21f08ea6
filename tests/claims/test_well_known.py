"""The data file of ports that are the same everywhere."""

import pytest

from balise.claims.well_known import DIRECTIONS, FAMILIES, is_mail_port, well_known_ports
from balise.claims.words import PROTOCOLS

STARTTLS = {"none", "starttls"}
TLS = {"tls"}


def test_every_protocol_is_one_that_is_told_apart() -> None:
    named = {name for known in well_known_ports().values() for name in known.protocols}
    assert named <= set(PROTOCOLS)


def test_every_protocol_that_is_told_apart_has_a_port() -> None:
    named = {name for known in well_known_ports().values() for name in known.protocols}
    assert set(PROTOCOLS) <= named


def test_every_protocol_of_a_family_has_a_port() -> None:
    named = {name for known in well_known_ports().values() for name in known.protocols}
    assert {name for family in FAMILIES for name in family} <= named


def test_every_port_is_a_number_of_a_port() -> None:
    assert all(0 < number < 65536 for number in well_known_ports())


def test_every_port_says_how_it_is_protected() -> None:
    for number, known in well_known_ports().items():
        assert known.protocols, number
        assert known.security, number
        assert known.security <= {"none", "starttls", "tls"}, number


def test_encryption_from_the_first_byte_leaves_nothing_else() -> None:
    for number, known in well_known_ports().items():
        assert "tls" not in known.security or known.security == TLS, number


@pytest.mark.parametrize(
    ("number", "protocols", "security"),
    [
        (25, {"smtp"}, STARTTLS),  # RFC 5321, 3207
        (587, {"smtp"}, STARTTLS),  # RFC 6409
        (465, {"smtp"}, TLS),  # RFC 8314, 7.3
        (143, {"imap"}, STARTTLS),  # RFC 9051, 2595
        (993, {"imap"}, TLS),  # RFC 8314, 3.2
        (110, {"pop"}, STARTTLS),  # RFC 1939, 2595
        (995, {"pop"}, TLS),  # RFC 8314, 3.1
        (21, {"ftp", "ftps"}, STARTTLS),  # RFC 959, 4217
        (22, {"ssh", "sftp"}, TLS),  # RFC 4253
    ],
)
def test_a_port_is_what_its_rfc_says(number: int, protocols: set[str], security: set[str]) -> None:
    known = well_known_ports()[number]
    assert known.protocols == protocols
    assert known.security == security


@pytest.mark.parametrize("number", [25, 110, 143, 465, 587, 993, 995])
def test_ports_of_mail(number: int) -> None:
    assert is_mail_port(number)


@pytest.mark.parametrize("number", [0, 21, 22, 443, 3306, 8080, 99999])
def test_other_ports_are_none_of_mail(number: int) -> None:
    assert not is_mail_port(number)


def test_mail_comes_in_by_imap_and_pop_and_goes_out_by_smtp() -> None:
    assert DIRECTIONS == {"imap": "incoming", "pop": "incoming", "smtp": "outgoing"}
