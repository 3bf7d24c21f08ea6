"""All pages together: which there are, where they are published, what a link or anchor means."""

from balise.collection.anchors import AnchorMatch, Anchors
from balise.collection.changes import Changes, affected, data_path, earlier
from balise.collection.collection import PICTURES, Collection
from balise.collection.pictures import IMG, Picture, find_picture, own_picture
from balise.collection.redirects import Redirect, Trouble, number_of
from balise.collection.resolve import TOP, Target, resolve, title_of
from balise.collection.rewrite import address_like, picture_path, with_fragment
from balise.collection.suggest import Suggestion, suggest_pages
from balise.collection.urls import locale_prefix

__all__ = [
    "IMG",
    "PICTURES",
    "TOP",
    "AnchorMatch",
    "Anchors",
    "Changes",
    "Collection",
    "Picture",
    "Redirect",
    "Suggestion",
    "Target",
    "Trouble",
    "address_like",
    "affected",
    "data_path",
    "earlier",
    "find_picture",
    "locale_prefix",
    "number_of",
    "own_picture",
    "picture_path",
    "resolve",
    "suggest_pages",
    "title_of",
    "with_fragment",
]
