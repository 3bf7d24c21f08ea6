import re
from collections.abc import Iterator, Sequence

from balise.base.findings import Finding, Severity
from balise.base.suggestions import nearest
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.address_display import display_address

NUMBERS = re.compile(r"[0-9]+")


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
                path = picture.path
                hint = _hint(path.rpartition("/")[2], collection.files_near(path))
                message = f"the picture `{display_address(image.src)}` is not there{hint}"
                yield self.finding(document, image.span, message)


def _hint(name: str, there: Sequence[str]) -> str:
    """Pictures are numbered: one with another number is another picture, however near its name."""
    stem, numbers = name.rpartition(".")[0] or name, NUMBERS.findall(name)
    stems = {
        other.rpartition(".")[0]: other for other in there if NUMBERS.findall(other) == numbers
    }
    alone = len(stems) == 1 and any(len(number) > 1 for number in numbers)
    found = next(iter(stems)) if alone else nearest(stem, stems)
    return f"; did you mean `{stems[found]}`?" if found else ""
