"""`image-case-mismatch`"""

from collections.abc import Iterator

from balise.base.findings import Finding, Fix, Severity
from balise.base.source import Edit
from balise.collection import picture_path
from balise.rules.base import PageFacts, Rule
from balise.rules.links.wording import shown


class ImageCaseMismatch(Rule):
    name = "image-case-mismatch"
    group = "images"
    summary = "The name of a picture has other capitals than its file"
    severity = Severity.ERROR
    fixable = "sometimes"

    def check(self, page: PageFacts) -> Iterator[Finding]:
        for image, picture in page.pictures:
            if picture.kind != "other-case":
                continue
            address = picture_path(image.src, page.document, picture.there)
            message = f"the file is called `{address}`, not `{shown(image.src)}`: capitals count"
            fix = None
            if image.address:
                edit = Edit(image.address, address)
                fix = Fix(f"write `{address}`", safe=True, edits=(edit,))
            yield self.finding(page.document, image.span, message, fix=fix)
