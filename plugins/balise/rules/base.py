"""What a rule is: a stateless generator, facts in, findings out.

There are four kinds, told by what a rule has to see: a page, a collection, a collection and what it
was at a revision, or a suppression.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar, Literal, Protocol

import msgspec

from balise.base.findings import Cause, Finding, Fix, Related, Severity
from balise.base.source import Span
from balise.claims import (
    Claims,
    Contradiction,
    Outline,
    SwappedSections,
    as_meant,
    contradictions,
    swapped_sections,
)
from balise.collection import Collection, Picture, Target, find_picture, resolve
from balise.collection.layouts import LAYOUTS
from balise.document import Document, Image, Link, Suppression
from balise.document.language import words_of


class RuleOptions(
    msgspec.Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True
):
    """What can be set for a rule, with its defaults; by itself, for one without options."""


Reach = Literal["dialect", "markdown", "everywhere"]
"""Where what a rule says is true: in a collection in the dialect; in plain Markdown as well; inside
of markup of other systems as well, which is not read as it is meant."""

Fixable = Literal["no", "sometimes", "always"]


class PageFacts(Protocol):
    """All that was read in a page."""

    @property
    def document(self) -> Document:
        """Its facts."""

    @property
    def claims(self) -> Claims:
        """Its claims."""


class HasPath(Protocol):
    """A page or another file, by its path."""

    @property
    def path(self) -> str:
        """The path, as that of a document."""


class Revision(msgspec.Struct, frozen=True):
    """A collection as it was at a commit.

    `touched` are the files that are different today, `moved` leads from old paths to new ones.
    """

    collection: Collection
    touched: frozenset[str] = frozenset()
    moved: Mapping[str, str] = {}


@dataclass(frozen=True)
class RuleContext:
    """All that a rule sees of one page: its facts, its claims, and the collection around it.

    `all_claims` are the claims of all pages by path, `versions` what pages were at earlier commits
    by the names of these versions (see `Origin`).
    """

    document: Document
    claims: Claims
    collection: Collection
    all_claims: Mapping[str, Claims] = field(default_factory=dict)
    versions: Mapping[str, PageFacts] = field(default_factory=dict)

    @cached_property
    def swapped_sections(self) -> SwappedSections | None:
        """Two sections of the page that stand below each other's heading, if there are any."""
        return swapped_sections(self.claims)

    @cached_property
    def meant_claims(self) -> Claims:
        """The claims of the page, as if no sections were swapped."""
        return as_meant(self.claims, self.swapped_sections)

    @cached_property
    def contradictions(self) -> Sequence[Contradiction]:
        """Where the page contradicts itself, or what is known of ports, besides swapped sections."""
        return contradictions(self.meant_claims)

    @cached_property
    def translations(self) -> Mapping[str, str]:
        """Locale -> the path of the same guide in it, for the other locales, the original first."""
        names = self.collection.structure.names  # which siblings there are is tracked
        siblings = self.collection.siblings(self.document.path)
        return {names[path].locale: path for path in siblings}

    @property
    def guide(self) -> str:
        """The folder of the guide that the page is in one locale."""
        return self.document.path.rpartition("/")[0]

    @cached_property
    def outlines(self) -> Mapping[str, Outline]:
        """Locale -> the outline of the guide in it, this page's among them; none if it has no locale."""
        own = self.collection.names.get(self.document.path)
        if own is None:
            return {}
        others = {loc: self.all_claims[path].outline for loc, path in self.translations.items()}
        return {own.locale: self.claims.outline, **others}

    @cached_property
    def original(self) -> Outline | None:
        """The outline of the guide in the original locale, which may be this page; None without one.

        What a page and the original both have is outvoted by no translation.
        """
        original = self.collection.scheme.original
        own = self.collection.names.get(self.document.path)
        if own is None or own.locale == original:
            return self.claims.outline if own else None
        path = self.translations.get(original)
        return self.all_claims[path].outline if path else None

    @cached_property
    def links(self) -> Sequence[tuple[Link, Target]]:
        """Every link of the page, and what it means."""
        document, collection = self.document, self.collection
        return [
            (link, resolve(link.href, document.path, collection, html=link.kind == "html"))
            for link in document.links
        ]

    @cached_property
    def words(self) -> Sequence[str]:
        """The words of the page's paragraphs and tables, in lower case."""
        return words_of(self.document)

    @cached_property
    def canonical(self) -> Sequence[tuple[Link, Target]]:
        """The page that this one says to be a copy of, if it does, and what that means."""
        link = self.document.canonical
        return [(link, resolve(link.href, self.document.path, self.collection))] if link else []

    @cached_property
    def pictures(self) -> Sequence[tuple[Image, Picture]]:
        """Every picture of the page, and where it is."""
        document, collection = self.document, self.collection
        return [
            (image, find_picture(image.src, document.path, collection, html=image.html))
            for image in document.images
        ]


class Rule(ABC):
    """One thing that can be wrong. What a class says of itself is said nowhere else.

    `name` reads well behind "allow", `group` is how rules are selected together, `summary` is one
    sentence for lists, `fixable` says whether its findings carry a fix, `reach` which pages and parts
    of pages it may judge, `layouts` in which collections, by the names of their layouts. A rule that
    is not `on_by_default` runs only where it is selected. One that `needs_history` looks at the origins
    of translations, which are read for nothing else. What one that `follows_source` finds comes from a
    change of another page: where changes alone are checked, it fails nobody who left this one as it
    is. `options` are the defaults of what can be set;
    their class says what that is.
    """

    name: ClassVar[str]
    group: ClassVar[str]
    summary: ClassVar[str]
    severity: ClassVar[Severity] = Severity.WARNING
    fixable: ClassVar[Fixable] = "no"
    reach: ClassVar[Reach] = "dialect"
    layouts: ClassVar[AbstractSet[str]] = LAYOUTS.keys()
    on_by_default: ClassVar[bool] = True
    needs_history: ClassVar[bool] = False
    follows_source: ClassVar[bool] = False
    options: RuleOptions = RuleOptions()

    def __init__(self, options: RuleOptions | None = None) -> None:
        if options is not None:
            self.options = options

    def finding(
        self,
        at: HasPath,
        span: Span,
        message: str,
        *,
        related: tuple[Related, ...] = (),
        fix: Fix | None = None,
        cause: Cause | None = None,
    ) -> Finding:
        """A finding of this rule at a place of a page or of another file."""
        name, group, severity = self.name, self.group, self.severity
        return Finding(name, group, severity, message, at.path, span, related, fix, cause)

    def may_judge(self, collection: Collection) -> bool:
        """Whether it may judge the pages of a collection."""
        reaches = self.reach != "dialect" or not collection.plain
        return reaches and collection.layout.name in self.layouts


class PageRule(Rule):
    """A rule about one page. It runs on every page that is checked and that it may judge."""

    @abstractmethod
    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        """Every finding of this rule on the page."""


class CollectionRule(Rule):
    """A rule about all pages together, or about a file that is no page.

    It runs once for each collection that is checked as a whole.
    """

    @abstractmethod
    def check_collection(self, collection: Collection) -> Iterator[Finding]:
        """Every finding of this rule in the collection."""


class RevisionRule(Rule):
    """A rule about what a collection had at a revision and has lost since (`--against`)."""

    @abstractmethod
    def check_revision(self, old: Revision, new: Collection) -> Iterator[Finding]:
        """Every loss from `old` to `new`."""


class SuppressionRule(Rule):
    """A rule about comments that silence findings.

    What a comment silences is known only when the other rules have run: `balise.check.suppress`
    applies the comments to their findings, and asks this rule about those without use.
    """

    @abstractmethod
    def check_unused(
        self, document: Document, suppression: Suppression, names: Sequence[int]
    ) -> Iterator[Finding]:
        """Every finding about a suppression whose `names`, by index, silence nothing.

        If those are all that it has, that is one finding about all of it.
        """
