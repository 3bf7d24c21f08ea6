"""A page of HTML as a list of its elements, read with the standard library's parser."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})


@dataclass
class Element:
    """One element: its attributes (None for one without a value) and all text inside."""

    tag: str
    attributes: dict[str, str | None]
    inside: tuple[str, ...] = ()
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join("".join(self.parts).split())

    @property
    def classes(self) -> set[str]:
        return set((self.attributes.get("class") or "").split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[Element] = []
        self.elements: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs), tuple(e.tag for e in self.open))
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, dict(attrs), tuple(e.tag for e in self.open)))

    def handle_endtag(self, tag: str) -> None:
        for index in range(len(self.open) - 1, -1, -1):
            if self.open[index].tag == tag:
                del self.open[index:]
                break

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.parts.append(data)


def elements(html: str, tag: str = "", cls: str = "") -> list[Element]:
    """All elements of a page, of one tag and with one class where these are given."""
    reader = _Reader()
    reader.feed(html)
    return [
        e for e in reader.elements if (not tag or e.tag == tag) and (not cls or cls in e.classes)
    ]


def ids(html: str) -> list[str]:
    """Every `id` on the page, repeats and all."""
    return [str(e.attributes["id"]) for e in elements(html) if e.attributes.get("id")]
