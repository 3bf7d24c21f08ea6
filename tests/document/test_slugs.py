"""The table that specifies ids: what a heading's text becomes, and what happens to repeats."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balise.document.slugs import IdPool, published_ids, slugify

TABLE = [
    # plain
    ("Overview", "overview"),
    ("Step 1: log in", "step-1-log-in"),
    ("IMAP / POP", "imap-pop"),
    ("C++ and C#", "c-and-c"),
    ("What's new?", "whats-new"),
    ("a.b.c", "abc"),
    ("snake_case stays", "snake_case-stays"),
    ("__init__", "__init__"),
    ("e-mail", "e-mail"),
    ("one -- two", "one-two"),
    ("one - two", "one-two"),
    ("10 GB", "10-gb"),
    ("2019", "2019"),
    ("50 %", "50"),
    ("(optional)", "optional"),
    ("<b>", "b"),
    ("A & B", "a-b"),
    ("tab\there", "tab-here"),
    ("line\nbreak", "line-break"),
    # blanks and hyphens at the ends: blanks go, hyphens stay
    ("  blanks  ", "blanks"),
    ("? question", "question"),
    ("-hyphens-", "-hyphens-"),
    ("- item", "-item"),
    ("_underscore_", "_underscore_"),
    # French
    ("Créer une adresse e-mail", "creer-une-adresse-e-mail"),
    ("Où trouver l'aide ?", "ou-trouver-laide"),
    ("Où trouver l’aide ?", "ou-trouver-laide"),
    ("Étape\u00a01\u00a0: accès", "etape-1-acces"),
    ("À ÇÉÈÊËÎÏÔÙÛÜ", "a-ceeeeiiouuu"),
    ("Cœur, œuvre, ŒUVRE", "coeur-oeuvre-oeuvre"),
    ("« guillemets »", "guillemets"),
    ("æther", "aether"),
    # German
    ("Größe ändern", "grosse-andern"),
    ("STRASSE, STRAẞE", "strasse-strasse"),
    ("„Über uns“", "uber-uns"),
    # Polish
    ("Zażółć gęślą jaźń", "zazolc-gesla-jazn"),
    ("ŁÓDŹ", "lodz"),
    # Czech
    ("Příliš žluťoučký kůň", "prilis-zlutoucky-kun"),
    # Lithuanian
    ("Įžanga į šį gidą ėjo ųjų", "izanga-i-si-gida-ejo-uju"),
    # Finnish
    ("Sähköpostin määritys älypuhelimeen Åbo", "sahkopostin-maaritys-alypuhelimeen-abo"),
    # Portuguese and Spanish
    ("Configuração não às opções", "configuracao-nao-as-opcoes"),
    ("¿Cómo añadir?", "como-anadir"),
    ("1.ª edição, n.º 2", "1a-edicao-no-2"),
    # Italian and Dutch
    ("Perché è così", "perche-e-cosi"),
    ("Coördinatie", "coordinatie"),
    # Danish, Icelandic, Turkish, Croatian letters that do not decompose
    ("Ørsted, þing, ðað", "orsted-thing-dad"),
    ("ışık, đak", "isik-dak"),
    # letters written in two characters
    ("E\u0301tape", "etape"),
    # dashes
    ("A – B", "a-b"),
    ("A — B", "a-b"),
    ("A–B", "a-b"),
    ("non\u2011breaking", "non-breaking"),
    # signs
    ("OVH™", "ovhtm"),
    ("Plesk®", "pleskr"),
    ("10 €", "10-eur"),
    ("90°", "90deg"),
    ("2 × 3", "2-x-3"),
    ("m²", "m2"),
    ("wait…", "wait"),
    ("\ufb01le", "file"),
    # other blanks
    ("a\u202fb\u2009c", "a-b-c"),
    ("a\u200bb", "ab"),
    # nothing is left
    ("", ""),
    ("   ", ""),
    ("?!", ""),
    ("\U0001f600", ""),
    ("\U0001f600 hello", "hello"),
    ("日本語", ""),
]


@pytest.mark.parametrize(("text", "slug"), TABLE)
def test_a_text_becomes_its_slug(text: str, slug: str) -> None:
    assert slugify(text) == slug


@given(st.text())
def test_a_slug_is_lower_case_ascii_without_blanks(text: str) -> None:
    slug = slugify(text)
    assert slug.isascii()
    assert slug == slug.lower()
    assert not any(char.isspace() for char in slug)


@given(st.text())
def test_a_slug_is_its_own_slug(text: str) -> None:
    assert slugify(slugify(text)) == slugify(text)


@pytest.mark.parametrize(
    ("slugs", "ids"),
    [
        (["a", "b"], ["a", "b"]),
        (["a", "a", "a"], ["a", "a_1", "a_2"]),
        (["a", "a_1", "a"], ["a", "a_1", "a_2"]),
        (["a_1", "a", "a"], ["a_1", "a", "a_2"]),
        (["a_1", "a_1"], ["a_1", "a_2"]),
        (["a_9", "a_9"], ["a_9", "a_10"]),
        (["a_9", "a_9", "a", "a"], ["a_9", "a_10", "a", "a_1"]),
        (["a", "a", "a_5", "a_5", "a"], ["a", "a_1", "a_5", "a_6", "a_2"]),
        (["a-1", "a-1"], ["a-1", "a-1_1"]),
        (["", ""], ["_1", "_2"]),
        (["_1", ""], ["_1", "_2"]),
    ],
)
def test_an_id_that_is_taken_gets_the_next_number(slugs: list[str], ids: list[str]) -> None:
    pool = IdPool()
    assert [pool.unique(slug) for slug in slugs] == ids


def test_ids_that_are_taken_beforehand_count() -> None:
    pool = IdPool(["a", "a_1"])
    pool.add("a_2")
    assert pool.unique("a") == "a_3"


@given(st.lists(st.sampled_from(["", "a", "a_1", "a_2", "a_9", "b", "a_1_1", "_1"])))
def test_ids_are_unique(slugs: list[str]) -> None:
    pool = IdPool()
    ids = [pool.unique(slug) for slug in slugs]
    assert len(set(ids)) == len(ids)


def test_a_hundred_thousand_repeats_are_no_trouble() -> None:
    pool = IdPool()
    ids = [pool.unique("a") for _ in range(100_000)]
    assert ids[-1] == "a_99999"


@pytest.mark.parametrize(
    ("levels", "ids"),
    [
        # every heading reads `a` but the ones that must not take its numbers
        ("2a", "a"),
        ("2a 2a", "a a_1"),
        ("2x 3y 2a", "x y a_1"),
        ("2x 3y 4z 2a", "x y z a_2"),
        ("2x 3y 4z 3a", "x y z a_1"),
        ("2x 4z 2a", "x z a_1"),
        ("1x 2y 2z", "x y z"),
        ("2x 3y 2a 2a", "x y a_1 a_2"),
        ("2x 3a 2a", "x a a_2"),
        ("3x 2a", "x a_1"),
        ("4x 2a 2b", "x a_1 b"),
        ("2x 3y 2z 3a", "x y z_1 a"),
        ("1x 6y 1a", "x y a_1"),
    ],
)
def test_the_first_renderer_counted_every_level_that_it_climbed(levels: str, ids: str) -> None:
    headings = [(int(heading[0]), heading[1:], None) for heading in levels.split()]
    assert published_ids(headings) == ids.split()


def test_the_first_renderer_kept_an_id_by_hand() -> None:
    headings = [(2, "A", None), (3, "B", "own"), (2, "C", "Étape"), (2, "Own", None)]
    assert published_ids(headings) == ["a", "own", "Étape", "own_1"]
