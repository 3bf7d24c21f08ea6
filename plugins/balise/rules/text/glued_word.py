from collections.abc import Iterator, Mapping

from balise.base.findings import Finding, Fix
from balise.base.source import Span
from balise.document import CodeSpan, Document, Emphasis, Link
from balise.document.language import languages
from balise.rules.base import PageRule, RuleContext
from balise.syntax.link import EXTERNAL_CLASSES

Owner = Link | CodeSpan | Emphasis
NAMES: Mapping[type[Owner], str] = {Link: "link", CodeSpan: "code", Emphasis: "label"}


class GluedWord(PageRule):
    name = "glued-word"
    group = "text"
    summary = "No space stands between a link or code and the word behind it"
    fixable = "always"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document = context.document
        glued = tuple(document.residues_of("glued-word"))
        name = context.collection.names.get(document.path)
        language = languages().get(name.language) if glued and name else None
        if language is None:
            return
        endings = language.endings | EXTERNAL_CLASSES
        owners = _owners(document)
        for residue in glued:
            owner = owners.get(residue.span.start)
            if owner is None or residue.text in endings or not _ends_by_itself(owner):
                continue
            message = f"no space stands between the {NAMES[type(owner)]} and `{residue.text}`"
            title = f"put a space in front of `{residue.text}`"
            place = Span(residue.span.start, residue.span.start)
            fix = Fix.replacement(place, " ", title, safe=False)
            yield self.finding(document, residue.span, message, fix=fix)


def _owners(document: Document) -> Mapping[int, Owner]:
    """Where each link, code span and label ends, with its attribute lists -> which it is."""
    owners: tuple[Owner, ...] = (*document.links, *document.code_spans, *document.emphases)
    return {(o.attributes[-1].span if o.attributes else o.span).end: o for o in owners}


def _ends_by_itself(owner: Owner) -> bool:
    """Whether a reader sees it end in a word: not in a blank or hyphen, and no text was caught in code."""
    return owner.text != "" and owner.text[-1] not in " -" and owner.text[0] != "{"
