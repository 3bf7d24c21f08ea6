"""The theme around a page: MkDocs' templates with what they expect, and with the page's place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import jinja2
import mkdocs
from jinja2.bccache import Bucket
from mkdocs import utils
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.toc import AnchorLink, TableOfContents

from balise.publish.panel import Panel
from balise.publish.place import Entry, Place
from balise.render import TocEntry

ABSOLUTE = ("/", "#", "http://", "https://", "mailto:", "data:")
"""How addresses begin that do not count from the site's root."""
GUIDE, LISTING, NOT_FOUND = "guide.html", "listing.html", "not-found.html"
NAVIGATION = "partials/place-navigation.html"

TEMPLATES = (GUIDE, LISTING, NOT_FOUND, NAVIGATION)


@dataclass(slots=True)
class PageView:
    """A page of the collection as templates see one of MkDocs; its texts are HTML."""

    title: str
    url: str
    content: str = ""
    toc: Any = ()
    meta: dict[str, Any] = field(default_factory=dict)
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
    """Make an environment of MkDocs ready for a `Shell`, before anything is printed with it."""
    env.trim_blocks = env.lstrip_blocks = True
    env.bytecode_cache = CompiledOnce()


class Shell:
    """Puts pages into the theme's templates. Holds no page; safe to use in several processes."""

    def __init__(self, config: MkDocsConfig, env: jinja2.Environment, nav: Navigation) -> None:
        self.config = config
        self.nav = nav
        # a theme that has changed is a new environment: no need to look at its files for each page
        self.env = env.overlay(auto_reload=False)
        self.env.filters = {**env.filters, "url": _url_filter, "script_tag": _script_tag_filter}
        self._links: dict[str, tuple[list[str], list[Any]]] = {}

    def page(
        self, template: str, view: PageView | None, place: Place, words: Mapping[str, str],
        base: str, search: str, panel: Panel | None = None,
    ) -> str:  # fmt: skip
        """The whole HTML of a page. `base` leads to the site's root, without a `/` at its end."""
        css, scripts = self._of_site(base)
        return self.env.get_template(template).render(
            nav=self.nav,
            pages=(),
            base_url=base,
            extra_css=css,
            extra_javascript=scripts,
            mkdocs_version=mkdocs.__version__,
            build_date_utc=self.built,
            config=self.config,
            page=view,
            place=place,
            words=words,
            search_bundle=search,
            panel=panel,
        )

    def navigation(self, tree: Sequence[Entry], words: Mapping[str, str]) -> str:
        """The navigation of all pages that `tree` is for; none of them is marked."""
        return self.env.get_template(NAVIGATION).render(tree=tree, words=words)

    def load(self) -> None:
        """Read the templates of all pages."""
        for name in TEMPLATES:
            self.env.get_template(name)

    @cached_property
    def built(self) -> Any:
        """The time of the build, or that which `SOURCE_DATE_EPOCH` names."""
        return utils.get_build_datetime()

    @cached_property
    def root(self) -> str:
        """The path of the site on its server, with a `/` at both ends."""
        return urlsplit(self.config.site_url or "").path.rstrip("/") + "/"

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


def marked(navigation: str, url: str) -> str:
    """The navigation with the entry that leads to `url` marked as the page that is shown."""
    link = f'<a class="md-nav__link" href="{escape(url)}"'
    active = (
        f'<a class="md-nav__link md-nav__link--active" aria-current="page" href="{escape(url)}"'
    )
    return navigation.replace(link, active, 1)


def contents(entries: Sequence[TocEntry]) -> TableOfContents:
    """The table of contents in the form of MkDocs; its titles are HTML."""
    return TableOfContents([_anchor_link(entry) for entry in entries])


def _anchor_link(entry: TocEntry) -> AnchorLink:
    link = AnchorLink(escape(entry.title, quote=False), entry.id, entry.level)
    link.children = [_anchor_link(child) for child in entry.children]
    return link
