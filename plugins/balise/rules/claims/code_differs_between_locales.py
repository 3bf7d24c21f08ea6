from collections.abc import Iterator

from balise.base.findings import Cause, Finding, Related
from balise.base.source import Span
from balise.claims.code_differences import CodeDifference, code_differences
from balise.claims.code_terms import Term, code_terms, is_misspelled, may_stand_for, term_kind
from balise.document import Fence
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.translation_phrases import translations_have


class CodeDiffersBetweenLocales(PageRule):
    name = "code-differs-between-locales"
    group = "claims"
    summary = "Code has another command, option, path or address than in most translations"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document, collection = context.document, context.collection
        if not document.fences or _is_as_in_original(context) or len(context.outlines) < 2:
            return
        own, original = next(iter(context.outlines)), collection.scheme.original
        for one in code_differences(own, context.outlines, original):
            locale = one.term.locales[0]
            other = collection.documents[context.translations[locale]]
            ours, theirs = document.fences[one.block], other.fences[one.there]
            mine = _term(ours, one.term.index)
            there = _term(theirs, one.term.there)
            if _may_differ(one, (ours, mine), (theirs, there)):
                continue
            if one.term.missing:
                having = translations_have(one.term.locales, "it")
                message = f"`{there.text}` is missing behind `{mine.text}`; {having}"
            else:
                having = translations_have(one.term.locales, f"`{there.text}`")
                message = f"`{mine.text}` stands here, but {having}"
            related = Related(other.path, _place(theirs, there), f"the code in {locale}")
            cause = Cause(context.guide, there.text, message)
            place = _place(ours, mine)
            yield self.finding(document, place, message, related=(related,), cause=cause)


def _is_as_in_original(context: RuleContext) -> bool:
    theirs = context.original
    return theirs is not None and theirs.code == context.claims.outline.code


def _may_differ(one: CodeDifference, ours: tuple[Fence, Term], theirs: tuple[Fence, Term]) -> bool:
    """Whether the difference says nothing.

    Options are compared of the same command alone, and words where all else in their lines is the same.
    """
    (our_fence, mine), (their_fence, there) = ours, theirs
    kind = term_kind(there.text)
    if not one.term.missing and is_misspelled(mine.text, there.text):
        return False
    if kind == "option" and mine.command != there.command:
        return True
    if one.term.missing:
        return kind != "option" or there.text in our_fence.code.text
    if may_stand_for(mine.text, there.text):
        return True
    rest = our_fence.code.text[mine.end : mine.line_end].split()
    their_rest = their_fence.code.text[there.end : there.line_end].split()
    return kind == "word" and (not rest or rest != their_rest)


def _term(fence: Fence, index: int) -> Term:
    return next(term for n, term in enumerate(code_terms(fence.code.text)) if n == index)


def _place(fence: Fence, term: Term) -> Span:
    return fence.code.span(term.start, term.end)
