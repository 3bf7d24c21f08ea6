"""`balise offline`: a product in one file, to be read where there is no network."""

import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.helpers.browsing import CHROMIUM, in_browser
from tests.helpers.command import balise, write_pages
from tests.helpers.elements import elements, ids
from tests.publish.test_build import PAGES

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_pages(tmp_path_factory.mktemp("offline"), PAGES)
    (folder / "balise.toml").write_text('guides = "guides"\n', encoding="utf-8")
    (folder / "guides/web/mails/config/images/menu.png").write_bytes(PNG)
    return folder


@pytest.fixture(scope="module")
def copy(folder: Path) -> Path:
    ran = balise("offline", "emails", "--locale", "fr-fr", "-o", "copy.html", cwd=folder)
    assert ran.status == 0, ran.err
    assert "3 guides" in ran.err
    return folder / "copy.html"


def test_all_guides_of_a_product_stand_in_it_and_in_its_contents(copy: Path) -> None:
    html = copy.read_text(encoding="utf-8")
    titles = ["Blocs", "Autre", 'Configurer <b>le</b> "courriel"']
    assert [e.text for e in elements(html, "h1")] == ["E-mails", *titles]
    contents = html.partition("<nav")[2].partition("</nav>")[0]
    assert [e.text for e in elements(contents, "a")] == titles
    assert "Caché" not in html


def test_links_between_its_guides_and_to_headings_lead_to_places_in_it(copy: Path) -> None:
    html = copy.read_text(encoding="utf-8")
    found = ids(html)
    assert len(found) == len(set(found))
    links = {e.text: str(e.attributes.get("href")) for e in elements(html, "a")}
    assert links["l'autre"] == "#page-2-debut"
    assert links["plus bas"].startswith("#page-3-rappel")
    inside = [href[1:] for href in links.values() if href.startswith("#")]
    assert set(inside) <= set(found)
    assert links["l'aide"] == "https://example.com"


def test_pictures_are_part_of_it_and_nothing_else_is_asked_for(copy: Path) -> None:
    html = copy.read_text(encoding="utf-8")
    (image,) = elements(html, "img")
    assert str(image.attributes["src"]).startswith("data:image/png;base64,")
    assert elements(html, "link") == []
    assert all("open" in e.attributes for e in elements(html, "details"))


@in_browser
def test_it_is_read_without_a_network_on_a_narrow_screen(page: Page, copy: Path) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(copy.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate("document.images[0].naturalWidth") == 1
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


@in_browser
def test_a_pdf_is_made_by_chromium(folder: Path) -> None:
    ran = balise(
        "offline", "guides/web/mails", "-o", "copy.pdf", cwd=folder, CHROMIUM=str(CHROMIUM)
    )
    assert ran.status == 0, ran.err
    assert (folder / "copy.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("email", "-o", "a.html"), "did you mean `emails`?"),
        (("emails", "--locale", "fr-fx", "-o", "a.html"), "`--locale fr-fx`: no page is in this locale; did you mean `fr-fr`?"),
        (("emails", "-o", "a.txt"), "`--output a.txt`: name a file that ends in `.html` or `.pdf`"),
        (("emails", "-o", "none/a.html"), "cannot be written: no such file or directory"),
    ],
)  # fmt: skip
def test_what_cannot_be_made_is_one_clear_line(
    arguments: tuple[str, ...], said: str, folder: Path
) -> None:
    ran = balise("offline", *arguments, cwd=folder)
    assert ran.status == 2
    assert said in ran.err
    assert ran.err.count("\n") == 1


def test_without_a_browser_a_pdf_is_refused_in_one_line(folder: Path) -> None:
    own = str(Path(sys.executable).parent)
    ran = balise("offline", "emails", "-o", "none.pdf", cwd=folder, CHROMIUM="", PATH=own)
    assert ran.status == 2
    assert "there is no Chromium or Chrome on PATH to make a PDF: install one" in ran.err
    assert not (folder / "none.pdf").exists()
