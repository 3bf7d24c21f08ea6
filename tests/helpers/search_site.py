"""Pages that are little more than Material's header with the search box in it."""

import re
import shutil
from pathlib import Path

import jinja2
from mkdocs.theme import Theme

from balise.publish.search import SearchPage
from tests.helpers.support import ROOT

MATERIAL = Path(Theme("material").dirs[0])
THEME = ROOT / "plugins" / "balise" / "mkdocs_plugin" / "theme"

TEMPLATE = """<!doctype html>
<html lang="fr" class="no-js" dir="ltr">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>{{ title | e }}</title><link rel="icon" href="data:,">
<style>{{ style }}</style>
</head>
<body dir="ltr" data-md-color-scheme="{{ scheme }}" data-md-color-primary="custom" data-md-color-accent="custom">
<script>document.documentElement.className = "js"</script>
<input class="md-toggle" data-md-toggle="search" type="checkbox" id="__search" autocomplete="off">
<header class="md-header md-header--shadow">
<nav class="md-header__inner md-grid" aria-label="{{ lang.t('header') }}">
<div class="md-header__title"><div class="md-header__ellipsis"><div class="md-header__topic">
<span class="md-ellipsis">balise</span></div></div></div>
{% include "partials/search-box.html" %}
</nav>
</header>
<main class="md-main"><div class="md-main__inner md-grid"><div class="md-content">
<article class="md-content__inner md-typeset"><h1>{{ title | e }}</h1>{{ html }}
<p><a href="#top" id="after">Un lien</a> <input aria-label="Un champ" id="field"></p></article>
</div></div></main>
<script>{{ script }}</script>
</body>
</html>
"""

SHEETS = (
    *sorted((MATERIAL / "assets" / "stylesheets").glob("*.css")),
    THEME / "assets" / "balise" / "balise.css",
    THEME / "assets" / "balise" / "search.css",
)
FONT = re.compile(r"@font-face\s*{[^}]*}")
"""Not in these pages, beside which no fonts lie."""
ASSETS = THEME / "assets" / "balise"


def write_page(page: SearchPage, folder: Path, scheme: str = "default") -> None:
    """Write `page` where it belongs in the site `folder`, with the box for the bundle in there."""
    loader = jinja2.FileSystemLoader([str(THEME), str(MATERIAL)])
    environment = jinja2.Environment(loader=loader, autoescape=False)  # noqa: S701
    text = environment.from_string(TEMPLATE).render(
        lang=environment.get_template("partials/languages/fr.html").module,
        title=page.title,
        html=page.html,
        scheme=scheme,
        style=FONT.sub("", "\n".join(sheet.read_text(encoding="utf-8") for sheet in SHEETS)),
        script=(ASSETS / "search.js").read_text(encoding="utf-8"),
        search_bundle="../" * page.url.count("/") + "pagefind/",
        search_modules="../" * page.url.count("/") + "assets/search/",
        search_results="../" * page.url.count("/") + "search/",
        words={
            "close": "Fermer",
            "search_failed": "La recherche ne répond pas",
            "search_file": "Il faut un serveur",
            "search_without": "sans :",
            "search_products": "Produits",
            "search_recent": "Recherches récentes",
            "search_filters": "Chercher seulement dans",
            "search_forget": "Retirer « # »",
            "search_all": "Tous les résultats",
        },
    )
    for name in ("search", "vendor"):
        shutil.copytree(ASSETS / name, folder / "assets" / name, dirs_exist_ok=True)
    path = folder / page.url / "index.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
