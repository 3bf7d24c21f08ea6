"""Code and calls of the API: an option, path, address, command, route or verb that is another one."""

from collections.abc import Callable, Iterator

from balise.base.source import Edit, Span
from balise.claims.code_terms import Term, TermKind, code_terms, term_kind
from balise.claims.outline import api_calls, call_name
from balise.document import ApiCall
from balise.mutants.guides import MutationContext
from balise.mutants.model import Mutation
from balise.mutants.spelling import last_name, misspelled

DASHES = ("-", "\u2013", "\u2014")
VERBS = ("GET", "POST", "PUT", "DELETE")


def term_changed(kind: TermKind) -> Callable[[MutationContext], Iterator[Mutation]]:
    """Makes what changes a term of a kind in a block of code."""

    def mutations(context: MutationContext) -> Iterator[Mutation]:
        fences = context.page.document.fences
        blocks = {
            page.locale: [set(code.terms) for code in page.claims.outline.code]
            for page in context.others
        }
        for number, fence in enumerate(fences):
            there = {loc: all_[number] for loc, all_ in blocks.items() if len(all_) == len(fences)}
            taken = set[str]().union(*there.values())
            for term in code_terms(fence.code.text):
                if term_kind(term.text) != kind or not context.agree(
                    {loc: term.text in terms for loc, terms in there.items()}, True
                ):
                    continue
                now = _changed(term, kind, context)
                if now and now not in taken and now not in fence.code.text:
                    span = fence.code.span(term.start, term.end)
                    yield Mutation((Edit(span, now, term.text),), term.text, now)

    return mutations


def verb_changed(context: MutationContext) -> Iterator[Mutation]:
    """A call of the API with another verb."""
    text = context.page.source.text
    for call in _agreed_calls(context):
        written = text[call.span.start : call.span.end]
        at = written.upper().find(call.verb)
        if call.verb in VERBS and at >= 0:
            now = context.chance.choice([verb for verb in VERBS if verb != call.verb])
            span = Span(call.span.start + at, call.span.start + at + len(call.verb))
            edit = Edit(span, now, text[span.start : span.end])
            yield Mutation((edit,), call_name(call), f"{now} {call.path}")


def route_changed(context: MutationContext) -> Iterator[Mutation]:
    """A call of the API with a misspelled route."""
    text = context.page.source.text
    for call in _agreed_calls(context):
        start = call.span.end - len(call.path)
        name = last_name(call.path)
        if call.verb and name and text[start : call.span.end] == call.path:
            span = Span(start + name.start(), start + name.end())
            now = misspelled(name[0], context.chance)
            path = call.path[: name.start()] + now + call.path[name.end() :]
            yield Mutation((Edit(span, now, name[0]),), call_name(call), f"{call.verb} {path}")


def _agreed_calls(context: MutationContext) -> Iterator[ApiCall]:
    mine = list(api_calls(context.page.document))
    theirs = {
        page.locale: calls
        for page in context.others
        if len(calls := page.claims.outline.calls) == len(mine)
    }
    for number, call in enumerate(mine):
        values = {locale: calls[number] for locale, calls in theirs.items()}
        if context.agree(values, call_name(call)):
            yield call


def _changed(term: Term, kind: TermKind, context: MutationContext) -> str | None:
    """The term with its last name misspelled; None of one that has none."""
    if kind == "option":
        name = term.text.lstrip("".join(DASHES))
        return term.text[: len(term.text) - len(name)] + misspelled(name, context.chance)
    found = last_name(term.text)
    if found is None:
        return None
    now = misspelled(found[0], context.chance)
    return term.text[: found.start()] + now + term.text[found.end() :]
