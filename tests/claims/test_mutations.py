"""How many wrong numbers are found: in the guides of this project, and in a corpus."""

from tests.helpers.support import ROOT, corpus
from tests.scripts.mutations import guides, held_out, score, table

LEAST = 0.9


def test_wrong_numbers_in_the_guides_of_this_project_are_found() -> None:
    found = list(guides(ROOT / "guides"))
    assert found
    assert [guide.findings(guide.source.text) for guide in found] == [[] for _ in found]
    result = score(found)
    assert len({kind for kind, _ in result.made}) == 4
    assert result.share >= LEAST, table(result)


def test_wrong_numbers_in_guides_that_were_not_looked_at_are_found() -> None:
    folder = corpus() / "pages"
    result = score([g for g in guides(folder) if held_out(g.source.path, folder.as_posix())])
    assert result.share >= LEAST, table(result)
    for kind in {kind for kind, _ in result.made}:
        made = sum(number for key, number in result.made.items() if key[0] == kind)
        found = sum(number for key, number in result.found.items() if key[0] == kind)
        assert found / made >= LEAST, table(result)
