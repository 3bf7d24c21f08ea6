"""Pages of `docs_dir` are MkDocs' own. They get a way to the guides, and the search where they have none."""

import re
from copy import copy
from urllib.parse import urlsplit

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url
from mkdocs.utils.templates import TemplateContext

from balise.mkdocs_plugin.manual import manual_context
from balise.mkdocs_plugin.manual_tags import manual_tags
from balise.mkdocs_plugin.other_plugins import PostPageHooks
from balise.mkdocs_plugin.page_script import page_script
from balise.mkdocs_plugin.renderer import SCRIPTS, STYLES, THEME, MkDocsTheme
from balise.publish.project import Project
from balise.publish.social_cards import SocialCards
from balise.publish.staging import files_below
from balise.render.words import interface_words
from balise.workspace.discovery import PageFile

SEARCH_STYLE = "assets/balise/search.css"
SEARCH_SCRIPT = "assets/balise/search.js"
TAGGED = '<meta property="og:'
"""What a page has that another plugin has put such tags on."""
BEHIND_TITLE = re.compile(
    r"""<header (?>[^>]*?\bmd-header\b).*?(?=<label class="md-header__button md-icon" for="__search"|<div class="md-header__source"|</nav>)""",
    re.DOTALL,
)
"""Material's header up to where the search begins, or the link to the repository, or its end."""


class DocsByMkDocs:
    """The pages of `docs_dir` of one build: made by MkDocs, Python-Markdown and other plugins."""

    def configure(self, config: MkDocsConfig) -> None:
        """Leave everything as the site's owner has it."""

    def begin(self, config: MkDocsConfig, project: Project, cards: SocialCards | None) -> None:
        """Take the settings of the site; bring the search along where these pages have none."""
        self.config = config
        self.project = project
        self.cards = cards
        self.searched = project.search and project.index_manual
        if self.searched:
            config.extra_css.insert(0, SEARCH_STYLE)
            config.extra_javascript.append(SEARCH_SCRIPT)

    def take(self, files: Files, config: MkDocsConfig, *, tell: bool) -> list[PageFile]:
        """Add what guides need to the files of the site. None of its pages is checked."""
        files.append(page_script(config))
        for path in files_below(THEME / "assets"):
            files.append(
                File(
                    f"assets/{path}",
                    str(THEME),
                    config.site_dir,
                    config.use_directory_urls,
                    inclusion=InclusionLevel.INCLUDED,
                )
            )
        return []

    def theme(
        self, config: MkDocsConfig, env: jinja2.Environment, nav: Navigation, hooks: PostPageHooks
    ) -> MkDocsTheme:
        """What puts guides into templates of balise, which these pages have no part in."""
        own = [config.theme.custom_dir] if config.theme.custom_dir else []
        loaders: list[jinja2.BaseLoader] = [jinja2.FileSystemLoader([*own, str(THEME)])]
        loaders += [env.loader] if env.loader else []
        settings = copy(config)
        styles = [path for path in config.extra_css if path != SEARCH_STYLE]
        scripts = [path for path in config.extra_javascript if str(path) != SEARCH_SCRIPT]
        settings.extra_css = [*STYLES, *styles]
        settings.extra_javascript = [*scripts, *SCRIPTS]
        self.renderer = MkDocsTheme(
            settings,
            env.overlay(loader=jinja2.ChoiceLoader(loaders)),
            nav,
            hooks,
            self.project.configuration.guides.parent,
        )
        self.words = interface_words(str(config.theme["language"]))
        # With instant navigation, the bar stays while pages change: its addresses must not count from one.
        instant = "navigation.instant" in (config.theme.get("features") or ())
        self.base = urlsplit(config.site_url or "").path or "/" if instant else ""
        self.additions: dict[str, str] = {}
        return self.renderer

    def context(self, context: TemplateContext) -> TemplateContext:
        """What MkDocs tells its templates, and no more."""
        return context

    def page(self, html: str, page: Page) -> str:
        """The page with a way to the guides in its header, with the search, and with its social card."""
        base = self.base or get_relative_url(".", page.url)
        if base not in self.additions:
            self.additions[base] = self._addition(base)
        html = BEHIND_TITLE.sub(lambda found: found.group() + self.additions[base], html, count=1)
        if self.cards is None or TAGGED in html:
            return html
        context = manual_tags(page, self.config, self.cards)
        tags = self.renderer.partial("partials/social-tags.html", base, context)
        return html.replace("</head>", f"{tags}</head>", 1)

    def _addition(self, base: str) -> str:
        """What stands in the header of a page from which `base` leads to the root."""
        context = {**manual_context(self.project, base), "words": self.words}
        if not self.searched:
            context["search_bundle"] = ""
        return self.renderer.partial("partials/bar-additions.html", base, context)
