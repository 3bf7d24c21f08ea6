"""The site is built and served with any renderer; MkDocs is one that need not be there."""

import sys
from pathlib import Path

from tests.helpers.command import Ran, run, write_pages

PAGES = {
    "balise.toml": 'guides = "guides"\n',
    "guides/home.fr-fr.md": "---\ntitle: Accueil\n---\n",
    "guides/web/universe.fr-fr.md": "---\ntitle: Web\nslug: web\n---\n",
    "guides/web/mails/product.fr-fr.md": "---\ntitle: E-mails\nslug: emails\n---\n",
    "guides/web/mails/autre/guide.fr-fr.md": (
        "---\ntitle: Autre\nslug: autre\n---\n\nTexte. [Ailleurs](#ailleurs)\n"
    ),
}
START = """
import logging
import sys
from html import escape
from pathlib import Path

sys.modules["mkdocs"] = None  # to import it raises ImportError

from balise.check.severity import CATALOG
from balise.config import load_configuration
from balise.publish.live_site import LiveSite
from balise.publish.project import Project
from balise.publish.site_build import SiteBuild

logging.basicConfig(format="%(levelname)s %(name)s %(message)s")


class PlainRenderer:
    def page(self, view):
        context = view.context
        above = "".join(f"{escape(link.title)} > " for link in context.breadcrumbs)
        cards = [card for part in context.sections for card in (*part.cards, *part.links)]
        listed = "".join(f'<a href="{card.url}">{escape(card.title)}</a>' for card in cards)
        findings = len(view.panel.findings) if view.panel else 0
        return (
            f"<title>{above}{view.title}</title>{context.navigation}"
            f"<article>{view.content}{listed}</article><p>{findings} findings</p>"
        )

    def navigation(self, entries, words):
        return "".join(
            f'<a href="{entry.url}">{escape(entry.title)}</a>'
            + self.navigation(entry.children, words)
            for entry in entries
        )

    def mark_current(self, navigation, url):
        return navigation.replace(f'<a href="{url}">', f'<a href="{url}" aria-current="page">')

    def load(self):
        pass

    def digest(self):
        return b"plain"


def project():
    return Project(
        configuration=load_configuration(Path(), CATALOG), site_dir=Path("site"), search=False
    )
"""
BUILD = """
build = SiteBuild(project())
build.begin()
print(build.read())
build.publish(PlainRenderer())
"""
SERVE = """
site = LiveSite.open(project(), PlainRenderer)
print(site.html("fr/emails/autre/"))
page = Path("guides/web/mails/autre/guide.fr-fr.md")
page.write_text(page.read_text("utf-8").replace("Texte", "Nouveau"), "utf-8")
site.update({str(page)})
print(site.html("fr/emails/autre/"))
site.close()
"""
LOST = """
site = LiveSite.open(project(), PlainRenderer)
folder = Path("guides/web/mails")
folder.rename("elsewhere")
site.update({str(folder)})
print(site.html("fr/emails/autre/"))
site.close()
"""
LET_GO = """
import gc
from dataclasses import replace
from balise.publish.steps.search_indexes import SearchIndexes

def run(indexes):
    gc.collect()
    kinds = {type(thing).__name__ for thing in gc.get_objects()}
    print(len(indexes.bundles), kinds & {"Workspace", "Collection", "Structure", "Site", "PageRecord"})

SearchIndexes.run = run
build = SiteBuild(replace(project(), search=True))
build.begin()
build.read()
build.publish(PlainRenderer())
"""
UNKEPT = """
from balise.workspace.store import Store

def write_file(store, name, data):
    store.trouble = f"{name[:4]} cannot be kept"

Store.write_file = write_file
logging.getLogger().setLevel(logging.INFO)
build = SiteBuild(project())
build.begin()
build.read()
build.publish(PlainRenderer())
"""
END = """
assert [name for name in sys.modules if name.startswith("mkdocs")] == ["mkdocs"]
"""


def ran(folder: Path, program: str) -> Ran:
    write_pages(folder, PAGES)
    done = run([sys.executable, "-c", START + program + END], folder, b"", {})
    assert done.status == 0, done.err
    return done


def test_a_site_is_built_without_mkdocs(tmp_path: Path) -> None:
    done = ran(tmp_path, BUILD)
    site = tmp_path / "site"
    guide = (site / "fr/emails/autre/index.html").read_text(encoding="utf-8")
    assert "<title>Accueil > Web > E-mails > Autre</title>" in guide
    assert '<a href="../../../fr/emails/autre/" aria-current="page">Autre</a>' in guide
    assert "<p>Texte. " in guide
    listing = (site / "fr/emails/index.html").read_text(encoding="utf-8")
    assert '<article><a href="../../fr/emails/autre/">Autre</a></article>' in listing
    assert (site / "fr/404.html").is_file()
    assert "WARNING balise.publish.report_log guides/web/mails/autre/guide.fr-fr.md:6:" in done.err
    assert done.out == "1\n"


def test_a_site_is_served_without_mkdocs(tmp_path: Path) -> None:
    done = ran(tmp_path, SERVE)
    assert "<p>Texte. " in done.out
    assert "<p>Nouveau. " in done.out
    assert done.out.count("<p>1 findings</p>") == 2


def test_a_folder_that_is_gone_takes_its_pages_along_where_it_is_told_as_a_file(
    tmp_path: Path,
) -> None:
    assert ran(tmp_path, LOST).out == "None\n"


def test_nothing_of_the_collection_is_in_memory_when_search_indexes_are_made(
    tmp_path: Path,
) -> None:
    assert ran(tmp_path, LET_GO).out == "1 set()\n"


def test_it_is_told_that_what_the_site_was_made_from_cannot_be_kept(tmp_path: Path) -> None:
    done = ran(tmp_path, UNKEPT)
    assert "INFO balise.publish.site_build site cannot be kept" in done.err
    assert (tmp_path / "site/fr/emails/autre/index.html").is_file()
