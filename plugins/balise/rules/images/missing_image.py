import re
from collections.abc import Iterator, Sequence
from posixpath import join

from balise.base.findings import Cause, Finding, Severity
from balise.base.suggestions import nearest
from balise.collection import Collection, may_mean, picture_path
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.address_display import display_address

NUMBERS = re.compile(r"[0-9]+")
PICTURES = "images"
"""The folder beside a page that its pictures are in."""


class MissingImage(PageRule):
    name = "missing-image"
    group = "images"
    summary = "A picture is not there"
    severity = Severity.ERROR
    reach = "everywhere"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        collection, document = context.collection, context.document
        for image, picture in context.pictures:
            if picture.kind == "empty":
                yield self.finding(document, image.span, "the picture has no address")
            elif picture.kind == "outside":
                message = f"`{display_address(image.src)}` lies outside of the guides; put a copy beside this page"
                yield self.finding(document, image.span, message)
            elif picture.kind in ("local", "malformed"):
                what = "a place on one computer: readers cannot see it"
                what = what if picture.kind == "local" else "not a valid address"
                yield self.finding(
                    document, image.span, f"`{display_address(image.src)}` is {what}"
                )
            elif picture.kind == "missing":
                found = _meant(picture.path, collection)
                written = found and picture_path(image.src, document.path, found)
                hint = f"; did you mean `{written}`?" if written else ""
                message = f"the picture `{display_address(image.src)}` is not there{hint}"
                cause = Cause(picture.path, "", message)
                yield self.finding(document, image.span, message, cause=cause)


def _meant(path: str, collection: Collection) -> str | None:
    """The path of the picture that may have been meant: one beside it, or of its name in `images`."""
    folder, _, name = path.rpartition("/")
    if found := _like(name, collection.files_near(path)):
        return join(folder, found)
    own = join(folder, PICTURES, name)
    return own if name in collection.files_near(own) else None


def _like(name: str, there: Sequence[str]) -> str | None:
    """The picture that is most like one.

    Pictures are numbered: one with another number is another picture, however near its name.
    """
    stem, numbers = name.rpartition(".")[0] or name, NUMBERS.findall(name)
    stems = {
        other.rpartition(".")[0]: other for other in there if NUMBERS.findall(other) == numbers
    }
    alone = len(stems) == 1 and any(len(number) > 1 for number in numbers)
    found = next(iter(stems)) if alone else nearest(stem, stems)
    return stems[found] if found and may_mean(stem, found) else None
