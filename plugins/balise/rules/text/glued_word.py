from collections.abc import Iterator, Mapping

from balise.base.findings import Finding, Fix
from balise.base.source import Span
from balise.document import CodeSpan, Document, Emphasis, Link, Residue
from balise.document.language import languages
from balise.rules.base import PageRule, RuleContext
from balise.syntax.link import EXTERNAL_CLASSES

Owner = Link | CodeSpan | Emphasis
NAMES: Mapping[type[Owner], str] = {Link: "link", CodeSpan: "code", Emphasis: "label"}


class GluedWord(PageRule):
    name = "glued-word"
    group = "text"
    summary = "No space stands between a link or code and the word beside it"
    fixable = "always"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document = context.document
        glued = dict.fromkeys(document.residues_of("glued-word"))
        name = context.collection.names.get(document.path)
        language = languages().get(name.language) if glued and name else None
        if language is None:
            return
        owners: tuple[Owner, ...] = (*document.links, *document.code_spans, *document.emphases)
        ends = {_end(owner): owner for owner in owners if _is_whole(owner, owner.text[-1:])}
        starts = {owner.span.start: owner for owner in owners if _is_whole(owner, owner.text[:1])}
        endings = language.endings | EXTERNAL_CLASSES
        for residue in glued:
            if len(residue.text) == 1 and residue.text.lower() not in language.common:
                continue  # a part of a name: v`2`
            start, end = residue.span.start, residue.span.end
            if start in ends and residue.text not in endings:
                yield self._finding(document, residue, ends[start], start)
            if end in starts:
                yield self._finding(document, residue, starts[end], end)

    def _finding(self, document: Document, residue: Residue, owner: Owner, at: int) -> Finding:
        """The finding about a word, and a space at the offset between it and its neighbour."""
        behind = at == residue.span.start
        message = f"no space stands between the {NAMES[type(owner)]} and `{residue.text}`"
        title = f"put a space {'in front of' if behind else 'behind'} `{residue.text}`"
        fix = Fix.replacement(Span(at, at), " ", title, safe=False)
        return self.finding(document, residue.span, message, fix=fix)


def _end(owner: Owner) -> int:
    """Where it ends, with its attribute lists."""
    return (owner.attributes[-1].span if owner.attributes else owner.span).end


def _is_whole(owner: Owner, side: str) -> bool:
    """Whether its text has a word at a side: no space, no hyphen, and no text was caught in code."""
    return side.strip(" -") != "" and not owner.text.startswith("{")
