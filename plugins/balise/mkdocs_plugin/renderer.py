"""The theme around a page: MkDocs' templates with what they expect, and with the page's context."""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import jinja2
import mkdocs
from jinja2.bccache import Bucket
from mkdocs import utils
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from balise.base.digests import digest
from balise.mkdocs_plugin.frames import Frames
from balise.mkdocs_plugin.other_plugins import PostPageHooks
from balise.mkdocs_plugin.page_script import PAGE_SCRIPT
from balise.publish.manifest import FileDigests, package_version
from balise.publish.page_context import NavigationEntry
from balise.publish.site_files import target_of
from balise.publish.staging import files_below
from balise.publish.theme_renderer import PageKind, PageView
from balise.render import TocEntry

THEME = Path(__file__).parent / "theme"
STYLES = [f"assets/balise/{name}.css" for name in ("balise", "dialect", "pages", "search")]
SCRIPTS = [PAGE_SCRIPT, "assets/balise/search.js"]
"""What pages in this theme need, in the order in which they load it."""

ABSOLUTE = ("/", "#", "http://", "https://", "mailto:", "data:")
"""How addresses begin that do not count from the site's root."""
TEMPLATES = {
    PageKind.GUIDE: "guide.html",
    PageKind.LISTING: "listing.html",
    PageKind.NOT_FOUND: "not-found.html",
    PageKind.ENTRANCE: "entrance.html",
    PageKind.UNTRANSLATED: "untranslated.html",
    PageKind.SEARCH: "search.html",
}
UNSET = cast("MkDocsConfig", {})
"""Settings without an address, from which MkDocs would make those of a page, which are known."""
TITLE_ID = "__title"
"""The id of the heading that templates print; no heading of a text can have it by itself."""
NAVIGATION = "partials/place-navigation.html"

SETTINGS = (
    "copyright",
    "edit_uri",
    "extra",
    "extra_css",
    "extra_javascript",
    "repo_url",
    "site_name",
    "site_url",
)
"""What of `mkdocs.yml` is on every page."""
PACKAGES = ("mkdocs", "mkdocs-material", "Jinja2")


class CompiledOnce(jinja2.BytecodeCache):
    """Templates as code, for environments that differ in nothing but their filters."""

    def __init__(self) -> None:
        self._known: dict[str, Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the code of a template, if it is known."""
        bucket.code = self._known.get(bucket.key)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember the code of a template."""
        self._known[bucket.key] = bucket.code


class MkDocsTheme:
    """Puts pages into the templates of MkDocs' theme; a `ThemeRenderer`.

    Nothing may have been printed with `env`: it gets settings that the templates count on. `hooks`
    have the last word on a page; `sources` is the folder that the folder of the collection is in.
    """

    def __init__(
        self,
        config: MkDocsConfig,
        env: jinja2.Environment,
        nav: Navigation,
        hooks: PostPageHooks,
        sources: Path,
    ) -> None:
        self.config = config
        self.nav = nav
        self.hooks = hooks
        self.sources = sources
        self.built = utils.get_build_datetime()
        env.trim_blocks = env.lstrip_blocks = True
        env.bytecode_cache = CompiledOnce()
        # a theme that has changed is a new environment: no need to look at its files for each page,
        # nor to keep account of which of its templates was used last
        self.env = env.overlay(auto_reload=False, cache_size=-1)
        self.env.filters = {**env.filters, "url": _url_filter, "script_tag": _script_tag_filter}
        self.frames = Frames(self.env, THEME)

    def page(self, view: PageView) -> str:
        """The whole HTML of a page."""
        root = view.base_url
        page = GuidePage(view, self.config, self.sources)
        context = {
            "nav": self.nav,
            "pages": (),
            "base_url": root,
            "extra_css": [_from(root, path) for path in self.config.extra_css],
            "extra_javascript": [_from(root, str(path)) for path in self.config.extra_javascript],
            "mkdocs_version": mkdocs.__version__,
            "build_date_utc": self.built,
            "config": self.config,
            "page": page,
            "place": view.context,
            "words": view.words,
            "search_bundle": view.search_bundle,
            "search_results": view.search_results,
            "panel": view.panel,
        }
        html = self.frames.page(TEMPLATES[view.kind], context)
        # MkDocs does not call them for its 404.html either, which may be shown at any address
        return html if view.kind is PageKind.NOT_FOUND else self.hooks.run(html, page)

    def partial(self, name: str, base_url: str, context: Mapping[str, Any]) -> str:
        """A part of a page that MkDocs has made; `base_url` leads from there to the root."""
        template = self.env.get_template(name)
        return template.render(base_url=base_url, config=self.config, **context)

    def navigation(self, entries: Sequence[NavigationEntry], words: Mapping[str, str]) -> str:
        """The navigation of all pages that `entries` are for; none of them is marked."""
        return self.env.get_template(NAVIGATION).render(tree=entries, words=words)

    def mark_current(self, navigation: str, url: str) -> str:
        """The navigation with the entry that leads to `url` marked as the page that is shown."""
        return mark_current(navigation, url)

    def load(self) -> None:
        """Read the templates of all pages."""
        for name in (*TEMPLATES.values(), NAVIGATION):
            self.env.get_template(name)

    def digest(self) -> bytes:
        """Stands for the theme's files and settings, and for what makes HTML of them."""
        theme = self.config.theme
        folders = [THEME, Path(theme.custom_dir)] if theme.custom_dir else [THEME]
        files = FileDigests({})
        return digest(
            [package_version(package) for package in PACKAGES],
            [repr(self.config[key]) for key in SETTINGS],
            sorted((key, repr(theme[key])) for key in theme),
            [(path, files.hash(str(f / path))) for f in folders for path in files_below(f)],
            self.hooks.digest(),
        )


def _from(base: str, path: str) -> str:
    return path if path.startswith(ABSOLUTE) else f"{base}/{path}"


@jinja2.pass_context
def _url_filter(context: jinja2.runtime.Context, value: Any) -> str:
    """MkDocs' filter of that name, without counting steps up and down for each address."""
    return _from(context["base_url"], str(value))


@jinja2.pass_context
def _script_tag_filter(context: jinja2.runtime.Context, script: Any) -> str:
    """MkDocs' filter of that name, with the address of the filter above."""
    kind = getattr(script, "type", "")
    parts = [f' type="{escape(kind)}"'] if kind else []
    parts += [" defer"] if getattr(script, "defer", False) else []
    parts += [" async"] if getattr(script, "async_", False) else []
    return f'<script src="{escape(_url_filter(context, script))}"{"".join(parts)}></script>'


def mark_current(navigation: str, url: str) -> str:
    """The navigation with the entry that leads to `url` marked as the page that is shown."""
    link = f'<a class="md-nav__link" href="{escape(url)}"'
    active = (
        f'<a class="md-nav__link md-nav__link--active" aria-current="page" href="{escape(url)}"'
    )
    return navigation.replace(link, active, 1)


class GuidePage(Page):
    """A page of the collection as templates and hooks see one of MkDocs; its texts are HTML."""

    def __init__(self, view: PageView, config: MkDocsConfig, sources: Path) -> None:
        target = target_of(view.url)
        source = str(sources) if view.source else None
        file = File(view.source or target, source, config.site_dir, True, dest_uri=target)
        super().__init__(view.title, file, UNSET)
        site_url = config.site_url
        self.abs_url = f"{urlsplit(site_url).path.rstrip('/')}/{self.url}" if site_url else None
        self.content = view.content
        self.toc = contents(view.toc)
        if "<h1" not in view.content:  # the templates print one
            self.toc = _below_title(view.title, self.toc)
        self.meta = dict(view.meta)
        self.canonical_url = view.canonical_url
        self.edit_url = view.context.edit_url
        self.active = True
        self._is_home = view.is_homepage

    @property
    def is_homepage(self) -> bool:
        """Whether it is the home of its locale."""
        return self._is_home


def contents(entries: Sequence[TocEntry]) -> TableOfContents:
    """The table of contents in the form of MkDocs; its titles are HTML."""
    return TableOfContents([_anchor_link(entry) for entry in entries])


def _below_title(title: str, listed: TableOfContents) -> TableOfContents:
    """The contents below the heading that templates print above the text, as with MkDocs."""
    link = AnchorLink(title, TITLE_ID, 1)
    link.children = list(listed)
    return TableOfContents([link])


def _anchor_link(entry: TocEntry) -> AnchorLink:
    link = AnchorLink(escape(entry.title, quote=False), entry.id, entry.level)
    link.children = [_anchor_link(child) for child in entry.children]
    return link
