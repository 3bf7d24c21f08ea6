"""The link to the repository and those of `extra.social`: they are there, and ask nobody anything."""

from pathlib import Path

import pytest

from tests.helpers.command import mkdocs, write_pages
from tests.helpers.elements import elements
from tests.helpers.once import Once
from tests.publish.test_build import DIALECT, PAGES

SOCIAL = """repo_url: https://github.com/example/guides
extra: {social: [{icon: fontawesome/brands/mastodon, link: "https://example.social/@us", name: Us}]}
"""


@pytest.fixture(scope="module")
def site(once: Once) -> Path:
    pages = {**PAGES, **DIALECT}
    pages["mkdocs.yml"] += SOCIAL

    def build(folder: Path) -> None:
        ran = mkdocs("build", cwd=write_pages(folder, pages))
        assert ran.status == 0, ran.err

    return once("repository", build) / "site"


def test_the_manual_leads_to_the_repository_without_asking_for_its_stars(site: Path) -> None:
    html = (site / "index.html").read_text("utf-8")
    assert "https://github.com/example/guides" in {
        e.attributes.get("href") for e in elements(html, "a")
    }
    for page in site.rglob("*.html"):
        assert 'data-md-component="source"' not in page.read_text("utf-8"), page


def test_a_guide_has_the_links_of_the_team(site: Path) -> None:
    html = (site / "fr/emails/autre/index.html").read_text("utf-8")
    (link,) = [
        a for a in elements(html, "a") if a.attributes.get("href") == "https://example.social/@us"
    ]
    assert link.attributes["title"] == "Us"
    assert "noopener" in str(link.attributes["rel"])
