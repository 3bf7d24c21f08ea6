"""All rules. A new one is a module here, a line below, a fixture file and a page of the manual."""

from balise.rules.anchors.external_class_on_anchor import ExternalClassOnAnchor
from balise.rules.anchors.unresolved_anchor import UnresolvedAnchor
from balise.rules.attributes.unknown_attribute import UnknownAttribute
from balise.rules.base import PageFacts, Rule
from balise.rules.blocks.nested_too_deep import NestedTooDeep
from balise.rules.blocks.unknown_callout import UnknownCallout
from balise.rules.claims.port_table_contradicts_prose import PortTableContradictsProse
from balise.rules.files.empty_page import EmptyPage
from balise.rules.files.invalid_text import InvalidText
from balise.rules.files.unreadable_file import UnreadableFile
from balise.rules.front_matter.invalid_front_matter import InvalidFrontMatter
from balise.rules.front_matter.missing_front_matter_key import MissingFrontMatterKey
from balise.rules.front_matter.unknown_front_matter_key import UnknownFrontMatterKey
from balise.rules.images.missing_image import MissingImage
from balise.rules.lists.empty_list_item import EmptyListItem
from balise.rules.tables.table_without_separator import TableWithoutSeparator

__all__ = ["ALL_RULES", "PageFacts", "Rule"]

ALL_RULES: tuple[type[Rule], ...] = (
    EmptyListItem,
    EmptyPage,
    ExternalClassOnAnchor,
    InvalidFrontMatter,
    InvalidText,
    MissingFrontMatterKey,
    MissingImage,
    NestedTooDeep,
    PortTableContradictsProse,
    TableWithoutSeparator,
    UnknownAttribute,
    UnknownCallout,
    UnknownFrontMatterKey,
    UnreadableFile,
    UnresolvedAnchor,
)
