"""`social_cards: true`: each page has a picture that networks show where somebody posts a link to it."""

from io import BytesIO
from json import dumps
from pathlib import Path
from shutil import copytree

import pytest
from PIL import Image, ImageChops

from balise.publish.cards.directions import directions
from balise.publish.cards.fonts import installed
from balise.publish.cards.line_ends import units
from tests.helpers.built_files import copy_sources, files
from tests.helpers.command import Ran, mkdocs, write_pages
from tests.helpers.elements import elements
from tests.helpers.once import Once
from tests.publish.test_around import metas
from tests.publish.test_build import DIALECT, build_trial
from tests.publish.test_serve import serving

SITE = "https://help.example.org/"
CARDS = "assets/cards"
BLUE, YELLOW, ORANGE = (10, 42, 108), (255, 236, 61), (250, 90, 20)
WHITE, DARK = (255, 255, 255), (22, 34, 58)
MKDOCS = f"""\
site_name: Brindle
site_url: {SITE}
theme: {{name: material, font: false}}
plugins: [{{balise: {{search: false, check: false, social_cards: true, entrance: true, processes: 2}}}}]
nav: [{{Manual: [index.md, Other: other.md]}}]
"""
WITHOUT_CARDS = MKDOCS.replace("social_cards: true, ", "")
LONG = "Une adresse se crée en quelques minutes depuis votre espace client " * 30
TITLES = {
    "court": "VPS",
    "long": LONG,
    "mot": "x" * 2000,
    "accents": "Žluťoučký kůň & « ligature »",
    "hostile": "</head><script>alert(1)</script> & more",
    "emoji": "🚀 Déployer 👩‍💻 vite",
    "sans": "Déployer vite",
    "controle": "Déployer\u202e \u200bvite\u2028",
    "japonais": "データベース",
    "rien": "🚀",
}
PAGES = {
    "mkdocs.yml": MKDOCS,
    "docs/index.md": "# Handbook & more\n\nWhat stands *here*.\n",
    "docs/other.md": "# Another\n",
    "guides/404.fr-fr.md": "---\ntitle: Perdu\n---\n\nRien ici.\n",
    "guides/home.fr-fr.md": "---\ntitle: Les guides\n---\n",
    "guides/web/universe.fr-fr.md": "---\ntitle: Web\nslug: web\n---\n",
    "guides/web/mails/product.fr-fr.md": "---\ntitle: E-mails\nslug: emails\n---\n",
    "guides/web/mails/court/guide.en-gb.md": "---\ntitle: VPS\nslug: short\n---\n\nText.\n",
    **{
        f"guides/web/mails/{name}/guide.fr-fr.md": f"---\ntitle: {dumps(title, ensure_ascii=name == 'controle')}\nslug: {name}\n---\n\nTexte.\n"
        for name, title in TITLES.items()
    },
}
NO_FONTS = "exit 1"
"""A fontconfig that knows no font, so that the tests say the same on every machine."""


def build(folder: Path, fonts: str = NO_FONTS, **environment: str) -> Ran:
    """Build a site where fontconfig is a shell script that does this."""
    program = folder.parent / f"{folder.name}-programs" / "fc-match"
    program.parent.mkdir(exist_ok=True)
    program.write_text(f"#!/bin/sh\n{fonts}\n", "utf-8")
    program.chmod(0o755)
    path = f"{program.parent}:/usr/bin:/bin"
    return mkdocs("build", cwd=folder, **{"PATH": path, **environment})


def built_site(folder: Path, changes: dict[str, str]) -> Path:
    """The site of the trial with other files."""
    write_pages(folder, PAGES | changes)
    ran = build(folder)
    assert ran.status == 0, ran.err
    return folder / "site"


@pytest.fixture(scope="module")
def built(once: Once) -> Path:
    def fill(folder: Path) -> None:
        write_pages(folder, PAGES)
        ran = build(folder)
        assert ran.status == 0, ran.err
        (folder / "log").write_text(ran.err, "utf-8")

    return once("social-cards", fill)


@pytest.fixture(scope="module")
def site(built: Path) -> Path:
    return built / "site"


def tags(site: Path, url: str) -> dict[str, str]:
    return metas((site / url / "index.html").read_text("utf-8"))


def guide(name: str) -> str:
    return f"fr/emails/{name}"


def card(site: Path, url: str) -> Path:
    """The file of the card that a page names."""
    return site / tags(site, url)["og:image"].removeprefix(SITE)


def pixels(site: Path, url: str) -> Image.Image:
    return Image.open(BytesIO(card(site, url).read_bytes())).convert("RGB")


def inked(site: Path, url: str, color: tuple[int, int, int]) -> tuple[int, int, int, int]:
    """The box of the pixels of a colour on a card: left, top, and behind it at the right and below."""
    picture = pixels(site, url)
    red, green, blue = ImageChops.difference(picture, Image.new("RGB", picture.size, color)).split()
    off = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    box = off.point([255] + [0] * 255).getbbox()
    assert box is not None, f"no pixel is {color}"
    return box


@pytest.mark.parametrize(
    "url",
    [
        "fr",
        "gb/en",
        "fr/web",
        "fr/emails",
        "gb/en/emails/short",
        "",
        "other",
        "languages",
        *map(guide, TITLES),
    ],
)
def test_every_page_names_a_card_that_is_there(site: Path, url: str) -> None:
    told = tags(site, url)
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
    assert told["og:image"] == told["twitter:image"]
    assert told["og:image:alt"] == told["twitter:image:alt"]
    assert told["twitter:card"] == "summary_large_image"
    with Image.open(card(site, url)) as picture:
        assert (picture.format, picture.mode, picture.size) == ("PNG", "P", (1200, 630))


def test_there_are_no_cards_that_no_page_names(site: Path) -> None:
    named = {
        metas(page.read_text("utf-8")).get("og:image", "") for page in site.rglob("index.html")
    }
    assert {SITE + path.relative_to(site).as_posix() for path in (site / CARDS).iterdir()} == named
    assert "og:image" not in metas((site / "fr/404.html").read_text("utf-8"))


def test_what_is_read_on_a_card_is_told_to_who_cannot_see_it(site: Path) -> None:
    assert tags(site, guide("court"))["og:image:alt"] == "VPS - Brindle"
    assert tags(site, guide("hostile"))["og:image:alt"] == f"{TITLES['hostile']} - Brindle"
    assert tags(site, "")["og:image:alt"] == "Handbook & more - Brindle"
    html = (site / guide("hostile") / "index.html").read_text("utf-8")
    assert "alert(1)" not in [element.text for element in elements(html, "script")]


def test_a_card_stands_for_pages_that_say_the_same(site: Path) -> None:
    cards = {name: card(site, guide(name)).name for name in TITLES}
    assert cards["emoji"] == cards["sans"] == cards["controle"]
    assert len(set(cards.values())) == len(cards) - 3
    assert card(site, "gb/en/emails/short").name != cards["court"]


def test_every_title_stays_within_the_margins_and_is_cut_if_it_is_long(site: Path) -> None:
    for name in TITLES:
        left, top, right, bottom = inked(site, guide(name), WHITE)
        assert left >= 80 - 12
        assert right <= 1120 + 12
        assert top >= 120
        assert bottom <= 570
    short, long = (inked(site, guide(name), WHITE) for name in ("court", "long"))
    assert long[2] - long[0] > short[2] - short[0]


def test_a_title_with_letters_that_no_font_has_gives_place_to_the_name_of_the_site(
    built: Path, site: Path
) -> None:
    assert card(site, guide("japonais")).read_bytes() == card(site, guide("rien")).read_bytes()
    lines = [line for line in (built / "log").read_text("utf-8").splitlines() if "font" in line]
    assert len(lines) == 1
    assert "1 text cannot stand on social cards" in lines[0]
    assert "such as `デ` in `データベース`" in lines[0]
    assert "install" in lines[0]


def test_letters_of_other_scripts_are_drawn_by_fonts_of_the_machine(tmp_path: Path) -> None:
    faces = installed("el")
    if not faces:
        pytest.skip("there are no fonts that fontconfig finds")
    title = {"guides/web/mails/court/guide.fr-fr.md": "---\ntitle: Ωμέγα\nslug: court\n---\n"}
    write_pages(tmp_path, PAGES | title)
    ran = build(tmp_path, fonts=f"printf '0\\t{faces[0].path}\\n'")
    assert ran.status == 0, ran.err
    assert "Ωμέγα" not in ran.err
    assert card(tmp_path / "site", guide("court")) != card(tmp_path / "site", guide("rien"))


def test_one_process_draws_the_same_bytes(site: Path, tmp_path: Path) -> None:
    one = built_site(tmp_path, {"mkdocs.yml": MKDOCS.replace("processes: 2", "processes: 1")})
    assert files(one) == files(site)


def test_a_later_build_draws_what_is_new_or_gone_and_leaves_all_others(
    built: Path, tmp_path: Path
) -> None:
    folder = copy_sources(built, tmp_path / "guides")
    build(folder)
    site = folder / "site"
    before = {path: path.stat().st_mtime_ns for path in (site / CARDS).iterdir()}
    old, gone = card(site, guide("court")), card(site, guide("long"))
    gone.unlink()
    changed = folder / "guides/web/mails/court/guide.fr-fr.md"
    changed.write_text(changed.read_text("utf-8").replace("VPS", "DNS"), "utf-8")
    build(folder)
    after = {path: path.stat().st_mtime_ns for path in (site / CARDS).iterdir()}
    assert before.keys() - after.keys() == {old}
    assert after.keys() - before.keys() == {card(site, guide("court"))}
    assert {path for path in before.keys() & after.keys() if before[path] != after[path]} == {gone}
    again = copy_sources(folder, tmp_path / "again")
    build(again)
    assert files(site) == files(again / "site")
    write_pages(folder, {"mkdocs.yml": WITHOUT_CARDS})
    build(folder)
    assert not (site / CARDS).exists()
    assert "og:image" not in tags(site, guide("court"))


@pytest.fixture(scope="module")
def dressed(once: Once) -> Path:
    """A site with colours, a logo, and a manual in the dialect."""

    def fill(folder: Path) -> None:
        theme = "palette: [{primary: yellow, accent: amber}, {primary: red}], logo: mark.png"
        settings = MKDOCS.replace("font: false", f"font: false, {theme}")
        settings = settings.replace("balise: {", "balise: {docs: balise, ")
        write_pages(folder, PAGES | {"mkdocs.yml": settings})
        Image.new("RGBA", (400, 200), ORANGE).save(folder / "docs/mark.png")
        ran = build(folder)
        assert ran.status == 0, ran.err

    return once("dressed-cards", fill) / "site"


def test_cards_have_the_colours_of_the_theme_and_dark_letters_where_light_ones_are_not_read(
    dressed: Path, site: Path
) -> None:
    def commonest(site: Path) -> object:
        return max(pixels(site, guide("court")).getcolors(1200 * 630) or [])[1]

    assert (commonest(site), commonest(dressed)) == (BLUE, YELLOW)
    assert inked(site, guide("court"), WHITE)
    assert inked(dressed, guide("court"), DARK)


def test_a_logo_stands_beside_the_name_of_the_site(dressed: Path) -> None:
    left, top, right, bottom = inked(dressed, guide("court"), ORANGE)
    assert (right - left, bottom - top, left) == (128, 64, 80)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("mark.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>', "it is a drawing in SVG"),
        ("mark.png", "nothing of the kind", "cannot identify image file"),
    ],
)
def test_a_logo_that_cannot_be_drawn_is_left_out_which_is_said_once(
    site: Path, tmp_path: Path, name: str, content: str, reason: str
) -> None:
    settings = MKDOCS.replace("font: false", f"font: false, logo: {name}")
    write_pages(tmp_path, PAGES | {"mkdocs.yml": settings, f"docs/{name}": content})
    ran = build(tmp_path)
    assert ran.status == 0, ran.err
    told = [line for line in ran.err.splitlines() if "is not on social cards" in line]
    assert len(told) == 1
    assert f"docs/{name}: is not on social cards, since {reason}" in told[0]
    assert files(tmp_path / "site" / CARDS) == files(site / CARDS)


def test_without_pillow_there_is_one_line_and_the_site_stays(built: Path, tmp_path: Path) -> None:
    copytree(built, tmp_path / "guides")
    before = files(tmp_path / "guides/site")
    write_pages(tmp_path, {"stub/PIL/__init__.py": 'raise ImportError("absent")'})
    ran = build(tmp_path / "guides", PYTHONPATH=str(tmp_path / "stub"))
    assert ran.status == 1
    assert "`social_cards: true` needs the package pillow" in ran.err
    assert "pip install 'balise[cards]'" in ran.err
    assert "Traceback" not in ran.err
    assert files(tmp_path / "guides/site") == before


def test_without_an_address_of_the_site_there_is_one_line(tmp_path: Path) -> None:
    write_pages(tmp_path, PAGES | {"mkdocs.yml": MKDOCS.replace(f"site_url: {SITE}\n", "")})
    ran = build(tmp_path)
    assert ran.status == 1
    assert "`social_cards: true` needs `site_url` in mkdocs.yml" in ran.err
    assert "Traceback" not in ran.err


def test_a_server_draws_none(tmp_path: Path) -> None:
    write_pages(tmp_path, PAGES)
    with serving(tmp_path) as served:
        told = metas(served.html("fr/emails/court/"))
    assert told["og:title"] == "VPS"
    assert "og:image" not in told


def test_pages_of_the_manual_in_the_dialect_are_told_of_with_and_without_cards(
    once: Once, dressed: Path
) -> None:
    told = tags(once("dialect", lambda folder: build_trial(folder, DIALECT)) / "site", "")
    assert told["og:title"] == told["twitter:title"] == "The manual"
    assert told["og:description"] == told["description"] == "See the other."
    assert (told["og:site_name"], told["og:type"], told["og:locale"]) == ("Trial", "website", "en")
    assert told["twitter:card"] == "summary"
    assert "og:image" not in told
    told = tags(dressed, "")
    assert told["og:title"] == "Handbook & more"
    assert told["og:url"] == SITE
    assert told["og:image:alt"] == "Handbook & more - Brindle"
    assert card(dressed, "").is_file()


def test_pages_that_mkdocs_makes_are_as_they_were_without_cards(once: Once) -> None:
    told = tags(once("trial", build_trial) / "site", "other")
    assert not [name for name in told if name.startswith(("og:", "twitter:"))]


@pytest.mark.parametrize(
    ("line", "rtl", "parts"),
    [
        ("VPS 2.0 (bis)", False, [("VPS 2.0 (bis)", False)]),
        ("שלום VPS 2 עולם", True, [("שלום ", True), ("VPS 2", False), (" עולם", True)]),
        ("(שלום 2.5 %)", True, [("(שלום ", True), ("2.5", False), (" %)", True)]),
        ("הנחה 25% היום", True, [("הנחה ", True), ("25%", False), (" היום", True)]),
        ("The word שלום עולם, twice", False, [("The word ", False), ("שלום עולם", True), (", twice", False)]),
    ],
)  # fmt: skip
def test_each_part_of_a_line_is_read_in_its_direction(
    line: str, rtl: bool, parts: list[tuple[str, bool]]
) -> None:
    assert directions(line, rtl=rtl) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Un e-mail, vite", ["Un ", "e-mail, ", "vite"]),
        ("設定（MySQL 8）。", ["設", "定", "（MySQL ", "8）。"]),
        ("データ", ["デー", "タ"]),
        ("cafe\u0301 a", ["cafe\u0301 ", "a"]),
    ],
)
def test_lines_end_where_a_script_lets_them(text: str, parts: list[str]) -> None:
    assert list(units(text)) == parts
