"""`synonyms.yml`: which words mean the same to readers who search, and which lines mean nothing."""

import pytest

from balise.base.source import SourceFile
from balise.collection.synonyms import Synonyms, read_synonyms
from balise.document import read_data


def read(text: str) -> tuple[Synonyms, list[str]]:
    document = read_data(SourceFile("guides/synonyms.yml", text))
    found, problems = read_synonyms(document, {"fr-fr", "fr-ca", "en-gb"})
    return found, [problem.detail for problem in problems]


def test_synonyms_of_a_language_count_in_all_its_locales() -> None:
    found, problems = read(
        "fr-fr:\n  IP  Failover: additional ip\nfr:\n  mail: [courriel, e-mail]\n"
    )
    assert not problems
    assert found.of("fr-fr") == (("ip failover", "additional ip"), ("mail", "courriel", "e-mail"))
    assert found.of("fr-ca") == (("mail", "courriel", "e-mail"),)
    assert found.of("en-gb") == ()


def test_words_that_lead_to_each_other_in_a_circle_are_one() -> None:
    found, problems = read("fr:\n  a1: b1\n  b1: c1\n  c1: a1\n  x1: y1\n")
    assert not problems
    assert found.of("fr-fr") == (("a1", "b1", "c1"), ("x1", "y1"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("fr-rf:\n  a: b\n", "there are no pages in `fr-rf`; did you mean `fr-fr`?"),
        ("fr-fr:\n  a: A\n", "`a` is what it stands for"),
        ("fr-fr: a\n", "below a locale stands `words: other words`, or a list of other words"),
        (
            "fr-fr:\n  a: {b: c}\n",
            "below a locale stands `words: other words`, or a list of other words",
        ),
        (f"fr-fr:\n  a: {'b' * 101}\n", "nobody searches more than 100 letters"),
    ],
)
def test_a_line_that_means_nothing_is_told(text: str, said: str) -> None:
    found, problems = read(text)
    assert problems == [said]
    assert found.of("fr-fr") == ()
