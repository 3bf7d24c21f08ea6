"""The words that a reader sees on a rendered page: what a fix must not make vanish."""

import re
from collections import Counter
from html.parser import HTMLParser

WORD = re.compile(r"\w+")


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: Counter[str] = Counter()

    def handle_data(self, data: str) -> None:
        self.words.update(words_in(data))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.words[f"<img {dict(attrs).get('src')}>"] += 1


def words_in(text: str) -> list[str]:
    """The words of a text, in their order."""
    return WORD.findall(text)


def words_shown(html: str) -> Counter[str]:
    """The words and pictures of a page, and how often each is there."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    return reader.words
