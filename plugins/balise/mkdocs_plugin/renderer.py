"""The theme around a page: MkDocs' templates with what they expect, and with the page's context."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jinja2
import mkdocs
from jinja2.bccache import Bucket
from mkdocs import utils
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.toc import AnchorLink, TableOfContents

from balise.base.digests import digest
from balise.publish.manifest import FileDigests, package_version
from balise.publish.page_context import NavigationEntry
from balise.publish.staging import files_below
from balise.publish.theme_renderer import PageKind, PageView
from balise.render import TocEntry

THEME = Path(__file__).parent / "theme"

ABSOLUTE = ("/", "#", "http://", "https://", "mailto:", "data:")
"""How addresses begin that do not count from the site's root."""
TEMPLATES = {
    PageKind.GUIDE: "guide.html",
    PageKind.LISTING: "listing.html",
    PageKind.NOT_FOUND: "not-found.html",
}
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


@dataclass(slots=True)
class TemplatePage:
    """A page of the collection as templates see one of MkDocs; its texts are HTML."""

    title: str
    url: str
    content: str = ""
    toc: Any = ()
    meta: Mapping[str, Any] = field(default_factory=dict)
    canonical_url: str = ""
    edit_url: str = ""
    is_homepage: bool = False
    previous_page: Any = None
    next_page: Any = None
    ancestors: Sequence[Any] = ()
    active: bool = True
    is_page: bool = True
    parent: Any = None
    children: Any = None
    file: Any = field(default_factory=lambda: SimpleNamespace(src_uri="", inclusion=None))


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


def prepare(env: jinja2.Environment) -> None:
    """Make an environment of MkDocs ready for an `MkDocsTheme`, before anything is printed with it."""
    env.trim_blocks = env.lstrip_blocks = True
    env.bytecode_cache = CompiledOnce()


class MkDocsTheme:
    """Puts pages into the templates of MkDocs' theme; a `ThemeRenderer`."""

    def __init__(self, config: MkDocsConfig, env: jinja2.Environment, nav: Navigation) -> None:
        self.config = config
        self.nav = nav
        # a theme that has changed is a new environment: no need to look at its files for each page
        self.env = env.overlay(auto_reload=False)
        self.env.filters = {**env.filters, "url": _url_filter, "script_tag": _script_tag_filter}
        self._links: dict[str, tuple[list[str], list[Any]]] = {}

    def page(self, view: PageView) -> str:
        """The whole HTML of a page."""
        css, scripts = self._of_site(view.base_url)
        return self.env.get_template(TEMPLATES[view.kind]).render(
            nav=self.nav,
            pages=(),
            base_url=view.base_url,
            extra_css=css,
            extra_javascript=scripts,
            mkdocs_version=mkdocs.__version__,
            build_date_utc=self.built,
            config=self.config,
            page=_template_page(view),
            place=view.context,
            words=view.words,
            search_bundle=view.search_bundle,
            panel=view.panel,
        )

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
        folders = [THEME, *(Path(folder) for folder in [theme.custom_dir] if folder)]
        files = FileDigests({})
        return digest(
            [package_version(package) for package in PACKAGES],
            [repr(self.config[key]) for key in SETTINGS],
            sorted((key, repr(theme[key])) for key in theme),
            [
                (path, files.hash(str(folder / path)))
                for folder in folders
                for path in files_below(folder)
            ],
        )

    @cached_property
    def built(self) -> Any:
        """The time of the build, or that which `SOURCE_DATE_EPOCH` names."""
        return utils.get_build_datetime()

    def _of_site(self, base: str) -> tuple[list[str], list[Any]]:
        """Styles and scripts of the site, from a page at this depth."""
        if base not in self._links:
            self._links[base] = (
                [_from(base, path) for path in self.config.extra_css],
                [_from(base, str(script)) for script in self.config.extra_javascript],
            )
        return self._links[base]


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


def _template_page(view: PageView) -> TemplatePage:
    return TemplatePage(
        view.title,
        view.url,
        view.content,
        list(contents(view.toc)),
        view.meta,
        view.canonical_url,
        view.context.edit_url,
        view.is_homepage,
    )


def contents(entries: Sequence[TocEntry]) -> TableOfContents:
    """The table of contents in the form of MkDocs; its titles are HTML."""
    return TableOfContents([_anchor_link(entry) for entry in entries])


def _anchor_link(entry: TocEntry) -> AnchorLink:
    link = AnchorLink(escape(entry.title, quote=False), entry.id, entry.level)
    link.children = [_anchor_link(child) for child in entry.children]
    return link
