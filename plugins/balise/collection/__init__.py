"""All pages together: which there are, where they are published, what a link or anchor means."""

from balise.collection.anchors import AnchorMatch, Anchors
from balise.collection.collection import Collection
from balise.collection.inputs import Inputs, Reading
from balise.collection.keys import address_of_key, keys_of_address
from balise.collection.likeness import may_mean
from balise.collection.origins import Origin
from balise.collection.page import Described, Page, References, number_of, page_of, references_of
from balise.collection.pictures import Picture, find_picture, own_picture
from balise.collection.reads import LazyMapping, Read, ReadTracker
from balise.collection.redirects import Destination, Redirect, Trouble
from balise.collection.resolve import resolve, title_of
from balise.collection.rewrite import address_like, picture_path, with_fragment
from balise.collection.structure import PICTURES, Structure
from balise.collection.suggest import Suggestion, suggest_pages
from balise.collection.targets import TOP, Target
from balise.collection.urls import locale_prefix

__all__ = [
    "PICTURES",
    "TOP",
    "AnchorMatch",
    "Anchors",
    "Collection",
    "Described",
    "Destination",
    "Inputs",
    "LazyMapping",
    "Origin",
    "Page",
    "Picture",
    "Read",
    "ReadTracker",
    "Reading",
    "Redirect",
    "References",
    "Structure",
    "Suggestion",
    "Target",
    "Trouble",
    "address_like",
    "address_of_key",
    "find_picture",
    "keys_of_address",
    "locale_prefix",
    "may_mean",
    "number_of",
    "own_picture",
    "page_of",
    "picture_path",
    "references_of",
    "resolve",
    "suggest_pages",
    "title_of",
    "with_fragment",
]
