"""What a page says of ports: in tables, in rows of pipes, and in sentences."""

import tomllib
from importlib.resources import files

import pytest
from msgspec.structs import fields

from balise.base.source import SourceFile
from balise.claims import PortClaim, read_claims
from balise.claims.words import Words, fold, languages, words_of
from balise.document import read_document

Said = tuple[tuple[int, ...], str | None, str | None, str | None]


def claims(text: str, language: str = "fr") -> tuple[PortClaim, ...]:
    document = read_document(SourceFile(f"guide.{language}-{language}.md", text))
    return read_claims(document).ports


def said(text: str, language: str = "fr") -> list[Said]:
    """Ports, protocol, direction and security of every claim."""
    return [
        (tuple(p.number for p in c.ports), c.protocol, c.direction, c.security)
        for c in claims(text, language)
    ]


def numbers(text: str, language: str = "en") -> list[int]:
    return [port.number for claim in claims(text, language) for port in claim.ports]


# Tables


def test_a_table_with_a_row_for_each_server() -> None:
    text = (
        "| Serveur | Protocole | Port |\n|---|---|---|\n"
        "| entrant | IMAP | 993 |\n| sortant | SMTP | 465 |\n"
    )
    assert said(text) == [
        ((993,), "imap", "incoming", None),
        ((465,), "smtp", "outgoing", None),
    ]


def test_a_table_with_a_column_for_each_server() -> None:
    text = "| | Serveur entrant | Serveur sortant |\n|---|---|---|\n| Port | 993 | 465 |\n"
    assert said(text) == [
        ((993,), None, "incoming", None),
        ((465,), None, "outgoing", None),
    ]


def test_columns_that_say_whether_it_is_secured() -> None:
    text = (
        "| Type | Port avec SSL | Port sans SSL |\n|---|---|---|\n"
        "| IMAP entrant | 993 | 143 |\n| SMTP sortant | 465 | 587 |\n"
    )
    assert said(text) == [
        ((993,), "imap", "incoming", "tls"),
        ((143,), "imap", "incoming", "none"),
        ((465,), "smtp", "outgoing", "tls"),
        ((587,), "smtp", "outgoing", "none"),
    ]


def test_several_ports_in_a_cell_are_one_claim() -> None:
    text = "| Serveur | Port |\n|---|---|\n| entrant | 143 ou 993 |\n| sortant | 587, 465 |\n"
    assert said(text) == [
        ((143, 993), None, "incoming", None),
        ((587, 465), None, "outgoing", None),
    ]


def test_the_heading_names_the_protocol_of_a_table() -> None:
    text = "## POP3\n\n| Serveur | Port |\n|---|---|\n| entrant | 995 |\n"
    assert said(text) == [((995,), "pop", "incoming", None)]


def test_a_heading_further_up_names_it_if_the_nearest_does_not() -> None:
    text = "## IMAP\n\n### Réglages\n\n| Serveur | Port |\n|---|---|\n| entrant | 993 |\n"
    assert said(text) == [((993,), "imap", "incoming", None)]


def test_a_heading_of_the_same_level_further_up_says_nothing() -> None:
    text = "## IMAP\n\n## Réglages\n\n| Serveur | Port |\n|---|---|\n| entrant | 993 |\n"
    assert said(text) == [((993,), None, "incoming", None)]


def test_a_heading_that_names_two_protocols_says_nothing() -> None:
    text = "## IMAP ou POP\n\n| Serveur | Port |\n|---|---|\n| entrant | 993 |\n"
    assert said(text) == [((993,), None, "incoming", None)]


def test_a_label_counts_before_the_heading() -> None:
    text = "## IMAP\n\n| Serveur | Port |\n|---|---|\n| SMTP sortant | 465 |\n"
    assert said(text) == [((465,), "smtp", "outgoing", None)]


def test_a_table_without_the_word_says_nothing() -> None:
    text = "| Serveur | Taille |\n|---|---|\n| entrant | 993 |\n"
    assert said(text) == []


def test_a_cell_of_words_and_numbers_is_no_port() -> None:
    text = "| Serveur | Port |\n|---|---|\n| entrant | voir l'étape 12 |\n"
    assert said(text) == []


def test_rows_of_pipes_without_a_separator_are_read() -> None:
    text = "| Serveur | Port |\n| entrant | 993 |\n| sortant | 465 |\n"
    assert said(text) == [((993,), None, "incoming", None), ((465,), None, "outgoing", None)]


def test_a_table_in_a_callout_is_read() -> None:
    text = "> [!primary]\n>\n> | Serveur | Port |\n> |---|---|\n> | entrant | 993 |\n"
    assert said(text) == [((993,), None, "incoming", None)]


def test_a_table_in_english() -> None:
    text = "| Server | Port |\n|---|---|\n| Incoming (POP) | 995 |\n| Outgoing | 465 |\n"
    assert said(text, "en") == [
        ((995,), "pop", "incoming", None),
        ((465,), None, "outgoing", None),
    ]


def test_a_claim_of_a_table_says_so() -> None:
    text = "| Serveur | Port |\n|---|---|\n| entrant | 993 |\n\nLe port 993.\n"
    assert [claim.origin for claim in claims(text)] == ["table", "prose"]


# Sentences


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "fr",
            "Utilisez le port 993 pour le serveur entrant et le port 465 pour le serveur sortant.",
            [((993,), None, "incoming", None), ((465,), None, "outgoing", None)],
        ),
        (
            "fr",
            "Utilisez le port 465 avec SSL/TLS ou port 587, et authentification activée.",
            [((465,), None, None, "tls"), ((587,), None, None, None)],
        ),
        (
            "fr",
            "Envoyez sur le port 465 avec SSL activé ou le port 587 avec SSL désactivé.",
            [((465,), None, None, "tls"), ((587,), None, None, "none")],
        ),
        ("fr", "Serveur entrant : port 993.", [((993,), None, "incoming", None)]),
        (
            "fr",
            "Le serveur IMAP entrant utilise le port 993.",
            [((993,), "imap", "incoming", None)],
        ),
        ("fr", "Le port 993 sert au protocole IMAP.", [((993,), "imap", "incoming", None)]),
        ("fr", "Les ports 143 et 993 sont ouverts.", [((143, 993), None, None, None)]),
        ("fr", "Le port 143, sans SSL.", [((143,), None, None, "none")]),
        (
            "en",
            "Use port 993 for incoming mail and port 465 for outgoing mail.",
            [((993,), None, "incoming", None), ((465,), None, "outgoing", None)],
        ),
        ("en", "Port 995 or 110 for POP3.", [((995, 110), "pop", "incoming", None)]),
        ("en", "The SMTP port is 587, with TLS disabled.", [((587,), "smtp", "outgoing", "none")]),
        ("en", "Connect over SSH on port 22.", [((22,), "ssh", None, None)]),
        (
            "pl",
            "Port 993 dla serwera poczty przychodzącej, port 465 dla poczty wychodzącej.",
            [((993,), None, "incoming", None), ((465,), None, "outgoing", None)],
        ),
        ("pl", "Użyj portu 995 lub 110.", [((995, 110), None, None, None)]),
        ("pl", "Bez SSL użyj portu 143.", [((143,), None, None, "none")]),
    ],
)
def test_a_sentence_says_what_it_says(language: str, text: str, expected: list[Said]) -> None:
    assert said(f"{text}\n", language) == expected


def test_several_fields_on_one_line() -> None:
    text = "Serveur entrant : port 993 ; serveur sortant : port 465\n"
    assert said(text) == [((993,), None, "incoming", None), ((465,), None, "outgoing", None)]


def test_fields_on_lines_of_their_own() -> None:
    text = "- Serveur entrant, port : 993\n- Serveur sortant, port : 465\n"
    assert said(text) == [((993,), None, "incoming", None), ((465,), None, "outgoing", None)]


def test_what_another_sentence_says_does_not_count() -> None:
    text = "Le serveur sortant est autre. Le port est 993.\n"
    assert said(text) == [((993,), None, None, None)]


def test_the_heading_names_the_protocol_of_a_sentence() -> None:
    assert said("## IMAP\n\nLe port est 993.\n") == [((993,), "imap", None, None)]


def test_words_and_numbers_in_code_and_emphasis_count() -> None:
    assert said("Le **port** `993`{.action} *entrant*.\n") == [((993,), None, "incoming", None)]


def test_a_sentence_over_two_lines_is_one() -> None:
    assert said("> Le port\n> 993 est entrant.\n") == [((993,), None, "incoming", None)]


def test_capitals_and_accents_do_not_matter() -> None:
    assert said("LE PORT 993, SSL ACTIVE, RECEPTION.\n") == [((993,), None, "incoming", "tls")]


def test_a_longer_word_is_no_word_of_the_list() -> None:
    assert said("Le support 993 et le portail 465.\n") == []


# Numbers that are no ports


@pytest.mark.parametrize(
    "text",
    [
        "The server listens at 192.168.10.25.",
        "In 2019 there were 443 servers.",
        "It costs 49.99 a month.",
        "The port costs 12.50 euros.",
        "The port of PHP 8.0 and MySQL 5.7.",
        "The port has version 10.15.7.",
        "The port was opened on 2019-04-25.",
        "The port opens at 10:30.",
        "The port of the disk with 500GB.",
        "The port is in step 3.",
        "The port is 0.",
        "The port is 123456.",
        "The port is 99999.",
        "The port of 10.0.0.0/24.",
        "The port of /path/8080/x.",
        "The port of RFC-2822.",
        "The airport 993.",
    ],
)
def test_other_numbers_are_no_ports(text: str) -> None:
    assert numbers(f"{text}\n") == []


def test_a_port_at_the_end_of_a_sentence_counts() -> None:
    assert numbers("Use port 993.\n") == [993]
    assert numbers("Use port 993, please.\n") == [993]
    assert numbers("Use the port (993).\n") == [993]


def test_the_highest_port_counts() -> None:
    assert numbers("Use port 65535.\n") == [65535]


def test_code_blocks_say_nothing() -> None:
    assert numbers("```\nport 993\n```\n") == []


# Places


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_number_is_where_it_says(line_end: str) -> None:
    text = f"é \U0001f600 &amp; text{line_end}> le port{line_end}> `993` entrant.{line_end}"
    ports = [port for claim in claims(text) for port in claim.ports]
    assert [text[p.span.start : p.span.end] for p in ports] == ["993"]


def test_a_number_in_a_cell_is_where_it_says() -> None:
    text = "> | a \\| b | Port |\n> |---|---|\n> | entrant \\| | 143 ou 993 |\n"
    (claim,) = claims(text)
    assert [text[p.span.start : p.span.end] for p in claim.ports] == ["143", "993"]
    assert text[claim.span.start : claim.span.end] == "143 ou 993"


def test_a_claim_is_from_its_first_number_to_its_last() -> None:
    text = "Les ports 143 ou 993.\n"
    (claim,) = claims(text)
    assert text[claim.span.start : claim.span.end] == "143 ou 993"


def test_claims_are_in_the_order_of_the_file() -> None:
    text = "Port 1000.\n\n| Port |\n|---|\n| 2000 |\n\nPort 3000.\n"
    assert numbers(text) == [1000, 2000, 3000]


def test_a_claim_knows_the_heading_above_it() -> None:
    text = "Port 993.\n\n## A\n\n## B\n\nPort 465.\n"
    assert [claim.section for claim in claims(text)] == [-1, 1]


# Languages


def test_a_page_without_a_language_is_read_with_english_words() -> None:
    document = read_document(SourceFile("README.md", "Le port entrant 993. Incoming port 143.\n"))
    found = read_claims(document).ports
    assert [(sorted(c.numbers), c.direction) for c in found] == [([993], None), ([143], "incoming")]


def test_a_language_without_a_file_has_the_numbers_and_protocols() -> None:
    assert said("IMAP port 993.\n", "xx") == [((993,), "imap", "incoming", None)]


@pytest.mark.parametrize("language", languages())
def test_a_language_has_words_for_every_meaning(language: str) -> None:
    words = words_of(language)
    assert [field.name for field in fields(Words) if not getattr(words, field.name)] == []


@pytest.mark.parametrize("language", languages())
def test_a_file_of_words_has_every_key_and_no_word_twice(language: str) -> None:
    file = files("balise.claims") / "words" / f"{language}.toml"
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    assert set(data) == {field.name.rstrip("_") for field in fields(Words)}
    for key, words in data.items():
        folded = [fold(word) for word in words]
        assert folded, key
        assert len(set(folded)) == len(folded), key


@pytest.mark.parametrize("language", languages())
def test_no_word_says_two_opposite_things(language: str) -> None:
    words = words_of(language)
    assert not set(words.incoming) & set(words.outgoing)
    assert not set(words.enabled) & set(words.disabled)
    assert not set(words.with_) & set(words.without)


def test_the_guides_have_words_in_their_main_languages() -> None:
    assert {"cs", "de", "en", "es", "fi", "fr", "it", "lt", "nl", "pl", "pt"} <= set(languages())


# How guides really write it


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "For IMAP, never use port 110."),
        ("fr", "Pour IMAP, n’utilisez jamais le port 110."),
        ("fr", "Ne pas utiliser le port 110 pour IMAP."),
        ("de", "Verwenden Sie für IMAP nie den Port 110."),
        ("de", "Port 110 für IMAP nicht verwenden."),
        ("es", "No utilice nunca el puerto 110 para IMAP."),
        ("it", "Non utilizzare mai la porta 110 per IMAP."),
        ("pl", "Nigdy nie używaj portu 110 dla IMAP."),
        ("pt", "Nunca utilize a porta 110 para IMAP."),
        ("lt", "IMAP niekada nenaudokite prievado 110."),
        ("fi", "Älä koskaan käytä porttia 110 IMAP-palvelimelle."),
        ("nl", "Gebruik poort 110 niet voor IMAP."),
        ("cs", "Pro IMAP nikdy nepoužívejte port 110."),
    ],
)
def test_a_port_that_a_guide_warns_of_is_none_of_its_own(language: str, text: str) -> None:
    assert said(text + "\n", language) == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("it", "Porta del server in entrata: porta143.", [((143,), None, "incoming", None)]),
        ("en", "Outgoing server port:465[/] or 587", [((465, 587), None, "outgoing", None)]),
        ("fr", "Le **Port** à indiquer sera **« 993 »**.", [((993,), None, None, None)]),
        ("lt", "Naudokite 587 SMTP serverio prievadą.", [((587,), "smtp", "outgoing", None)]),
        (
            "en",
            "Do not use port 993 but port 995.",
            [((995,), None, None, None)],
        ),
        ("en", "Use the port 995, not 993.", [((995,), None, None, None)]),
        ("en", "Never use the port 110 or 143, but 995.", [((995,), None, None, None)]),
        ("en", "Do not use SSL with port 143.", [((143,), None, None, "none")]),
        ("en", "Choose STARTTLS and port 587.", [((587,), None, None, "starttls")]),
        ("en", "Choose SSL or STARTTLS and port 587.", [((587,), None, None, None)]),
        ("en", "Connect to imap.example.com:993 by IMAP.", []),
        (
            "fr",
            "Serveur sortant (SMTP) : le nom est x. Le port est 465.",
            [((465,), "smtp", "outgoing", None)],
        ),
        ("fr", "Serveur entrant (POP3) : doit être le 110.", [((110,), "pop", "incoming", None)]),
        (
            "fi",
            "Saapuvan postin palvelimen portti: 995 tai 110",
            [((995, 110), None, "incoming", None)],
        ),
        ("de", "Der Port des Posteingangsservers ist 993.", [((993,), None, "incoming", None)]),
        ("en", "Step 993: it costs 465 euros, takes 110 MB and 25 minutes.", []),
    ],
)
def test_a_field_or_sentence_of_a_guide(language: str, text: str, expected: list[Said]) -> None:
    assert said(text + "\n", language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "fi",
            "|Portit|SSLaktivoitu|SSLdeaktivoitu|\n|Saapuva|993|143|\n",
            [((993,), None, "incoming", "tls"), ((143,), None, "incoming", "none")],
        ),
        (
            "it",
            "|Porte|SSL<br>attivato|\n|In entrata|993|\n",
            [((993,), None, "incoming", "tls")],
        ),
        (
            "es",
            "| Servidor | Nombre | SSL | Puerto |\n|---|---|---|---|\n| Saliente | a.example.com | No | 587 |\n",
            [((587,), None, "outgoing", "none")],
        ),
        (
            "de",
            "| Information | Beschreibung |\n|---|---|\n| Eingangsport | Tragen Sie den Port „993“ ein. |\n",
            [((993,), None, "incoming", None)],
        ),
        (
            "en",
            "|Incoming|993|\n|Outgoing|465|\n",
            [((993,), None, "incoming", None), ((465,), None, "outgoing", None)],
        ),
        (
            "en",
            "| | Incoming | Outgoing |\n|---|---|---|\n| Port | 993 | 465 |\n",
            [((993,), None, "incoming", None), ((465,), None, "outgoing", None)],
        ),
        ("en", "| Port | Timeout |\n|---|---|\n| 993 | 110 |\n", [((993,), None, None, None)]),
    ],
)
def test_a_table_of_a_guide(language: str, text: str, expected: list[Said]) -> None:
    assert said(text, language) == expected


def test_outgoing_mail_is_smtp_below_any_heading() -> None:
    text = "## IMAP\n\n|Ports|SSL activé|\n|Entrant|993|\n|Sortant|465|\n"
    assert [(c.protocol, c.sure) for c in claims(text)] == [("imap", False), ("smtp", True)]


def test_every_part_says_where_it_was_read() -> None:
    text = "## IMAP\n\n| Serveur | Port (avec SSL) |\n|---|---|\n| Entrant | 993 |\n"
    (claim,) = claims(text)
    parts = {s.aspect: (s.kind, text[s.span.start : s.span.end]) for s in claim.sources}
    assert parts == {
        "protocol": ("heading", "## IMAP"),
        "direction": ("row", "Entrant"),
        "security": ("column", "Port (avec SSL)"),
    }


def test_servers_are_read_in_tables_and_sentences() -> None:
    text = "## IMAP\n\n|Serveur|Nom|\n|Entrant|ssl0.example.net|\n\nServeur sortant : SMTP.Example.net\n"
    document = read_document(SourceFile("guide.fr-fr.md", text))
    found = [(h.host, h.protocol, h.direction, h.origin) for h in read_claims(document).hosts]
    assert found == [
        ("ssl0.example.net", "imap", "incoming", "table"),
        ("smtp.example.net", "smtp", "outgoing", "prose"),
    ]
