from collections.abc import Iterator

from balise.base.findings import Cause, Finding, Severity
from balise.base.picture_faults import PictureFault
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.address_display import display_address


class BrokenPicture(PageRule):
    name = "broken-picture"
    group = "images"
    summary = "The file of a picture holds none that browsers show"
    severity = Severity.ERROR
    reach = "everywhere"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for image, picture in context.pictures:
            if picture.kind != "file":
                continue
            fault = context.collection.broken_pictures.get(picture.path)
            if fault is not None:
                message = f"`{display_address(image.src)}` {_reason(fault)}"
                cause = Cause(picture.path, "", message)
                yield self.finding(context.document, image.span, message, cause=cause)


def _reason(fault: PictureFault) -> str:
    """What is wrong with a picture, and the way out, behind its address."""
    match fault.kind:
        case "empty":
            return "is an empty file; put the picture in its place"
        case "cut-short":
            return (
                f"is cut short: the file ends within the {fault.what}; put all of it in its place"
            )
        case "unshown":
            return f"is a {fault.what}, which most browsers do not show; save it as PNG"
        case "misnamed" if fault.what == "SVG":
            return "is an SVG, which browsers show by a name that ends in `.svg` alone; rename it"
        case "misnamed":
            return f"is a {fault.what}, which browsers do not show by a name that ends in `.svg`; rename it"
        case "spoilt":
            return (
                "was changed as if it were a text; put the original in its place, "
                "and call such files `binary` in `.gitattributes`"
            )
        case "malformed":
            return f"is an SVG that browsers do not show: {fault.what}"
        case "other":
            what = f", but {fault.what}" if fault.what else " that a browser knows"
            return f"is no picture{what}; put the picture in its place"
