"""What can be set: the types that the file, its mistakes and the JSON schema are made from."""

from enum import Enum
from string import Formatter
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from balise.base.findings import Severity
from balise.config.kinds import (
    AnchorPattern,
    FilePath,
    LocaleName,
    PathPattern,
    Pattern,
    RuleCatalog,
    RuleName,
    SourceLocale,
    TextKind,
)

ARTICLE = "{area}-{full_slug}"
"""How the addresses of articles end."""


def _wrong_site(value: str, known: RuleCatalog | None) -> str:
    if value.startswith(("https://", "http://")) and value.endswith("/"):
        return _wrong_host(value)
    return " must begin with `https://` and end with `/`"


def _wrong_host(value: str) -> str:
    from urllib.parse import urlsplit  # only a setting pays for loading it

    try:
        is_there = bool(urlsplit(value).hostname)
    except ValueError:
        is_there = False
    return "" if is_there else f": `{value}` is not a valid address"


def _wrong_manual(value: str, known: RuleCatalog | None) -> str:
    return _wrong_site(value, known) if value else ""


def _wrong_number_address(value: str, known: RuleCatalog | None) -> str:
    return "" if value.count("{number}") == 1 else f": `{value}` has no `{{number}}`"


def _wrong_article_address(value: str, known: RuleCatalog | None) -> str:
    if not value.startswith(("https://", "http://")):
        return " must begin with `https://`"
    if value.endswith(ARTICLE) and value.count("{") == ARTICLE.count("{"):
        return _wrong_host(value)
    return f": `{value}` does not end with `{ARTICLE}`"


def _template(*fields: str) -> Meta:
    """The annotation of an address with these placeholders."""

    def wrong(value: str, known: RuleCatalog | None) -> str:
        try:
            parts = [part for part in Formatter().parse(value) if part[1] is not None]
        except ValueError as error:
            return f": {error}"
        if unknown := sorted({field or "" for _, field, _, _ in parts} - {*fields}):
            there = ", ".join(f"`{{{field}}}`" for field in sorted(fields))
            return f": there is no `{{{unknown[0]}}}`; there are {there}"
        for _, field, form, conversion in parts:
            if form or conversion:
                return f": write `{{{field}}}` with nothing behind the name"
        return "" if value.endswith("/") else " must end with `/`"

    return TextKind("an address", "addresses", wrong).meta()


Site = Annotated[str, TextKind("an address", "addresses", _wrong_site).meta()]
Manual = Annotated[str, TextKind("an address", "addresses", _wrong_manual).meta()]
NumberAddress = Annotated[str, TextKind("an address", "addresses", _wrong_number_address).meta()]

ArticleAddress = Annotated[str, TextKind("an address", "addresses", _wrong_article_address).meta()]


class Urls(msgspec.Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """How the published site makes addresses; the defaults are those of OVH's guides.

    `site` is where it is published; absolute links there are links to pages of the collection.
    The other addresses count from there and end in `/`. `locale` begins each of them,
    `short_locale` where zone and language read alike (`fr-fr`); `page` is that of a page with a
    `slug` below the `{products}` above it, `page_without_slug` of one without, `numbered` an old
    one by `{number}`, which redirects. `number_addresses` are the absolute ones of older systems,
    with `*` for anything within a part of the path. `article_addresses` are those of a help centre,
    which end in the `{area}` of the locale and the `{full_slug}` of the guide. `original` is the locale that guides are
    translated from; `fallbacks` are the locales a link leads to where its own has no such page,
    behind those of the same language.
    """

    site: Site = "https://docs.ovh.com/"
    locale: Annotated[str, _template("zone", "language")] = "{zone}/{language}/"
    short_locale: Annotated[str, _template("zone", "language")] = "{zone}/"
    page: Annotated[str, _template("locale", "products", "slug", "full_slug", "folder")] = (
        "{locale}{products}{slug}/"
    )
    page_without_slug: Annotated[str, _template("locale", "products", "folder")] = (
        "{locale}{folder}/"
    )
    numbered: Annotated[str, _template("locale", "number")] = "{locale}g{number}/"
    number_addresses: tuple[NumberAddress, ...] = (
        "*ovh*/g{number}",
        "*ovh*/*/g{number}",
        "*ovh*/*/guides/g{number}",
        "*ovh*/*/*/guides/g{number}",
    )
    article_addresses: tuple[ArticleAddress, ...] = (
        "https://help.ovhcloud.com/csm/{area}-{full_slug}",
    )
    original: str = "fr-fr"
    fallbacks: tuple[str, ...] = ("en-gb", "fr-fr")


OVH_URLS = Urls()


class Dialect(Enum):
    """How pages are read: `github` is plain Markdown, with the habits of GitHub.

    With `auto` a tree without a configuration, and without any page of the dialect, is plain.
    """

    AUTO = "auto"
    OVH = "ovh"
    GITHUB = "github"


class LayoutChoice(Enum):
    """How the files of a collection are laid out.

    `tree` has pages of homes, universes and products above its guides, `index` one file that says
    what stands where. With `auto` it is told by the files in the folder of the guides.
    """

    AUTO = "auto"
    TREE = "tree"
    INDEX = "index"


class Generated(msgspec.Struct, frozen=True):
    """What there is on the site that no file of the collection has, by patterns.

    `pages` are of paths from the collection's root. Each of the `anchors` has behind its last `#`
    the name, with `*` and `?`, and in front of it a pattern of pages; without one, it is of all.
    """

    pages: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()


class Translations(
    msgspec.Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True
):
    """How it is told what translations were made from.

    Guides are written in `source_locale`; empty for the locale in which each was committed first.
    A commit that changes more than `bulk_commit_files` pages changes none of them for real. The
    front matter of a translation may name the commit of its source with one of `commit_keys`.
    """

    source_locale: SourceLocale = ""
    bulk_commit_files: Annotated[int, Meta(ge=1)] = 50
    commit_keys: Annotated[tuple[str, ...], Meta(min_length=1)] = (
        "default_lang_commit",
        "l10n.sourceCommit",
    )


class HtmlMode(Enum):
    """What is printed of raw HTML: all of it as written, or only what is safe."""

    AS_WRITTEN = "as-written"
    SAFE = "safe"


class Level(Enum):
    """The severity that a team gives to a rule; `off` for none."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    OFF = "off"

    @property
    def severity(self) -> Severity | None:
        """The severity of findings, or None if they are left out."""
        return None if self is Level.OFF else Severity(self.value)


RuleNames = tuple[RuleName, ...]
Levels = dict[RuleName, Level]


class Override(
    msgspec.Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True
):
    """What differs for some pages: rules or groups left out, and other severities."""

    ignore: RuleNames = ()
    severity: Levels = {}


class Config(msgspec.Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """Settings of balise."""

    extends: Annotated[
        FilePath, Meta(description="Another configuration that this one adds to")
    ] = ""
    guides: Annotated[
        str, Meta(description="Folder of the collection; empty for `guides`, else `pages`")
    ] = ""
    layout: Annotated[LayoutChoice, Meta(description="How the collection is laid out")] = (
        LayoutChoice.AUTO
    )
    select: Annotated[
        RuleNames, Meta(description="Rules or groups to use; empty for all that are on by default")
    ] = ()
    extend_select: Annotated[RuleNames, Meta(description="Rules or groups to use besides")] = ()
    ignore: Annotated[RuleNames, Meta(description="Rules or groups not to use")] = ()
    extend_ignore: Annotated[RuleNames, Meta(description="Rules or groups not to use besides")] = ()
    fixable: Annotated[
        RuleNames, Meta(description="Rules or groups whose fixes are offered; empty for all")
    ] = ()
    unfixable: Annotated[
        RuleNames, Meta(description="Rules or groups whose fixes are not offered")
    ] = ()
    fail_on: Annotated[
        Severity, Meta(description="Least severity of findings that makes a check fail")
    ] = Severity.WARNING
    include: Annotated[tuple[Pattern, ...], Meta(description="Files that are pages")] = ("*.md",)
    exclude: Annotated[
        tuple[Pattern, ...], Meta(description="Files and folders that are left out")
    ] = ()
    force_exclude: Annotated[
        bool, Meta(description="Whether files that are named are left out as those of a folder")
    ] = False
    manual: Annotated[
        Manual, Meta(description="Where the pages about rules are published, for reports")
    ] = ""
    dialect: Annotated[Dialect, Meta(description="How pages are read")] = Dialect.AUTO
    pages: Annotated[
        tuple[PathPattern, ...],
        Meta(description="Pages and files that other tools make, from the collection's root"),
    ] = ()
    anchors: Annotated[
        tuple[AnchorPattern, ...],
        Meta(description="Anchors that other tools make, `anchor` or `page#anchor`"),
    ] = ()
    urls: Annotated[Urls, Meta(description="Addresses of the published site")] = OVH_URLS
    translations: Annotated[
        Translations, Meta(description="How it is told what translations were made from")
    ] = Translations()
    html: Annotated[
        HtmlMode, Meta(description="Whether raw HTML is printed where it is unsafe")
    ] = HtmlMode.AS_WRITTEN
    severity: Annotated[Levels, Meta(description="Severities of rules or groups")] = {}
    per_path: Annotated[
        dict[PathPattern, Override], Meta(description="What differs for files, by pattern")
    ] = {}
    per_locale: Annotated[
        dict[LocaleName, Override], Meta(description="What differs for locales or languages")
    ] = {}
    rules: Annotated[
        dict[str, dict[str, Any]], Meta(description="Options of rules, by name of the rule")
    ] = {}

    @property
    def generated(self) -> Generated:
        """What other tools make of the collection."""
        return Generated(self.pages, self.anchors)
