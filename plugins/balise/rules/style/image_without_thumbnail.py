from collections.abc import Iterator

from balise.base.findings import Finding, Fix, Severity
from balise.base.source import Span
from balise.document import Carousel, Document, Image
from balise.rules.base import PageRule, RuleContext


class ImageWithoutThumbnail(PageRule):
    name = "image-without-thumbnail"
    group = "style"
    summary = "A picture is no thumbnail"
    severity = Severity.INFO
    fixable = "always"
    on_by_default = False

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        for image in _images(context.document):
            if not any("thumbnail" in found.classes for found in image.attributes):
                message = "this picture is no thumbnail, so it has no frame and does not open large"
                yield self.finding(context.document, image.span, message, fix=_fix(image))


def _images(document: Document) -> Iterator[Image]:
    """The pictures that can be thumbnails: not those of HTML, and none in a link or a carousel."""
    spans = [b.span for b in document.blocks_of(Carousel)] + [link.span for link in document.links]
    for image in document.images:
        inside = any(s.start <= image.span.start and image.span.end <= s.end for s in spans)
        if not image.html and not inside:
            yield image


def _fix(image: Image) -> Fix:
    title = "add `.thumbnail`"
    if not image.attributes:
        at = image.span.end
        return Fix.replacement(Span(at, at), "{.thumbnail}", title, safe=False)
    at = image.attributes[0].items[0].span.start
    return Fix.replacement(Span(at, at), ".thumbnail ", title, safe=False)
