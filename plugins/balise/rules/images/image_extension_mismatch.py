"""`image-extension-mismatch`"""

from collections.abc import Iterator

from balise.base.findings import Finding, Fix, Severity
from balise.base.source import Edit
from balise.collection import picture_path
from balise.rules.base import PageFacts, Rule
from balise.rules.links.wording import shown


class ImageExtensionMismatch(Rule):
    name = "image-extension-mismatch"
    group = "images"
    summary = "The file of a picture has another extension than its name says"
    severity = Severity.ERROR
    fixable = "sometimes"

    def check(self, page: PageFacts) -> Iterator[Finding]:
        for image, picture in page.pictures:
            if picture.kind != "other-extension":
                continue
            address = picture_path(image.src, page.document, picture.there)
            message = f"there is no `{shown(image.src)}`, but `{address}`"
            fix = None
            if image.address:
                edit = Edit(image.address, address)
                fix = Fix(f"write `{address}`", safe=True, edits=(edit,))
            yield self.finding(page.document, image.span, message, fix=fix)
