import re
from collections.abc import Iterator

from balise.base.findings import Cause, Finding, Related
from balise.claims.outline import api_calls, call_name
from balise.claims.votes import outvoted_items
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.translation_phrases import translations_have

PARAMETER = re.compile(r"\{[^{}]*+\}")


class ApiCallDiffersBetweenLocales(PageRule):
    name = "api-call-differs-between-locales"
    group = "claims"
    summary = "A call of the API is another one in most translations"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        mine = list(api_calls(context.document))
        original = context.original
        if not mine or (original and original.calls == context.claims.outline.calls):
            return
        calls = {
            locale: tuple(PARAMETER.sub("{}", call) for call in outline.calls)
            for locale, outline in context.outlines.items()
        }
        own = next(iter(calls), "")
        if not calls.get(own):
            return
        for one in outvoted_items(own, calls, context.collection.scheme.original):
            if one.missing:
                continue
            locale, call = one.locales[0], mine[one.index]
            there = context.collection.documents[context.translations[locale]]
            theirs = list(api_calls(there))[one.there]
            having = translations_have(one.locales, f"`{call_name(theirs)}`")
            message = f"`{call_name(call)}` stands here, but {having}"
            related = Related(there.path, theirs.span, f"the call in {locale}")
            cause = Cause(context.guide, theirs.path, message)
            yield self.finding(
                context.document, call.span, message, related=(related,), cause=cause
            )
