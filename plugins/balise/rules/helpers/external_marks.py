"""The marks of links to other sites, and taking them off."""

from collections.abc import Sequence

from balise.base.source import Edit, Span
from balise.document import AttributeItem, Attributes
from balise.syntax.link import EXTERNAL_CLASSES


def external_marks(attributes: Attributes) -> list[AttributeItem]:
    """The items of a list that mark a link to another site."""
    return [i for i in attributes.items if i.kind == "class" and i.value in EXTERNAL_CLASSES]


def removal_title(marks: Sequence[AttributeItem]) -> str:
    """What a fix that takes the marks off is called."""
    return "remove " + " and ".join(f"`.{mark.value}`" for mark in marks)


def removal_edits(attributes: Attributes, marks: Sequence[AttributeItem]) -> tuple[Edit, ...]:
    """Take the marks off their list, and the list off the page if that was all."""
    if len(marks) == len(attributes.items):
        return (Edit(attributes.span, "", " ".join(m.value for m in marks)),)
    edits: list[Edit] = []
    for index, item in enumerate(attributes.items):
        if item in marks:
            start = attributes.items[index - 1].span.end if index else item.span.start
            following = attributes.items[index + 1].span.start if not index else item.span.end
            edits.append(Edit(Span(start, following), "", item.value))
    return tuple(edits)
