"""The MkDocs plugin: hands MkDocs the pages, the navigation and the findings."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.utils import nest_paths

from balise import engine
from balise.collection.tree import hidden
from balise.config import Configuration, load_configuration
from balise.document import page_name
from balise.errors import UserError
from balise.policy import KNOWN, Policy
from balise.publish.navigation import guides_navigation
from balise.publish.page import BalisePage
from balise.publish.site import Site, read_site
from balise.render import redirect_files

log = get_plugin_logger("balise")

THEME = Path(__file__).parent / "theme"
STYLES = [f"assets/balise/{name}.css" for name in ("balise", "dialect", "pages")]


class PluginOptions(Config):
    """The plugin's options in `mkdocs.yml`: `check: false` builds without checking."""

    check = c.Type(bool, default=True)


class BalisePlugin(BasePlugin[PluginOptions]):
    """Publishes `docs_dir` and the collection of guides as one site, with balise's own parser."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read balise's configuration, watch the guides, and bring style and scripts along."""
        base = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        try:
            self.configuration = load_configuration(base, KNOWN)
        except UserError as error:
            raise PluginError(str(error)) from error
        guides = self.configuration.guides
        if guides.is_dir():
            config.watch.append(str(guides))
        config.theme.dirs.insert(0, str(THEME))
        config.extra_css[:0] = STYLES
        config.extra_javascript.append("assets/balise/balise.js")
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Read all pages, report what is wrong, and put the guides among the files."""
        site = self._read(files, config)
        self._report(site, self.configuration)
        nav_titles = dict(_titles(config.nav))
        for file in files.documentation_pages():
            path = _shown(file.abs_src_path)
            if path in site.pages:
                BalisePage(nav_titles.get(file.src_uri), file, config, site, path)
        names = sorted(f.src_uri for f in files.documentation_pages() if f.inclusion.is_in_nav())
        nav = config.nav if config.nav is not None else nest_paths(names)
        guides = _shown(self.configuration.guides)
        for path, url in site.urls.items():
            if path == guides or not path.startswith(f"{guides}/"):
                continue
            file = _guide_file(path, url, guides, config)
            files.append(file)
            if path in site.pages:
                BalisePage(None, file, config, site, path)
                if hidden(site.pages[path].parsed.document):
                    file.inclusion = InclusionLevel.NOT_IN_NAV
        if guides in site.report.collections:
            collection = site.report.collections[guides]
            nav = [*nav, *guides_navigation(collection, lambda p: _src_uri(p, guides))]
            base = urlsplit(config.site_url or "").path.rstrip("/") + "/"
            for path, text in redirect_files(collection, base).items():
                files.append(_static_file(path, text, config))
        config.nav = nav
        return files

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Reload when the style or the templates of balise change, too."""
        server.watch(str(THEME))
        return server

    def _read(self, files: Files, config: MkDocsConfig) -> Site:
        settings = self.configuration.config
        rules = engine.select_rules(settings) if self.config.check else []
        policy = Policy.of(self.configuration)
        manual = {
            _shown(file.abs_src_path): file.url if file.url != "./" else ""
            for file in files
            if file.abs_src_path and file.src_dir == config.docs_dir
        }
        guides = self.configuration.guides
        shown = [Path(_shown(guides))] if guides.is_dir() else []
        scope = engine.discover(shown, self.configuration)
        return read_site(manual, _shown(config.docs_dir), scope, rules, settings.urls, policy)

    def _report(self, site: Site, configuration: Configuration) -> None:
        for finding in site.report.findings:
            place = site.report.documents[finding.path].position(finding.span.start)
            loud = finding.severity.rank >= configuration.config.fail_on.rank
            tell = log.warning if loud else log.info
            where = f"{finding.path}:{place.line}:{place.column}"
            tell(f"{where}: {finding.message} ({finding.rule})")
        for crash in site.report.crashes:
            log.error(f"the rule {crash.rule} failed on {crash.path}: {crash.error}")


def _shown(path: str | Path | None) -> str:
    """`path` as findings show it: from the current folder where that is possible."""
    return Path(os.path.relpath(path or ".")).as_posix()


def _src_uri(path: str, guides: str) -> str:
    """The path of a guide's file among MkDocs' files: below the name of the guides' folder."""
    return f"{guides.rpartition('/')[2]}/{path.removeprefix(f'{guides}/')}"


def _guide_file(path: str, url: str, guides: str, config: MkDocsConfig) -> File:
    file = File.generated(config, _src_uri(path, guides), abs_src_path=str(Path(path).absolute()))
    file.dest_uri = f"{url}index.html" if url.endswith("/") else url
    name = page_name(path)
    if name and name.type in ("home", "universe", "product"):
        file.name = "index"  # what Material shows as the page of a section itself
    return file


def _static_file(path: str, text: str, config: MkDocsConfig) -> File:
    file = File.generated(config, path, content=text, inclusion=InclusionLevel.NOT_IN_NAV)
    file.dest_uri = path
    return file


def _titles(nav: Any) -> Iterator[tuple[str, str]]:
    """The pages of a `nav` setting that are given a title there, as (path, title)."""
    if isinstance(nav, dict):
        for key, value in nav.items():
            if isinstance(value, str):
                yield value, key
            else:
                yield from _titles(value)
    elif isinstance(nav, list):
        for item in nav:
            yield from _titles(item)
