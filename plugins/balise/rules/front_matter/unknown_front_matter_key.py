from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta
from msgspec.structs import replace

from balise.base.findings import Cause, Finding, Fix, Keeps, Severity
from balise.rules.base import PageRule, RuleContext, RuleOptions
from balise.rules.helpers.front_matter_keys import Key, allowed_keys, misspelled_key


class Options(RuleOptions, frozen=True):
    keys: Annotated[tuple[Key, ...], Meta(description="Keys that every page may have besides")] = ()


class UnknownFrontMatterKey(PageRule):
    name = "unknown-front-matter-key"
    group = "front-matter"
    summary = "The front matter has a key that means nothing"
    fixable = "sometimes"
    options: Options = Options()

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document = context.document
        known = allowed_keys(document)
        if known is None or document.front_matter is None:
            return
        known |= frozenset(self.options.keys)
        present = {entry.key for entry in document.front_matter.entries}
        for entry in document.front_matter.entries:
            if entry.key in known:
                continue
            message = f"`{entry.key}` is not a key of this kind of page, so nothing reads it"
            found = misspelled_key(entry.key, known)
            fix = None
            if found and found not in present:
                message += f"; did you mean `{found}`?"
                present.add(found)
                title = f"rename `{entry.key}` to `{found}`"
                fix = Fix.replacement(
                    entry.key_span, found, title, safe=True, removes=entry.key, keeps=Keeps.HTML
                )
            elif found:
                message += f"; `{found}` is there as well: remove one of the two"
            if found:
                yield self.finding(document, entry.key_span, message, fix=fix)
            else:
                cause = Cause(context.collection.root, entry.key, message)
                finding = self.finding(document, entry.key_span, message, cause=cause)
                yield replace(finding, severity=Severity.INFO)
