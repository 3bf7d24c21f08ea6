"""All pages together: which there are, where they are published, what a link or anchor means."""

from balise.collection.anchors import AnchorMatch, Anchors
from balise.collection.collection import Collection
from balise.collection.resolve import Target, resolve
from balise.collection.urls import locale_prefix, published_url

__all__ = [
    "AnchorMatch",
    "Anchors",
    "Collection",
    "Target",
    "locale_prefix",
    "published_url",
    "resolve",
]
