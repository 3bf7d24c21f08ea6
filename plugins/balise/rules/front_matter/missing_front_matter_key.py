from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from balise.base.findings import Finding, Severity
from balise.base.source import Span
from balise.rules.base import PageRule, RuleContext, RuleOptions
from balise.rules.helpers.front_matter_keys import Key, allowed_keys, misspelled_key


class Options(RuleOptions, frozen=True):
    keys: Annotated[tuple[Key, ...], Meta(description="Keys that every page needs")] = ("title",)


class MissingFrontMatterKey(PageRule):
    name = "missing-front-matter-key"
    group = "front-matter"
    summary = "The front matter lacks a key that every page needs"
    severity = Severity.ERROR
    options: Options = Options()

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        document, required = context.document, self.options.keys
        silent = {"unreadable", "empty", "front-matter-unclosed", "front-matter-syntax"}
        known = allowed_keys(document)
        if known is None or not required or any(p.kind in silent for p in document.problems):
            return
        front_matter = document.front_matter
        if front_matter is None:
            keys = ", ".join(f"`{key}`" for key in required)
            message = f"the page has no front matter; it needs {keys} between two lines `---`"
            yield self.finding(document, Span(0, 0), message)
            return
        start = Span(front_matter.span.start, front_matter.span.start + 3)
        for key in required:
            entry = front_matter.get(key)
            if entry is None:
                if key in [
                    misspelled_key(entry.key, known | {key}) for entry in front_matter.entries
                ]:
                    continue  # misspelt: `unknown-front-matter-key` says so
                message = f"the front matter has no `{key}`"
                yield self.finding(document, start, message)
            elif not entry.value.strip() and entry.kind in ("text", "null"):
                yield self.finding(document, entry.key_span, f"`{key}` is empty")
