from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from balise.base.findings import Cause, Finding
from balise.rules.base import PageRule, RuleContext, RuleOptions


class Options(RuleOptions, frozen=True):
    same_language: Annotated[
        bool,
        Meta(description="Whether a page in the same language of another country is found as well"),
    ] = False


class UntranslatedLink(PageRule):
    name = "untranslated-link"
    group = "links"
    summary = "A link leads to a page that does not exist in the language it asks for"
    options: Options = Options()

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        collection = context.collection
        for link, target in context.links:
            if not target.fallback_locale:
                continue
            name = collection.names[target.path]
            alike = target.fallback_locale.startswith(f"{name.language}-")
            if alike and not self.options.same_language:
                continue
            title = collection.pages[target.path].value("title")
            message = f"the page does not exist in {target.fallback_locale}; the site leads to the one in {name.locale}"
            message += f", “{title}”" if title else ""
            cause = Cause(target.path, target.fallback_locale, message)
            yield self.finding(context.document, link.span, message, cause=cause)
