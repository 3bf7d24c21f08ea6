"""The search of a locale: its index, and the box in a real browser."""

import gzip
import random
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from balise.base.errors import UserError
from balise.publish import search
from balise.publish.search import SearchPage, write_index
from balise.publish.typing_index import write_typing_index
from tests.helpers.browsing import in_browser
from tests.helpers.built_files import files
from tests.helpers.once import Once
from tests.helpers.platforms import on_posix
from tests.helpers.search_site import write_page

PAGES = (
    SearchPage("", "Accueil", "<p>Bienvenue</p>"),
    SearchPage("domaines/", "Noms de domaines", ""),
    SearchPage(
        "emails/configurer-thunderbird/",
        "Configurer Thunderbird",
        """<p>Ce guide explique comment relever son courrier.</p>
        <h2 id="parametres">Paramètres du réseau<a class="headerlink" href="#parametres">#</a></h2>
        <p>Le port 993 est chiffré, comme le réseau entier.</p>
        <h2 id="envoi">Envoi<a class="headerlink" href="#envoi">#</a></h2>
        <p>Le port 465 &lt;b&gt;sert&lt;/b&gt; à l'envoi.</p>""",
        ("Emails", "MX Plan"),
    ),
    SearchPage("web/", "Hébergement web", "<p>Pour un site.</p>", (), "<b>webspace</b>, www", True),
    SearchPage("reseau/vrack/", "Créer un vRack", "<p>Un reseau sans accent.</p>", ("Réseau",)),
    SearchPage(
        "piege/",
        'Un <script>document.title = "eu"</script> piège',
        """<h2 id="coffre"><code>&lt;img src=x onerror="document.title='eu'"&gt;</code></h2>
        <p>Un <em>coffre</em> avec &lt;script&gt;document.title = "eu"&lt;/script&gt; et
        &lt;mark&gt;fin&lt;/mark&gt; coffre &lt;img src=x onerror="document.title='eu'"&gt;.</p>""",
        ("<b>Sécurité</b>",),
    ),
    *(SearchPage(f"lot/{n}/", f"Lot numéro {n}", "<p>Une facture.</p>") for n in range(1, 21)),
)
SYNONYMS = (("thunderbird", "messagerie"),)


def test_the_same_pages_give_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_index(PAGES, "fr", tmp_path / "first")
    monkeypatch.setenv("RAYON_NUM_THREADS", "1")
    write_index(PAGES, "fr", tmp_path / "second")
    assert files(tmp_path / "first") == files(tmp_path / "second")


def test_a_new_index_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    write_index(PAGES, "fr", tmp_path / "pagefind")
    write_index(PAGES[:2], "fr", tmp_path / "pagefind")
    write_index(PAGES[:2], "fr", tmp_path / "other")
    assert files(tmp_path / "pagefind") == files(tmp_path / "other")


def test_the_index_has_no_file_that_the_box_does_not_use(tmp_path: Path) -> None:
    write_index(PAGES, "fr-fr", tmp_path)
    names = {re.sub(r"fr_[0-9a-f]+", "fr_*", name) for name in files(tmp_path)}
    assert names == {
        "fragment/fr_*.pf_fragment",
        "index/fr_*.pf_index",
        "pagefind-entry.json",
        "pagefind-worker.js",
        "pagefind.fr_*.pf_meta",
        "pagefind.js",
        "wasm.fr.pagefind",
    }


@pytest.mark.parametrize("language", ["cs", "en-gb", "lt", "pl", "pt"])
def test_every_language_gets_its_program_for_browsers(tmp_path: Path, language: str) -> None:
    write_index(PAGES, language, tmp_path)
    assert len(list(tmp_path.glob("wasm.*.pagefind"))) == 1


def test_without_pages_there_is_no_index(tmp_path: Path) -> None:
    write_index([], "fr", tmp_path / "pagefind")
    assert not (tmp_path / "pagefind").exists()


def test_a_missing_program_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "find_program", lambda: None)
    with pytest.raises(UserError, match=r"no program `pagefind`; install `balise\[site\]`"):
        write_index(PAGES, "fr", tmp_path)


@on_posix
def test_without_its_package_the_program_on_the_path_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = search.find_program()
    assert program
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "pagefind").symlink_to(program)
    write_index(PAGES, "fr", tmp_path / "from its package")
    monkeypatch.setitem(sys.modules, "pagefind_bin", None)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    write_index(PAGES, "fr", tmp_path / "from the path")
    assert files(tmp_path / "from the path") == files(tmp_path / "from its package")


def test_without_a_program_anywhere_a_line_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pagefind_bin", None)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UserError, match="there is no program `pagefind`"):
        write_index(PAGES, "fr", tmp_path)


@on_posix
def test_a_program_that_fails_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "pagefind"
    program.write_text(
        "#!/bin/sh\necho 'no space' >&2\necho 'more' >&2\nexit 3\n", encoding="utf-8"
    )
    program.chmod(0o755)
    monkeypatch.setattr(search, "find_program", lambda: program)
    with pytest.raises(UserError) as raised:
        write_index(PAGES, "fr", tmp_path / "index")
    assert str(raised.value).endswith("cannot be made: Pagefind says: no space")


def write_site(folder: Path) -> None:
    """A small site in a folder of its host."""
    write_index(PAGES, "fr-fr", folder / "fr" / "pagefind")
    write_typing_index(PAGES, "fr-fr", SYNONYMS, folder / "fr" / "pagefind")
    for page in PAGES:
        write_page(page, folder / "fr")


@pytest.fixture(scope="module")
def site(once: Once, served: Callable[[Path], str]) -> str:
    """The small site, served."""
    return f"{served(once('search', write_site))}fr/"


def ask(page: Page, words: str) -> None:
    page.get_by_role("combobox").fill(words)


@in_browser
def test_a_word_finds_guides_with_the_places_in_them(page: Page, site: str) -> None:
    page.goto(site)
    ask(page, "port")
    guide = page.get_by_role("group", name="Configurer Thunderbird")
    expect(page.get_by_role("status")).to_have_text("1 document trouvé")
    expect(guide.get_by_role("option").first).to_contain_text("Emails › MX Plan")
    expect(guide.get_by_role("option")).to_have_count(3)
    place = guide.get_by_role("option", name="Envoi")
    expect(place.locator("mark")).to_have_text(["port"])
    place.click()
    expect(page).to_have_url(f"{site}emails/configurer-thunderbird/#envoi")


@in_browser
@pytest.mark.parametrize("words", ["reseau", "réseau", "RÉSEAU", "résea"])
def test_accents_do_not_matter(page: Page, site: str, words: str) -> None:
    page.goto(site)
    ask(page, words)
    for title in ("Configurer Thunderbird", "Créer un vRack"):
        expect(page.get_by_role("group", name=title)).to_be_visible()


@in_browser
def test_a_heading_that_matches_is_marked_and_not_repeated(page: Page, site: str) -> None:
    page.goto(site)
    ask(page, "reseau 993")
    place = page.get_by_role("option", name="Paramètres du réseau")
    expect(place.locator(".balise-search__title mark")).to_have_text("réseau")
    expect(place.locator(".balise-search__excerpt")).to_have_text(re.compile("^Le port 993"))


@in_browser
def test_a_page_that_has_nothing_but_its_title_is_found(page: Page, site: str) -> None:
    page.goto(site)
    ask(page, "domaines")
    hit = page.get_by_role("option")
    expect(hit).to_have_count(1)
    expect(hit.locator(".balise-search__title mark")).to_have_text("domaines")
    expect(hit.locator(".balise-search__excerpt")).to_have_count(0)


@in_browser
def test_a_word_that_is_nowhere_is_said_to_be(page: Page, site: str) -> None:
    page.goto(site)
    ask(page, "zorglub")
    expect(page.get_by_role("status")).to_have_text("Aucun document trouvé")
    expect(page.get_by_role("group")).to_have_count(1)
    expect(page.get_by_role("group", name="Produits")).to_be_visible()


@in_browser
def test_scripts_in_titles_and_text_are_text(page: Page, site: str) -> None:
    page.goto(site)
    ask(page, "coffre")
    hits = page.get_by_role("option")
    expect(hits.first).to_contain_text('Un <script>document.title = "eu"</script> piège')
    expect(hits.first).to_contain_text("<b>Sécurité</b>")
    expect(hits.last).to_contain_text("<mark>fin</mark>")
    assert page.locator(".balise-search__hits :is(script, img, b)").count() == 0
    expect(page).to_have_title("Accueil")


@in_browser
@pytest.mark.parametrize("key", ["/", "s", "f"])
def test_a_key_opens_the_box_and_escape_closes_it(page: Page, site: str, key: str) -> None:
    page.goto(site)
    page.keyboard.press(key)
    expect(page.get_by_role("combobox")).to_be_focused()
    expect(page.get_by_role("combobox")).to_have_value("")
    expect(page.locator("#__search")).to_be_checked()
    page.keyboard.press("Escape")
    expect(page.locator("#__search")).not_to_be_checked()
    expect(page.get_by_role("combobox")).not_to_be_focused()


@in_browser
def test_keys_that_are_written_elsewhere_do_not_open_the_box(page: Page, site: str) -> None:
    page.goto(site)
    page.locator("#field").press_sequentially("s/f")
    expect(page.locator("#field")).to_have_value("s/f")
    expect(page.locator("#__search")).not_to_be_checked()


@in_browser
def test_arrows_choose_a_hit_and_enter_opens_it(page: Page, site: str) -> None:
    page.goto(site)
    page.keyboard.press("/")
    page.keyboard.type("port")
    box, hits = page.get_by_role("combobox"), page.get_by_role("option")
    expect(hits).to_have_count(3)
    for key, chosen in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0), ("ArrowUp", None)):
        page.keyboard.press(key)
        for index in range(3):
            selected = str(index == chosen).lower()
            expect(hits.nth(index)).to_have_attribute("aria-selected", selected)
        pointed = box.get_attribute("aria-activedescendant")
        assert pointed == (None if chosen is None else hits.nth(chosen).get_attribute("id"))
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}emails/configurer-thunderbird/#envoi")


@in_browser
def test_enter_opens_the_best_hit_without_waiting_for_the_list(page: Page, site: str) -> None:
    page.goto(f"{site}reseau/vrack/")
    page.keyboard.press("/")
    page.keyboard.type("thunderbird")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}emails/configurer-thunderbird/")


@in_browser
def test_more_guides_are_loaded_on_the_way_down(page: Page, site: str) -> None:
    page.goto(site)
    ask(page, "facture")
    hits = page.get_by_role("option")
    expect(page.get_by_role("status")).to_have_text("20 documents trouvés")
    expect(hits.first).to_be_visible()
    for _ in range(20):
        page.keyboard.press("ArrowDown")
        expect(page.locator("[role=option][aria-selected=true]")).to_be_in_viewport()
    expect(hits).to_have_count(20)


@in_browser
def test_nothing_is_loaded_before_the_box_is_used(page: Page, site: str) -> None:
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(site, wait_until="networkidle")
    assert loaded == [site]
    ask(page, "facture")
    expect(page.get_by_role("option").first).to_be_visible()
    own = (f"{site}pagefind/", f"{site}assets/")
    assert all(url == site or url.startswith(own) for url in loaded)


SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const shift of list.getEntries()) if (!shift.hadRecentInput) window.shifts.push(shift.value);
}).observe({ type: "layout-shift", buffered: true });
"""


@in_browser
def test_nothing_moves_by_itself(page: Page, site: str) -> None:
    page.add_init_script(SHIFTS)
    page.goto(site)
    heading = page.locator("h1").bounding_box()
    page.keyboard.press("/")
    page.keyboard.type("facture")
    expect(page.get_by_role("option").first).to_be_visible()
    assert page.locator("h1").bounding_box() == heading
    assert page.evaluate("window.shifts") == []


@in_browser
def test_little_is_loaded_for_a_first_query_among_700_guides(
    page: Page, served: Callable[[Path], str], tmp_path: Path
) -> None:
    chance = random.Random(7)  # noqa: S311
    words = ["".join(chance.choices("aeioulnrstmdp", k=chance.randint(3, 10))) for _ in range(9000)]
    often = [1 / rank for rank in range(1, len(words) + 1)]  # as in natural language, by Zipf
    length = 700  # of guides of a hosting company, on average
    text = [" ".join(chance.choices(words, often, k=length)) for _ in range(700)]
    guides = [SearchPage(f"g/{n}/", words[n], f"<p>{text[n]}</p>") for n in range(700)]
    write_index(guides, "fr", tmp_path / "fr" / "pagefind")
    write_typing_index(guides, "fr", (), tmp_path / "fr" / "pagefind")
    write_page(SearchPage("", "Accueil", ""), tmp_path / "fr")
    responses: list[Response] = []
    page.goto(f"{served(tmp_path)}fr/")
    page.on("response", lambda response: responses.append(response))
    ask(page, f"{words[0]} {words[300]}")
    expect(page.get_by_role("status")).to_contain_text("trouvé")
    loaded = sum(len(gzip.compress(response.body(), 6)) for response in responses)
    assert 100_000 < loaded < 300_000


@in_browser
def test_on_a_phone_a_button_opens_the_box_over_the_page(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 390, "height": 780})
    page.goto(site)
    expect(page.get_by_role("combobox")).to_be_hidden()
    opener = page.get_by_role("button", name="Recherche")
    opener.click()
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.type("thunderbird")
    expect(page.get_by_role("option").first).to_be_in_viewport()
    page.get_by_role("button", name="Fermer").click()
    expect(page.get_by_role("combobox")).to_be_hidden()
    expect(opener).to_be_focused()


@in_browser
def test_leaving_by_tab_closes_the_box(page: Page, site: str) -> None:
    page.goto(site)
    page.keyboard.press("/")
    page.locator("#after").focus()
    expect(page.locator("#__search")).not_to_be_checked()


@in_browser
def test_without_javascript_there_is_no_box(browser: Browser, site: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(site)
        expect(page.locator(".balise-search")).to_be_hidden()
        expect(page.locator(".balise-search-open")).to_be_hidden()


@in_browser
def test_an_index_that_cannot_be_loaded_is_told(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.route("**/pagefind/*", lambda route: route.abort())
    page.goto(site)
    ask(page, "port")
    expect(page.get_by_role("status")).to_have_text("La recherche ne répond pas")
    page.unroute("**/pagefind/*")
    page.close()


@in_browser
@pytest.mark.parametrize(
    "words",
    ["thunderbrid", "thundrbird", "confgurer thunderbird", "Thunderbirds", "thund", "THUNDERBIRD"],
)
def test_a_slip_of_the_pen_does_not_matter(page: Page, site: str, words: str) -> None:
    page.goto(site)
    ask(page, words)
    first = page.get_by_role("option").first
    expect(first).to_contain_text("Configurer Thunderbird")
    expect(first.locator("mark").last).to_have_text("Thunderbird")


@in_browser
def test_titles_are_found_before_the_full_text_is_loaded(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.route("**/*.pf_index", lambda route: None)  # never answered
    page.goto(site)
    ask(page, "thunderbird")
    expect(page.get_by_role("option").first).to_contain_text("Configurer Thunderbird")
    page.close()


@in_browser
@pytest.mark.parametrize("words", ["xqzzyk", "zzzz", "wwwwwww", "qqq zzz"])
def test_nonsense_finds_nothing_and_is_answered_with_the_products(
    page: Page, site: str, words: str
) -> None:
    page.goto(site)
    ask(page, words)
    expect(page.get_by_role("status")).to_have_text("Aucun document trouvé")
    expect(page.get_by_text("Produits", exact=True)).to_be_visible()
    products = page.get_by_role("group", name="Produits").get_by_role("option")
    expect(products).to_have_text(["Hébergement web"])
    page.keyboard.press("Enter")
    expect(page).to_have_url(site)


@in_browser
def test_the_name_of_a_product_finds_the_product_first(page: Page, site: str) -> None:
    page.goto(site)
    ask(page, "hebergement web")
    expect(page.get_by_role("option").first).to_have_text("Hébergement web")


@in_browser
def test_a_page_that_lacks_a_word_is_found_and_says_which(page: Page, site: str) -> None:
    page.goto(site)
    ask(page, "réinitialiser configurer thunderbird")
    first = page.get_by_role("option").first
    expect(first).to_contain_text("Configurer Thunderbird")
    expect(first.locator("s")).to_have_text(["reinitialiser"])


@in_browser
def test_a_synonym_finds_what_the_other_word_finds(page: Page, site: str) -> None:
    page.goto(site)
    ask(page, "messagerie")
    expect(page.get_by_role("option").first).to_contain_text("Configurer Thunderbird")


@in_browser
def test_keywords_find_a_page_and_are_no_markup(page: Page, site: str) -> None:
    page.goto(site)
    ask(page, "webspace")
    expect(page.get_by_role("option").first).to_have_text("Hébergement web")
    assert page.locator(".balise-search__hits b").count() == 0


@in_browser
@pytest.mark.parametrize(
    "words",
    ["a" * 10_000, "mot " * 2_500, "<script>document.title = 'eu'</script>", "\u202eآموزش شبكة"],
)
def test_nasty_queries_are_harmless(page: Page, site: str, words: str) -> None:
    page.goto(site)
    page.get_by_role("combobox").fill(words)
    expect(page.get_by_role("status")).not_to_have_text("")
    expect(page).to_have_title("Accueil")
    ask(page, "thunderbird")
    expect(page.get_by_role("option").first).to_contain_text("Configurer Thunderbird")


@in_browser
def test_an_address_may_ask_and_going_back_shows_the_list_again(page: Page, site: str) -> None:
    page.goto(f"{site}reseau/vrack/?q=thunderbird")
    expect(page.get_by_role("combobox")).to_have_value("thunderbird")
    page.get_by_role("option", name="Configurer Thunderbird").first.click()
    expect(page).to_have_url(f"{site}emails/configurer-thunderbird/")
    page.go_back()
    expect(page.get_by_role("option").first).to_contain_text("Configurer Thunderbird")
    page.keyboard.press("Escape")
    expect(page).to_have_url(f"{site}reseau/vrack/")


@in_browser
def test_control_and_k_open_the_box(page: Page, site: str) -> None:
    page.goto(site)
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox")).to_be_focused()


@in_browser
def test_from_the_disk_the_box_says_why_it_cannot_search(page: Page, once: Once) -> None:
    folder = once("search", write_site)
    page.goto((folder / "fr" / "index.html").as_uri())
    page.keyboard.press("/")
    page.keyboard.type("port")
    expect(page.get_by_role("status")).to_have_text("Il faut un serveur")


@in_browser
def test_on_the_narrowest_screen_nothing_of_the_list_is_cut(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(site)
    page.get_by_role("button", name="Recherche").click()
    page.keyboard.type("réinitialiser configurer thunderbird")
    expect(page.get_by_role("option").first).to_be_in_viewport(ratio=1)
    scroller = page.locator(".balise-search .md-search__scrollwrap")
    assert scroller.evaluate("element => element.scrollWidth <= element.clientWidth")


@in_browser
def test_what_was_looked_for_is_offered_again_until_it_is_removed(page: Page, site: str) -> None:
    page.goto(site)
    for words in ("facture", "thunderbird"):
        ask(page, words)
        expect(page.get_by_role("status")).to_contain_text("trouvé")
        page.get_by_role("option").first.click()
        expect(page.get_by_role("option")).to_have_count(0)
    page.goto(f"{site}reseau/vrack/")
    page.keyboard.press("/")
    recent = page.get_by_role("group", name="Recherches récentes")
    queries = recent.locator("li button:first-child")
    expect(queries).to_have_text(["thunderbird", "facture"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox")).to_have_value("facture")
    expect(recent).to_be_hidden()
    ask(page, "")
    recent.get_by_role("button", name="Retirer « thunderbird »").click()
    expect(queries).to_have_text(["facture"])
    recent.get_by_role("button", name="Retirer « facture »").click()
    expect(recent).to_be_hidden()
    expect(page.get_by_role("combobox")).to_be_focused()


@in_browser
def test_nonsense_and_what_others_keep_are_no_recent_searches(page: Page, site: str) -> None:
    page.goto(site)
    page.evaluate("localStorage.setItem('/fr/.balise.recent', '{<script>')")
    ask(page, "xqzzyk")
    page.get_by_role("option", name="Hébergement web").click()
    expect(page).to_have_url(f"{site}web/")
    page.keyboard.press("/")
    expect(page.get_by_role("status")).not_to_have_text("")
    expect(page.get_by_role("group", name="Recherches récentes")).to_be_hidden()


MARKED = "() => [...CSS.highlights.get('balise-found') ?? []].map((place) => place.startContainer.data.slice(place.startOffset, place.endOffset))"


@in_browser
def test_what_was_found_is_marked_on_the_page_that_opens(page: Page, site: str) -> None:
    page.goto(site)
    ask(page, "reseau 993")
    page.get_by_role("option", name="Paramètres du réseau").click()
    expect(page).to_have_url(f"{site}emails/configurer-thunderbird/#parametres")
    page.wait_for_function("CSS.highlights.has('balise-found')")
    assert page.evaluate(MARKED) == ["réseau", "993", "réseau"]
    assert page.locator("article mark").count() == 0
    page.keyboard.press("Escape")
    assert page.evaluate(MARKED) == []
    page.goto(f"{site}emails/configurer-thunderbird/", wait_until="networkidle")
    assert page.evaluate(MARKED) == []


@in_browser
def test_a_browser_without_highlights_opens_the_page_all_the_same(
    browser: Browser, site: str
) -> None:
    page = browser.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.add_init_script("delete CSS.highlights; delete window.Highlight")
    page.add_init_script("Object.defineProperty(CSS, 'highlights', { value: undefined })")
    page.goto(site)
    ask(page, "thunderbird")
    page.get_by_role("option").first.click()
    expect(page).to_have_url(f"{site}emails/configurer-thunderbird/")
    page.wait_for_load_state("networkidle")
    assert failures == []
    page.close()


@in_browser
def test_a_search_is_narrowed_to_a_universe_and_to_a_product(page: Page, site: str) -> None:
    page.goto(site)
    ask(page, "réseau")
    filters = page.get_by_role("group", name="Chercher seulement dans").get_by_role("button")
    expect(filters).to_have_text(["Emails", "Réseau", "<b>Sécurité</b>"])
    hits = page.locator(".balise-search__guide")
    expect(hits).to_have_count(2)
    filters.nth(1).focus()
    page.keyboard.press("Enter")
    expect(hits).to_have_count(1)
    expect(hits).to_contain_text("Créer un vRack")
    expect(filters).to_have_text(["Réseau"])
    expect(filters).to_be_focused()
    expect(filters).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Enter")
    expect(hits).to_have_count(2)
    filters.first.click()
    expect(filters).to_have_text(["Emails", "MX Plan"])
    expect(hits).to_contain_text(["Configurer Thunderbird"])
    filters.last.click()
    expect(page.get_by_role("status")).to_have_text("1 document trouvé")
    ask(page, "vrack")
    expect(page.get_by_role("status")).to_have_text("Aucun document trouvé")
    filters.first.click()
    expect(hits).to_contain_text(["Créer un vRack"])
