"""`docs: balise`: pages of `docs_dir` are in the dialect, read and rendered by balise, in the guides' theme."""

from typing import cast

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from balise.base.paths import absolute_path
from balise.mkdocs_plugin.manual import (
    BalisePage,
    Manual,
    log_manual_findings,
    manual_context,
    titles_in,
    url_of,
)
from balise.mkdocs_plugin.manual_tags import manual_tags
from balise.mkdocs_plugin.other_plugins import PostPageHooks
from balise.mkdocs_plugin.page_script import page_script
from balise.mkdocs_plugin.renderer import SCRIPTS, STYLES, THEME, MkDocsTheme
from balise.publish.project import Project
from balise.publish.social_cards import SocialCards
from balise.workspace.discovery import PageFile

UNUSED = ("assets/javascripts/lunr/", "assets/javascripts/workers/")
"""What Material has for a search of its own."""


class DocsByBalise:
    """The pages of `docs_dir` of one build."""

    def configure(self, config: MkDocsConfig) -> None:
        """Bring the theme, style and scripts along."""
        own = 1 if config.theme.custom_dir else 0  # what the site's owner writes comes first
        config.theme.dirs.insert(own, str(THEME))
        config.theme.static_templates.discard("sitemap.xml")  # balise makes one for each locale
        config.extra_css[:0] = STYLES
        config.extra_javascript += SCRIPTS

    def begin(self, config: MkDocsConfig, project: Project, cards: SocialCards | None) -> None:
        """Take the settings of the site, and its social cards if it has some."""
        self.config = config
        self.project = project
        self.cards = cards

    def take(self, files: Files, config: MkDocsConfig, *, tell: bool) -> list[PageFile]:
        """Read the pages among the files of the site, which are to be checked; `tell` says to do so now."""
        manual = {
            absolute_path(file.abs_src_path): url_of(file)
            for file in files
            if file.abs_src_path and file.src_dir == config.docs_dir
        }
        root = absolute_path(config.docs_dir)
        read = Manual(manual, root, self.project.settings.urls, self.project.allowed_html)
        files.append(page_script(config))
        for file in [file for file in files if file.src_uri.startswith(UNUSED)]:
            files.remove(file)
        titles = dict(titles_in(config.nav))
        for file in files.documentation_pages():
            path = absolute_path(file.abs_src_path or ".")
            if path in read.pages:
                BalisePage(titles.get(file.src_uri), file, config, read, path)
        if tell:
            log_manual_findings(read, self.project)
        return [PageFile(path, root) for path in read.pages]

    def theme(
        self, config: MkDocsConfig, env: jinja2.Environment, nav: Navigation, hooks: PostPageHooks
    ) -> MkDocsTheme:
        """What puts guides into the same templates as these pages."""
        return MkDocsTheme(config, env, nav, hooks, self.project.configuration.guides.parent)

    def context(self, context: TemplateContext) -> TemplateContext:
        """Tell the templates about search and guides, and what is told of a page elsewhere."""
        more = manual_context(self.project, context["base_url"])
        page = context["page"]
        tags = manual_tags(page, self.config, self.cards) if page else {}
        return cast("TemplateContext", {**context, **more, **tags})

    def page(self, html: str, page: Page) -> str:
        """The page as it is: its templates have all that it needs."""
        return html
