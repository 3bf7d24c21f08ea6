from collections.abc import Iterator

from balise.base.findings import Finding, Fix, Severity
from balise.collection import picture_path
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.address_display import display_address


class ImageCaseMismatch(PageRule):
    name = "image-case-mismatch"
    group = "images"
    summary = "The name of a picture has other capitals than its file"
    severity = Severity.ERROR
    fixable = "sometimes"
    reach = "everywhere"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for image, picture in context.pictures:
            if picture.kind != "other-case":
                continue
            address = picture_path(image.src, context.document.path, picture.there)
            message = f"the file is called `{address}`, not `{display_address(image.src)}`: capitals count"
            place = image.address
            fix = Fix.replacement(place, address, safe=True, removes=image.src) if place else None
            yield self.finding(context.document, image.span, message, fix=fix)
