"""What is found while a reader types: the file that a browser makes its index of."""

import gzip
from pathlib import Path
from typing import Any

import msgspec

from balise.publish.search import SearchPage
from balise.publish.typing_index import NAME, write_typing_index

MARK = '<a class="headerlink" href="#x">#</a>'


def written(folder: Path, *pages: SearchPage) -> Any:
    write_typing_index(pages, "fr-fr", [("ip failover", "additional ip")], folder)
    return msgspec.json.decode(gzip.decompress((folder / NAME).read_bytes()))


def test_headings_are_plain_text_with_the_ids_that_do_not_follow_from_it(tmp_path: Path) -> None:
    html = (
        f'<h2 id="acces-a-lapi">Accès à <code>l&#39;API</code>{MARK}</h2>'
        f'<h3 id="old">A &lt;b&gt; &amp; C{MARK}</h3><h4 id="deep">Deep{MARK}</h4>'
    )
    found = written(tmp_path, SearchPage("a/", "A", html, ("Web", "SSL"), "clé, <i>ssh</i>"))
    headings = ["Accès à l'API", ["A <b> & C", "old"]]
    assert found["pages"] == [["a/", "A", 0, 0, "clé, <i>ssh</i>", headings]]
    assert found["trails"] == [["Web", "SSL"]]
    assert found["synonyms"] == [["ip failover", "additional ip"]]


def test_headings_of_many_pages_tell_nothing(tmp_path: Path) -> None:
    html = f'<h2 id="goal">Goal{MARK}</h2>'
    pages = [SearchPage(f"{n}/", f"{n}", html) for n in range(11)]
    found = written(tmp_path, *pages, SearchPage("z/", "Z", f'<h2 id="own">Own{MARK}</h2>'))
    assert [page[5] for page in found["pages"]] == [[]] * 11 + [["Own"]]


def test_the_same_pages_give_the_same_bytes(tmp_path: Path) -> None:
    page = SearchPage("a/", "A", "")
    written(tmp_path / "first", page)
    written(tmp_path / "second", page)
    assert (tmp_path / "first" / NAME).read_bytes() == (tmp_path / "second" / NAME).read_bytes()
