"""The MkDocs plugin: publishes the collection beside the pages of `docs_dir`, whoever makes these."""

import errno
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import click
import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler
from mkdocs.utils.templates import TemplateContext

from balise.base import phases
from balise.base.errors import UserError
from balise.base.paths import path_here
from balise.base.signals import exit_on_termination
from balise.mkdocs_plugin.docs_by_balise import DocsByBalise
from balise.mkdocs_plugin.docs_by_mkdocs import DocsByMkDocs
from balise.mkdocs_plugin.health_page import write_health_page
from balise.mkdocs_plugin.log_forwarding import forward_log_records
from balise.mkdocs_plugin.manual import built_pages, url_of
from balise.mkdocs_plugin.minify import minify_own
from balise.mkdocs_plugin.other_plugins import (
    PostPageHooks,
    log_not_on_docs,
    log_not_on_guides,
    written_extensions,
)
from balise.mkdocs_plugin.settings import (
    PluginOptions,
    read_configuration,
    read_project,
    require_material,
)
from balise.mkdocs_plugin.theme_settings import log_unused_settings
from balise.publish.indexing import manual_bundle
from balise.publish.project import Project
from balise.publish.report_log import reason_of
from balise.publish.site_build import SiteBuild
from balise.publish.staging import Staging

FIRST = 100
LAST = -100
"""Where a hook stands among those of all plugins."""
NOT_FOUND = "404.html"
LOCALE_NOT_FOUND = "assets/balise/locale-not-found.js"
SITE_BUILD = f"{__name__}.site_build"
"""The key in the `meta` of click's context that has the `MakeBuild` of a command that makes its build itself."""
MakeBuild = Callable[[Project], SiteBuild]
REFUSED = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO)
"""What a system says where a disk takes no more: no mistake of a program that would need a trace."""

log = logging.getLogger(__name__)


class StrictError(PluginError):
    """A strict build ends, since something was found; that is told already."""


class BalisePlugin(BasePlugin[PluginOptions]):
    """Publishes the collection of guides beside the pages of `docs_dir`, as one site.

    Without a folder of guides it leaves the site alone.
    """

    command = "build"
    serving = False
    publishing: bool | None = None
    docs: DocsByMkDocs | DocsByBalise
    site_build: SiteBuild | None = None
    make_build: MakeBuild | None = None
    told = False

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether a writer is looking, or the site is to be published."""
        exit_on_termination()
        if command != "serve":
            phases.begin()
        self.command = command
        self.serving = command == "serve" and _reloads()
        context = click.get_current_context(silent=True)
        self.make_build = context.meta.get(SITE_BUILD) if context else None

    @event_priority(FIRST)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Find out what is to be published, and build in a folder beside the site."""
        forward_log_records()
        self.site_dir = Path(config.site_dir)
        self.docs = DocsByBalise() if self.config.docs == "balise" else DocsByMkDocs()
        with self._one_line():
            self.configuration = read_configuration(config)
            if self.publishing is None or not self.serving:  # a server is that of its first build
                self.publishing = self._has_part()
            if self.publishing:
                require_material(config)
        if self.publishing:
            self.extensions = written_extensions(config)
            self.docs.configure(config)
            if not self.serving:
                config.site_dir = str(Staging(self.site_dir).folder)
        return config

    def _has_part(self) -> bool:
        """Whether there is anything to publish; if not, a server says so later."""
        guides = self.configuration.guides
        if self.config.docs == "balise" or guides.is_dir():
            return True
        if not self.serving:
            log.info(
                f"{path_here(str(guides))}: there is no such folder, so the site has no guides"
            )
        return False

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Read all settings, which other plugins may have changed until now, and begin."""
        if not self.publishing:
            return
        with self._one_line():
            self.project = read_project(config, self.config, self.configuration, self.site_dir)
            if not self.serving:
                make = self.make_build or partial(SiteBuild, keep=self.command != "serve")
                build = make(self.project)
                build.begin()
                self.site_build = build
        cards = self.site_build.cards if self.site_build else None
        self.docs.begin(config, self.project, cards)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Read all guides, and report what is wrong with them."""
        if not self.publishing:
            return files
        pages = self.docs.take(files, config, tell=self.serving and self.project.check)
        minify_own(files)
        if self.site_build:
            with self._one_line():
                failing = self.site_build.read(pages)
            if config.strict and failing:
                noun = "finding" if failing == 1 else "findings"
                raise StrictError(f"{failing} {noun}, {_where_told()}")
        return files

    def on_nav(self, nav: Navigation, **_: Any) -> Navigation:
        """Remember the navigation: templates ask it for the first page."""
        self.nav = nav
        return nav

    @event_priority(LAST)
    def on_env(
        self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files
    ) -> jinja2.Environment:
        """Take the theme and all files of the site, to which no other plugin adds from here on."""
        if not self.publishing:
            return env
        self.files = files
        if any(url_of(file) in ("", "index.html") for file in files):
            self.project = replace(self.project, manual_title=config.site_name)
            if self.site_build:
                self.site_build.project = self.project
        with self._one_line():
            hooks = PostPageHooks(config, self.config.skip_hooks)
        self.renderer = self.docs.theme(config, env, self.nav, hooks)
        if not self.told:
            self.told = True
            if self.configuration.guides.is_dir():
                log_not_on_guides(config, hooks)
                log_unused_settings(config)
            if self.config.docs == "balise":
                log_not_on_docs(config, self.extensions)
        return env

    def on_page_context(self, context: TemplateContext, **_: Any) -> TemplateContext:
        """Tell the templates of `docs_dir` what they need."""
        return self.docs.context(context) if self.publishing else context

    def on_template_context(self, context: TemplateContext, **_: Any) -> TemplateContext:
        """As `on_page_context`, for pages that are made by a template alone."""
        return self.on_page_context(context)

    @event_priority(FIRST)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Lead from a page of `docs_dir` to the guides, before other plugins change what it looks like."""
        return self.docs.page(output, page) if self.publishing else output

    def on_post_template(
        self, output_content: str, *, template_name: str, config: MkDocsConfig
    ) -> str:
        """Let the page for missing addresses give way to that of the locale that an address is in."""
        if not self.publishing or template_name != NOT_FOUND:
            return output_content
        base = urlsplit(config.site_url or "").path or "/"
        script = f'<script src="{base}{LOCALE_NOT_FOUND}" async></script>'
        return output_content.replace("</head>", f"{script}</head>", 1)

    @event_priority(LAST)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Build the guides, and put the site in its place."""
        if self.site_build is None:
            return
        if config.strict and _warnings():
            raise StrictError("the build is strict, and there are warnings, see above")
        with self._one_line():
            if self.config.health and self.site_build.whole:
                write_health_page(self.site_build)
            self.site_build.publish(self.renderer, built_pages(self.files, self.nav))
        config.site_dir = str(self.project.site_dir)
        self.site_build = None

    @event_priority(LAST)
    def on_build_error(self, *, error: Exception) -> None:
        """Leave the last good site as it was. Raises Abort where the disk has refused a file of MkDocs."""
        if self.site_build:
            self.site_build.discard()
        if self.publishing and isinstance(error, OSError) and error.errno in REFUSED:
            log.error(self._unwritten(error))
            raise Abort("Aborted, since a file could not be written") from error

    def _unwritten(self, error: OSError) -> str:
        """Why a file of the site could not be written, and what is left, in a line."""
        where = "" if error.filename else f"{self.site_dir}: cannot be written: "
        kept = "" if self.serving else "; the last site is still there"
        return f"{where}{reason_of(error)}{kept}"

    @contextmanager
    def _one_line(self) -> Iterator[None]:
        """What the user did wrong is one clear line of MkDocs."""
        try:
            yield
        except UserError as error:
            raise PluginError(str(error)) from error
        except OSError as error:
            raise PluginError(self._unwritten(error)) from error

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Serve the guides as they are asked for, and each change as soon as it is saved."""
        from balise.mkdocs_plugin.server import LiveServer, warn_of_no_guides

        if not self.publishing:
            warn_of_no_guides(self.configuration.guides)
            return server
        return LiveServer(
            server,
            lambda: self.project,
            lambda: self.renderer,
            lambda: manual_bundle(built_pages(self.files, self.nav)),
        )

    def on_shutdown(self) -> None:
        """Leave nothing behind."""
        if self.site_build:
            self.site_build.discard()
        phases.end()


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
