"""What is to be published, and how: the configuration of balise and the settings of the site."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import msgspec
from msgspec.structs import replace

from balise.base.errors import UserError
from balise.base.paths import absolute_path
from balise.base.suggestions import did_you_mean
from balise.check.baseline import BASELINE_FILE
from balise.check.pipeline import CheckSettings
from balise.collection import Collection
from balise.config import Config, Configuration, Dialect, HtmlMode, Translations
from balise.document import PageName, page_name
from balise.publish.cards.model import CardLook
from balise.publish.drafts import Drafts, new_draft
from balise.publish.picture_copies import Format
from balise.publish.pictures import PictureSizes
from balise.publish.site import Site, SiteSettings
from balise.rules.html.unsafe_html import Options as UnsafeHtmlOptions
from balise.rules.html.unsafe_html import UnsafeHtml
from balise.syntax.unsafe_html import AllowedHtml
from balise.workspace.discovery import PageFile, Scope, discover
from balise.workspace.store import Store


@dataclass(frozen=True, kw_only=True)
class Project:
    """A collection that is published, and the settings of its site.

    `site_dir` is where the site will be, `site_url` its address with a `/` at its end, empty if
    it is not known. `locales` are those that are published, none for all. `edit_base` is the
    address below which the source of each page can be edited, empty if there is none.
    With `markdown` each page has a copy in plain Markdown beside it.
    A build that is `strict` ends where a `check` finds what makes one fail.
    With `click_to_load` pages show nothing of other sites before the reader asks for it.
    The site has copies of pictures in the `picture_formats`.
    With a `card_look` each page has a social card that looks like that.
    With `stale_notice` readers are told of stale translations, as far as a `check` finds them.
    With `untranslated` a guide that a locale lacks has a page there that leads to the others.
    `report_form` is the address where problems are reported, with fields, as `report_url` fills them in; with
    `contributors` guides name who wrote them.
    With an `entrance` a page leads to all locales, under the `site_name`.
    `manual_title` is the name of the rest of the site, the manual, empty where there is none;
    `index_manual` whether its search index is made here, `list_manual` whether its sitemap is, or
    the manual has its own in `sitemap.xml`.
    """

    configuration: Configuration
    site_dir: Path
    site_url: str = ""
    locales: tuple[str, ...] = ()
    edit_base: str = ""
    site_name: str = ""
    entrance: bool = False
    manual_title: str = ""
    processes: int = 1
    card_look: CardLook | None = None
    check: bool = True
    click_to_load: bool = False
    markdown: bool = False
    stale_notice: bool = False
    untranslated: bool = False
    picture_formats: tuple[Format, ...] = ()
    strict: bool = False
    search: bool = True
    report_form: str = ""
    contributors: bool = False
    index_manual: bool = True
    list_manual: bool = True

    def require_separate_folders(self) -> None:
        """Raise UserError where the site would be among its own sources, or they in it."""
        site = self.site_dir.resolve()
        guides = self.configuration.guides.resolve()
        if site.is_relative_to(guides):
            raise UserError(
                f"`site_dir` ({site}) is in the folder of the guides ({guides}): "
                "a build would read what the last one made; name a folder outside of it"
            )
        for source in (guides, self.configuration.root.resolve()):
            if source.is_relative_to(site):
                raise UserError(
                    f"`site_dir` ({site}) holds sources of the site ({source}), which a build "
                    "would remove; name a folder of its own for it"
                )

    @property
    def settings(self) -> Config:
        """The settings of balise."""
        return self.configuration.config

    @cached_property
    def translations(self) -> Translations | None:
        """How it is told what translations were made from; None where nobody asks."""
        return (
            CheckSettings.of(self.configuration).translations(self.settings) if self.check else None
        )

    @property
    def store(self) -> Store:
        """What is kept between runs."""
        return Store(self.configuration.root)

    @property
    def allowed_html(self) -> AllowedHtml | None:
        """What raw HTML may do on the site: all, or what the rule `unsafe-html` lets pass."""
        if self.settings.html is HtmlMode.AS_WRITTEN:
            return None
        options = self.settings.rules.get(UnsafeHtml.name, {})
        return msgspec.convert(options, UnsafeHtmlOptions).allowed

    @cached_property
    def guides(self) -> str:
        """The folder of the guides, as the paths of its pages begin."""
        return absolute_path(self.configuration.guides)

    @cached_property
    def homes(self) -> Sequence[PageName]:
        """A page of each locale that has a home; where none is written, of each with pages, since those are made."""
        folder = self.configuration.guides
        written = [name for file in folder.glob("home.*.md") if (name := page_name(file.name))]
        names = written or [name for page in self.scope().pages if (name := page_name(page.path))]
        by_locale = {name.locale: name for name in names}
        return [by_locale[locale] for locale in sorted(by_locale)]

    @property
    def sources(self) -> list[Path]:
        """The files in which settings stand."""
        names = ("pyproject.toml", "balise.toml", BASELINE_FILE)
        return [self.configuration.root / name for name in names]

    def reload_key(self) -> tuple[object, ...]:
        """What a served collection depends on beside its own files, to be compared."""
        known = self.configuration.root / BASELINE_FILE
        written = known.stat().st_mtime_ns if known.is_file() else 0
        return self.configuration, self.locales, self.check, self.stale_notice, self.search, written

    def scope(self, others: Sequence[PageFile] = ()) -> Scope:
        """The pages of the collection, and these others."""
        if not self.configuration.guides.is_dir():
            return Scope(list(others))
        configuration = self.configuration
        if configuration.config.dialect is Dialect.AUTO:
            # What is published is in the dialect, whether there are pages of it yet or not.
            config = replace(configuration.config, dialect=Dialect.OVH)
            configuration = replace(configuration, config=config)
        found = discover([configuration.guides], configuration)
        return replace(found, pages=[*found.pages, *others])

    def site(
        self,
        collection: Collection,
        sizes: PictureSizes | None = None,
        earlier: Site | None = None,
        drafts: Drafts = new_draft,
    ) -> Site:
        """The collection as it is published; `earlier` and `drafts` as of a `Site`.

        Raises UserError for a locale that it has not.
        """
        there = earlier.locales if earlier else {name.locale for name in collection.names.values()}
        unknown = [
            f"`locales`: there are no pages in `{name}`{did_you_mean(name, sorted(there))}"
            for name in self.locales
            if name not in there
        ]
        if unknown:
            raise UserError(*unknown)
        wanted = frozenset(self.locales or there)
        settings = SiteSettings(self.site_url, self.allowed_html)
        return Site(collection, wanted, settings, sizes or PictureSizes(), drafts, earlier=earlier)
