"""The MkDocs plugin: hands MkDocs the manual, and publishes the collection beside it."""

import logging
import os
from pathlib import Path
from typing import Any, Literal

import click
import jinja2
from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.utils import CountHandler
from mkdocs.utils.templates import TemplateContext

from balise.base.errors import UserError
from balise.publish.manual import BalisePage, Manual, built_pages, index_of_manual, titles_in
from balise.publish.project import Project
from balise.publish.publishing import Publishing
from balise.publish.shell import Shell, prepare
from balise.publish.telling import tell_of_manual

log = get_plugin_logger("balise")

THEME = Path(__file__).parent / "theme"
STYLES = ("balise", "dialect", "pages", "search")
SCRIPTS = ("balise", "search")
UNUSED = ("assets/javascripts/lunr/", "assets/javascripts/workers/")
"""What Material has for a search of its own."""


class PluginOptions(Config):
    """The plugin's options in `mkdocs.yml`.

    `check: false` builds without checking. `locales` are those that are published, all without it.
    `processes` is how many are used to build, 0 for as many as there are cores; `search: false`
    makes no search index.
    """

    check = c.Type(bool, default=True)
    locales = c.Type((list, str), default=[])
    processes = c.Type(int, default=0)
    search = c.Type(bool, default=True)


class BalisePlugin(BasePlugin[PluginOptions]):
    """Publishes `docs_dir` and the collection of guides as one site, with balise's own parser."""

    command = "build"
    serving = False
    publishing: Publishing | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether a writer is looking, or the site is to be published."""
        self.command = command
        self.serving = command == "serve" and _reloads()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read balise's configuration, and bring style and scripts along."""
        with _one_line():
            self.project = Project.of(config, self.config)
        own = 1 if config.theme.custom_dir else 0  # what the site's owner writes comes first
        config.theme.dirs.insert(own, str(THEME))
        config.theme.static_templates.discard("sitemap.xml")  # balise makes one for each locale
        config.extra_css[:0] = [f"assets/balise/{name}.css" for name in STYLES]
        config.extra_javascript += [f"assets/balise/{name}.js" for name in SCRIPTS]
        if not self.serving:
            self.publishing = Publishing(self.project, keep=self.command != "serve")
            config.site_dir = str(self.publishing.staging.folder)
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Begin in a folder of its own: until all is there, the site stays as it was."""
        if self.publishing:
            with _one_line():
                self.publishing.begin()

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Read all pages of the manual, and report what is wrong with it and with the guides."""
        manual = {
            _shown(file.abs_src_path): file.url if file.url != "./" else ""
            for file in files
            if file.abs_src_path and file.src_dir == config.docs_dir
        }
        urls = self.project.settings.urls
        self.manual = Manual(manual, _shown(config.docs_dir), urls)
        for file in [file for file in files if file.src_uri.startswith(UNUSED)]:
            files.remove(file)
        titles = dict(titles_in(config.nav))
        for file in files.documentation_pages():
            path = _shown(file.abs_src_path)
            if path in self.manual.pages:
                BalisePage(titles.get(file.src_uri), file, config, self.manual, path)
        if self.serving and self.project.check:
            tell_of_manual(self.manual, self.project)
        if self.publishing:
            with _one_line():
                loud = self.publishing.read(list(self.manual.pages))
            if config.strict and loud:
                raise PluginError(f"{loud} {'finding' if loud == 1 else 'findings'}, see above")
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Remember the navigation: templates ask it for the first page."""
        self.nav = nav
        return nav

    def on_env(
        self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files
    ) -> jinja2.Environment:
        """Put the pages of the collection into the same templates as the manual's."""
        prepare(env)
        self.files = files
        self.shell = Shell(config, env, self.nav)
        return env

    def on_page_context(
        self, context: TemplateContext, *, page: Any, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Tell the templates of the manual about search and guides."""
        return self._on_context(context)

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """As `on_page_context`, for pages that are made by a template alone."""
        return self._on_context(context)

    def _on_context(self, context: TemplateContext) -> TemplateContext:
        extra: dict[str, Any] = {**context, **self.project.around_manual(context["base_url"])}
        return extra  # type: ignore[return-value]

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Build the guides, and put the site in its place."""
        if self.publishing is None:
            return
        if config.strict and _warnings():
            raise PluginError("the build is strict, and there are warnings, see above")
        with _one_line():
            self.publishing.publish(self.shell, built_pages(self.files))
        config.site_dir = str(self.project.site_dir)
        self.publishing = None

    def on_build_error(self, *, error: Exception) -> None:
        """Leave the last good site as it was."""
        if self.publishing:
            self.publishing.discard()

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Serve the guides as they are asked for, and each change as soon as it is saved."""
        from balise.publish.serve import LiveServer

        return LiveServer(
            server,
            lambda: self.project,
            lambda: self.shell,
            lambda: index_of_manual(built_pages(self.files)),
        )

    def on_shutdown(self) -> None:
        """Leave nothing behind."""
        if self.publishing:
            self.publishing.discard()


class _one_line:  # noqa: N801 - reads as a statement
    """What the user did wrong is one clear line of MkDocs."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, UserError):
            raise PluginError("\n".join(error.lines)) from error
        if isinstance(error, OSError):
            where = f"{error.filename}: " if error.filename else ""
            raise PluginError(
                f"{where}{(error.strerror or str(error)).lower()}; the last site is still there"
            ) from error


def _warnings() -> int:
    """How many warnings MkDocs has counted in a strict build so far."""
    handlers = logging.getLogger("mkdocs").handlers
    counters = (handler for handler in handlers if isinstance(handler, CountHandler))
    return sum(count for counter in counters for _, count in counter.get_counts())


def _reloads() -> bool:
    """Whether `mkdocs serve` reloads; without that it is built once, in full."""
    context = click.get_current_context(silent=True)
    return context is None or context.params.get("livereload") is not False


def _shown(path: str | Path | None) -> str:
    """`path` as findings show it: from the current folder where that is possible."""
    return Path(os.path.relpath(path or ".")).as_posix()
