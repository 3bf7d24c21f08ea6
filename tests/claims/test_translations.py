"""Which numbers of a page its translations contradict."""

from balise.base.source import SourceFile
from balise.claims import Claims, read_claims
from balise.claims.translations import PortDisagreement, port_disagreements
from balise.document import read_document

FR_993 = "Port IMAP entrant : 993\n"
EN_993 = "Incoming IMAP port: 993\n"
PL_993 = "Port IMAP przychodzący: 993\n"
FR_995 = FR_993.replace("993", "995")
EN_995 = EN_993.replace("993", "995")
PL_995 = PL_993.replace("993", "995")

ORIGINAL = "fr-fr"


def claims(locale: str, text: str) -> Claims:
    return read_claims(read_document(SourceFile(f"guide.{locale}.md", text)))


def found(own: str, pages: dict[str, str]) -> list[PortDisagreement]:
    """The disagreements of the page in the locale `own` with the others."""
    read = {locale: claims(locale, text) for locale, text in pages.items()}
    return list(port_disagreements(own, read, ORIGINAL))


def wrong(own: str, pages: dict[str, str]) -> list[tuple[int, tuple[int, ...]]]:
    """Each number that is outvoted, and the numbers that stand against it."""
    return [(one.port.number, one.numbers) for one in found(own, pages)]


# Most against few


def test_the_number_that_most_translations_do_not_give_is_wrong() -> None:
    pages = {"fr-fr": FR_993, "en-gb": EN_993, "pl-pl": PL_995}
    assert wrong("pl-pl", pages) == [(995, (993,))]


def test_the_majority_is_right() -> None:
    pages = {"fr-fr": FR_993, "en-gb": EN_993, "pl-pl": PL_995}
    assert wrong("fr-fr", pages) == wrong("en-gb", pages) == []


def test_the_original_is_outvoted_as_well() -> None:
    pages = {"fr-fr": FR_995, "en-gb": EN_993, "pl-pl": PL_993}
    assert wrong("fr-fr", pages) == [(995, (993,))]


def test_two_against_two_say_nothing() -> None:
    pages = {"fr-fr": FR_993, "en-gb": EN_995, "pl-pl": PL_993, "en-us": EN_995}
    assert [wrong(locale, pages) for locale in pages] == [[]] * 4


def test_it_says_who_is_against_and_who_agrees() -> None:
    pages = {"fr-fr": FR_993, "en-gb": EN_993, "en-us": EN_993, "en-ca": EN_993, "pl-pl": PL_995}
    pages["fr-ca"] = FR_995
    (one,) = found("pl-pl", pages)
    assert one.against == ("en-ca", "en-gb", "en-us", "fr-fr")
    assert one.agreeing == ("fr-ca",)


def test_a_disagreement_is_where_the_number_is() -> None:
    (one,) = found("en-gb", {"fr-fr": FR_993, "en-gb": EN_995})
    assert EN_995[one.port.span.start : one.port.span.end] == "995"


# Two translations


def test_of_two_pages_the_one_that_is_not_the_original_is_wrong() -> None:
    pages = {"fr-fr": FR_993, "en-gb": EN_995}
    assert wrong("en-gb", pages) == [(995, (993,))]
    assert wrong("fr-fr", pages) == []


def test_of_two_translations_without_an_original_both_are_told() -> None:
    pages = {"en-gb": EN_995, "pl-pl": PL_993}
    assert wrong("en-gb", pages) == [(995, (993,))]
    assert wrong("pl-pl", pages) == [(993, (995,))]


def test_a_page_alone_contradicts_nothing() -> None:
    assert wrong("en-gb", {"en-gb": EN_995}) == []


# What is no contradiction


def test_a_page_that_states_less_is_no_contradiction() -> None:
    pages = {"fr-fr": "Port IMAP entrant : 993 ou 143\n", "en-gb": EN_993}
    assert wrong("en-gb", pages) == []


def test_a_page_that_states_more_is_no_contradiction() -> None:
    pages = {"fr-fr": FR_993, "en-gb": "Incoming IMAP port: 993 or 143\n"}
    assert wrong("en-gb", pages) == []


def test_a_page_without_ports_is_no_contradiction() -> None:
    pages = {"fr-fr": "Bonjour.\n", "en-gb": EN_995}
    assert wrong("en-gb", pages) == wrong("fr-fr", pages) == []


def test_pages_without_ports_do_not_vote() -> None:
    pages = {"fr-fr": FR_993, "en-gb": EN_995, "pl-pl": "Dzień dobry.\n", "en-us": "Hello.\n"}
    assert wrong("en-gb", pages) == [(995, (993,))]


def test_another_protocol_is_another_subject() -> None:
    pages = {"fr-fr": "Port POP entrant : 995\n", "en-gb": EN_993}
    assert wrong("en-gb", pages) == []


def test_a_port_without_encryption_is_another_subject() -> None:
    pages = {
        "fr-fr": "Port IMAP entrant 993 avec SSL\n",
        "en-gb": "Incoming IMAP port 143 without SSL\n",
    }
    assert wrong("en-gb", pages) == []


def test_starttls_and_tls_are_the_same_subject() -> None:
    pages = {
        "fr-fr": "Port IMAP entrant 993 avec SSL\n",
        "en-gb": "Incoming IMAP port 995 with STARTTLS\n",
    }
    assert wrong("en-gb", pages) == [(995, (993,))]


def test_a_port_without_a_protocol_is_not_compared() -> None:
    pages = {"fr-fr": "Port entrant : 993\n", "en-gb": "Incoming port: 995\n"}
    assert wrong("en-gb", pages) == []


def test_a_table_and_a_sentence_are_compared() -> None:
    table = "| Serveur | Port |\n|---|---|\n| IMAP entrant | 993 |\n"
    pages = {"fr-fr": table, "en-gb": EN_995}
    assert wrong("en-gb", pages) == [(995, (993,))]


def test_each_wrong_number_of_a_page_is_told() -> None:
    english = "Incoming IMAP port: 995.\n\nOutgoing SMTP port: 25.\n"
    pages = {"fr-fr": "Port IMAP entrant : 993.\n\nPort SMTP sortant : 465.\n", "en-gb": english}
    assert wrong("en-gb", pages) == [(995, (993,)), (25, (465,))]
