"""The MkDocs plugin: hands MkDocs the manual, and publishes the collection beside it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, cast

import click
import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.utils import CountHandler
from mkdocs.utils.templates import TemplateContext

from balise.base.errors import UserError
from balise.base.paths import absolute_path
from balise.base.signals import exit_on_termination
from balise.mkdocs_plugin.log_forwarding import forward_log_records
from balise.mkdocs_plugin.manual import (
    BalisePage,
    Manual,
    built_pages,
    log_manual_findings,
    manual_context,
    titles_in,
    url_of,
)
from balise.mkdocs_plugin.renderer import THEME, MkDocsTheme
from balise.mkdocs_plugin.settings import PluginOptions, read_project
from balise.publish.indexing import manual_bundle
from balise.publish.report_log import reason_of
from balise.publish.site_build import SiteBuild
from balise.publish.staging import Staging
from balise.workspace.discovery import PageFile

STYLES = ("balise", "dialect", "pages", "search")
SCRIPTS = ("balise", "search")
UNUSED = ("assets/javascripts/lunr/", "assets/javascripts/workers/")
"""What Material has for a search of its own."""


class BalisePlugin(BasePlugin[PluginOptions]):
    """Publishes `docs_dir` and the collection of guides as one site, with balise's own parser."""

    command = "build"
    serving = False
    site_build: SiteBuild | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether a writer is looking, or the site is to be published."""
        exit_on_termination()
        self.command = command
        self.serving = command == "serve" and _reloads()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Bring style and scripts along, and build in a folder beside the site."""
        forward_log_records()
        self.site_dir = Path(config.site_dir)
        own = 1 if config.theme.custom_dir else 0  # what the site's owner writes comes first
        config.theme.dirs.insert(own, str(THEME))
        config.theme.static_templates.discard("sitemap.xml")  # balise makes one for each locale
        config.extra_css[:0] = [f"assets/balise/{name}.css" for name in STYLES]
        config.extra_javascript += [f"assets/balise/{name}.js" for name in SCRIPTS]
        if not self.serving:
            config.site_dir = str(Staging(self.site_dir).folder)
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Read all settings, which other plugins may have changed until now, and begin."""
        with _one_line():
            self.project = read_project(config, self.config, self.site_dir)
            if not self.serving:
                build = SiteBuild(self.project, keep=self.command != "serve")
                build.begin()
                self.site_build = build

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Read all pages of the manual, and report what is wrong with it and with the guides."""
        manual = {
            absolute_path(file.abs_src_path): url_of(file)
            for file in files
            if file.abs_src_path and file.src_dir == config.docs_dir
        }
        urls = self.project.settings.urls
        root = absolute_path(config.docs_dir)
        self.manual = Manual(manual, root, urls)
        for file in [file for file in files if file.src_uri.startswith(UNUSED)]:
            files.remove(file)
        titles = dict(titles_in(config.nav))
        for file in files.documentation_pages():
            path = absolute_path(file.abs_src_path or ".")
            if path in self.manual.pages:
                BalisePage(titles.get(file.src_uri), file, config, self.manual, path)
        if self.serving and self.project.check:
            log_manual_findings(self.manual, self.project)
        if self.site_build:
            with _one_line():
                failing = self.site_build.read([PageFile(path, root) for path in self.manual.pages])
            if config.strict and failing:
                noun = "finding" if failing == 1 else "findings"
                raise PluginError(f"{failing} {noun}, {_where_told()}")
        return files

    def on_nav(self, nav: Navigation, **_: Any) -> Navigation:
        """Remember the navigation: templates ask it for the first page."""
        self.nav = nav
        return nav

    def on_env(
        self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files
    ) -> jinja2.Environment:
        """Put the pages of the collection into the same templates as the manual's."""
        self.files = files
        self.renderer = MkDocsTheme(config, env, self.nav)
        return env

    def on_page_context(self, context: TemplateContext, **_: Any) -> TemplateContext:
        """Tell the templates of the manual about search and guides."""
        more = manual_context(self.project, context["base_url"])
        return cast("TemplateContext", {**context, **more})

    def on_template_context(self, context: TemplateContext, **_: Any) -> TemplateContext:
        """As `on_page_context`, for pages that are made by a template alone."""
        return self.on_page_context(context)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Build the guides, and put the site in its place."""
        if self.site_build is None:
            return
        if config.strict and _warnings():
            raise PluginError("the build is strict, and there are warnings, see above")
        with _one_line():
            self.site_build.publish(self.renderer, built_pages(self.files))
        config.site_dir = str(self.project.site_dir)
        self.site_build = None

    def on_build_error(self, *, error: Exception) -> None:
        """Leave the last good site as it was."""
        if self.site_build:
            self.site_build.discard()

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Serve the guides as they are asked for, and each change as soon as it is saved."""
        from balise.mkdocs_plugin.server import LiveServer

        return LiveServer(
            server,
            lambda: self.project,
            lambda: self.renderer,
            lambda: manual_bundle(built_pages(self.files)),
        )

    def on_shutdown(self) -> None:
        """Leave nothing behind."""
        if self.site_build:
            self.site_build.discard()


@contextmanager
def _one_line() -> Iterator[None]:
    """What the user did wrong is one clear line of MkDocs."""
    try:
        yield
    except UserError as error:
        raise PluginError(str(error)) from error
    except OSError as error:
        raise PluginError(f"{reason_of(error)}; the last site is still there") from error


def _warnings() -> int:
    """How many warnings MkDocs has counted in a strict build so far."""
    handlers = logging.getLogger("mkdocs").handlers
    counters = (handler for handler in handlers if isinstance(handler, CountHandler))
    return sum(count for counter in counters for _, count in counter.get_counts())


def _where_told() -> str:
    """Where a writer finds the warnings of this build."""
    shown = logging.getLogger("mkdocs").isEnabledFor(logging.WARNING)
    return "see above" if shown else "which a build without `--quiet` shows"


def _reloads() -> bool:
    """Whether `mkdocs serve` reloads; without that it is built once, in full."""
    context = click.get_current_context(silent=True)
    return context is None or context.params.get("livereload") is not False
