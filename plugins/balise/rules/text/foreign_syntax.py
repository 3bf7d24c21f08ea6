from collections import Counter
from collections.abc import Iterator, Mapping

from balise.base.findings import Finding, Severity
from balise.collection import Collection
from balise.document import Document, ForeignKind
from balise.rules.base import PageRule, RuleContext

PYTHON_MARKDOWN = "Python-Markdown (MkDocs)"
SYSTEMS: Mapping[ForeignKind, tuple[str, str]] = {
    "admonition": (PYTHON_MARKDOWN, "an admonition"),
    "details": (PYTHON_MARKDOWN, "a part that opens"),
    "tabs": (PYTHON_MARKDOWN, "a tab"),
    "snippet": (PYTHON_MARKDOWN, "an included file"),
    "mkdocstrings": ("mkdocstrings and the like (MkDocs)", "generated text"),
    "container": ("Docusaurus, VuePress or MyST", "a container"),
    "hugo": ("Hugo", "a shortcode"),
    "liquid": ("Jinja, Liquid or GitBook", "a tag"),
    "mdx": ("MDX (Docusaurus)", "code"),
    "myst": ("MyST (Sphinx)", "a directive"),
}
"""The system of each kind of markup, and what it is there."""

TEMPLATES = frozenset({"hugo", "liquid"})
"""Kinds whose every tag is an error in the dialect, by a rule of its own."""

LONGEST = 40
"""Characters of the markup that are shown."""


class ForeignSyntax(PageRule):
    name = "foreign-syntax"
    group = "text"
    summary = "Markup of another system is not read as it is meant"
    severity = Severity.INFO
    reach = "everywhere"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document, collection = context.document, context.collection
        seen: set[str] = set()
        for found in document.foreign:
            if found.kind not in SYSTEMS or (found.kind in TEMPLATES and not collection.plain):
                continue
            system, what = SYSTEMS[found.kind]
            if system in seen:
                continue
            seen.add(system)
            message = f"`{_shown(found.text)}` is {what} of {system}; "
            if not collection.plain:
                message += "balise publishes it as plain text"
                message += _more(_on_page(system, document), "of this page")
            elif document.path == min(there := _by_page(system, collection)):
                message += "it is read as plain Markdown"
                message += _more(sum(there.values()), f"on {_count(len(there), 'page')}")
            else:
                continue
            yield self.finding(document, found.span, message)


def _on_page(system: str, document: Document) -> int:
    """How often there is markup of a system on a page."""
    systems = (SYSTEMS[found.kind][0] for found in document.foreign if found.kind in SYSTEMS)
    return sum(other == system for other in systems)


def _by_page(system: str, collection: Collection) -> Mapping[str, int]:
    """How often there is markup of a system, by page."""
    found: Counter[str] = Counter()
    for kind, (other, _) in SYSTEMS.items():
        if other == system:
            found.update(collection.foreign.get(kind, {}))
    return found


def _more(places: int, where: str) -> str:
    return f" ({_count(places - 1, 'more place')} {where})" if places > 1 else ""


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _shown(text: str) -> str:
    """The beginning of some markup, fit to stand as code."""
    shown = text[:LONGEST].partition("`")[0].rstrip()
    return shown if shown == text else f"{shown}…"
