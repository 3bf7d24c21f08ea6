from collections.abc import Iterator

from balise.base.findings import Finding, Fix, Severity
from balise.collection import picture_path
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.address_display import display_address


class ImageExtensionMismatch(PageRule):
    name = "image-extension-mismatch"
    group = "images"
    summary = "The file of a picture has another extension than its name says"
    severity = Severity.ERROR
    fixable = "sometimes"
    reach = "everywhere"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for image, picture in context.pictures:
            if picture.kind != "other-extension":
                continue
            address = picture_path(image.src, context.document.path, picture.there)
            message = f"there is no `{display_address(image.src)}`, but `{address}`"
            place = image.address
            fix = Fix.replacement(place, address, safe=True, removes=image.src) if place else None
            yield self.finding(context.document, image.span, message, fix=fix)
