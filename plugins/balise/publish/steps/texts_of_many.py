"""Redirects, and files that are made from many pages together."""

from collections.abc import Callable
from functools import partial

from balise.base.digests import digest_of
from balise.check.traces import Trace
from balise.publish.build_context import BuildContext
from balise.publish.file_records import Record
from balise.publish.shared_texts import locale_texts, site_texts
from balise.publish.site_files import encoded
from balise.render import redirect_files


class TextsOfMany:
    """The step that writes them, where no page is."""

    def __init__(self, context: BuildContext) -> None:
        self.context = context

    def run(self) -> None:
        """Make all of them, and write those that are not there."""
        site, pages = self.context.site, self.context.pages
        taken = self.context.files.taken()
        redirects = redirect_files(site.collection, site.root, site.pages)
        found: list[tuple[str, Callable[[], str]]]
        found = [(target, partial(str, text)) for target, text in redirects.items()]
        found += site_texts(pages).items()
        for locale in sorted(site.locales):
            found += locale_texts(pages, locale).items()
        for target, make in found:
            self._write(target, make, taken)

    def _write(self, target: str, make: Callable[[], str], taken: set[str]) -> None:
        files = self.context.files
        name = files.fold(target)
        if name in taken or (self.context.staging / target).exists():
            return  # a page, or a file of the rest of the site
        taken.add(name)
        content = encoded(make())
        key = digest_of(content)
        if not files.stays(target, key) and not files.is_below_a_file(target):
            files.keep(target, Record(Trace(key), files.write(target, content), key))
