"""All rules. A new one is a module here, an import below, a fixture file and a page of the manual."""

# ruff: noqa: F401 - to import a rule here is to list it

from collections.abc import Mapping

from balise.rules.anchors.duplicate_anchor import DuplicateAnchor
from balise.rules.anchors.external_class_on_anchor import ExternalClassOnAnchor
from balise.rules.anchors.legacy_anchor import LegacyAnchor
from balise.rules.anchors.lost_anchor import LostAnchor
from balise.rules.anchors.unresolved_anchor import UnresolvedAnchor
from balise.rules.attributes.detached_attribute import DetachedAttribute
from balise.rules.attributes.doubled_attribute import DoubledAttribute
from balise.rules.attributes.label_spelt_otherwise import LabelSpeltOtherwise
from balise.rules.attributes.malformed_attribute import MalformedAttribute
from balise.rules.attributes.stray_attribute import StrayAttribute
from balise.rules.attributes.unknown_attribute import UnknownAttribute
from balise.rules.base import (
    CollectionRule,
    PageRule,
    Revision,
    RevisionRule,
    Rule,
    RuleContext,
    SuppressionRule,
)
from balise.rules.blocks.api_malformed_line import ApiMalformedLine
from balise.rules.blocks.callout_cut_by_blank_line import CalloutCutByBlankLine
from balise.rules.blocks.callout_text_on_marker_line import CalloutTextOnMarkerLine
from balise.rules.blocks.callout_without_blank_line import CalloutWithoutBlankLine
from balise.rules.blocks.empty_block import EmptyBlock
from balise.rules.blocks.faq_without_question import FaqWithoutQuestion
from balise.rules.blocks.heading_in_tabs import HeadingInTabs
from balise.rules.blocks.nested_too_deep import NestedTooDeep
from balise.rules.blocks.tabs_bare_line import TabsBareLine
from balise.rules.blocks.tabs_duplicate_title import TabsDuplicateTitle
from balise.rules.blocks.tabs_empty_title import TabsEmptyTitle
from balise.rules.blocks.text_directly_below_block import TextDirectlyBelowBlock
from balise.rules.blocks.unclosed_details import UnclosedDetails
from balise.rules.blocks.unknown_api_call import UnknownApiCall
from balise.rules.blocks.unknown_callout import UnknownCallout
from balise.rules.blocks.unmarked_callout_line import UnmarkedCalloutLine
from balise.rules.claims.api_call_differs_between_locales import ApiCallDiffersBetweenLocales
from balise.rules.claims.code_differs_between_locales import CodeDiffersBetweenLocales
from balise.rules.claims.facts_contradict import FactsContradict
from balise.rules.claims.host_inconsistent import HostInconsistent
from balise.rules.claims.port_contradicts_protocol import PortContradictsProtocol
from balise.rules.claims.port_row_mislabelled import PortRowMislabelled
from balise.rules.claims.port_security_contradiction import PortSecurityContradiction
from balise.rules.claims.port_table_contradicts_prose import PortTableContradictsProse
from balise.rules.claims.section_contradicts_heading import SectionContradictsHeading
from balise.rules.claims.structure_differs_between_locales import StructureDiffersBetweenLocales
from balise.rules.claims.translation_contradicts import TranslationContradicts
from balise.rules.claims.translation_number_differs import TranslationNumberDiffers
from balise.rules.claims.unused_fact import UnusedFact
from balise.rules.code.dash_in_code import DashInCode
from balise.rules.code.mislabelled_code import MislabelledCode
from balise.rules.code.numbered_code import NumberedCode
from balise.rules.code.typographic_quotes_in_code import TypographicQuotesInCode
from balise.rules.code.unclosed_code import UnclosedCode
from balise.rules.code.unparsable_code import UnparsableCode
from balise.rules.collection.duplicate_legacy_number import DuplicateLegacyNumber
from balise.rules.collection.duplicate_url import DuplicateUrl
from balise.rules.collection.indistinct_url import IndistinctUrl
from balise.rules.collection.locale_without_home import LocaleWithoutHome
from balise.rules.collection.misnamed_file import MisnamedFile
from balise.rules.collection.orphan_page import OrphanPage
from balise.rules.collection.unknown_section import UnknownSection
from balise.rules.collection.unusable_url import UnusableUrl
from balise.rules.files.empty_page import EmptyPage
from balise.rules.files.invalid_data_file import InvalidDataFile
from balise.rules.files.invalid_text import InvalidText
from balise.rules.files.repeated_data_key import RepeatedDataKey
from balise.rules.files.unreadable_file import UnreadableFile
from balise.rules.front_matter.invalid_front_matter import InvalidFrontMatter
from balise.rules.front_matter.missing_front_matter_key import MissingFrontMatterKey
from balise.rules.front_matter.unknown_front_matter_key import UnknownFrontMatterKey
from balise.rules.headings.duplicate_heading import DuplicateHeading
from balise.rules.headings.empty_contents_section import EmptyContentsSection
from balise.rules.headings.empty_heading import EmptyHeading
from balise.rules.headings.h1_in_body import H1InBody
from balise.rules.headings.skipped_heading_level import SkippedHeadingLevel
from balise.rules.headings.wrong_step_number import WrongStepNumber
from balise.rules.html.raw_html_unclosed import RawHtmlUnclosed
from balise.rules.html.unsafe_html import UnsafeHtml
from balise.rules.images.broken_picture import BrokenPicture
from balise.rules.images.empty_alt import EmptyAlt
from balise.rules.images.external_content import ExternalContent
from balise.rules.images.image_case_mismatch import ImageCaseMismatch
from balise.rules.images.image_extension_mismatch import ImageExtensionMismatch
from balise.rules.images.image_written_as_link import ImageWrittenAsLink
from balise.rules.images.missing_image import MissingImage
from balise.rules.images.unused_image import UnusedImage
from balise.rules.includes.unresolved_include import UnresolvedInclude
from balise.rules.links.empty_link import EmptyLink
from balise.rules.links.insecure_link import InsecureLink
from balise.rules.links.legacy_link import LegacyLink
from balise.rules.links.malformed_keyed_address import MalformedKeyedAddress
from balise.rules.links.malformed_link import MalformedLink
from balise.rules.links.other_country_link import OtherCountryLink
from balise.rules.links.other_locale_link import OtherLocaleLink
from balise.rules.links.published_link import PublishedLink
from balise.rules.links.retired_address import RetiredAddress
from balise.rules.links.script_link import ScriptLink
from balise.rules.links.self_link import SelfLink
from balise.rules.links.space_before_target import SpaceBeforeTarget
from balise.rules.links.unknown_legacy_number import UnknownLegacyNumber
from balise.rules.links.unresolved_link import UnresolvedLink
from balise.rules.links.untranslated_link import UntranslatedLink
from balise.rules.links.unused_link_key import UnusedLinkKey
from balise.rules.lists.double_list_marker import DoubleListMarker
from balise.rules.lists.empty_list_item import EmptyListItem
from balise.rules.lists.list_swallowed import ListSwallowed
from balise.rules.meta.duplicate_meta_value import DuplicateMetaValue
from balise.rules.meta.invalid_meta_value import InvalidMetaValue
from balise.rules.meta.unknown_meta_key import UnknownMetaKey
from balise.rules.meta.unknown_reference_category import UnknownReferenceCategory
from balise.rules.navigation.ambiguous_index_ref import AmbiguousIndexRef
from balise.rules.navigation.broken_index_item import BrokenIndexItem
from balise.rules.navigation.malformed_index_address import MalformedIndexAddress
from balise.rules.navigation.misplaced_index_item import MisplacedIndexItem
from balise.rules.navigation.missing_label import MissingLabel
from balise.rules.navigation.repeated_index_item import RepeatedIndexItem
from balise.rules.navigation.unlisted_guide import UnlistedGuide
from balise.rules.navigation.unpublished_index_item import UnpublishedIndexItem
from balise.rules.navigation.unused_label import UnusedLabel
from balise.rules.redirects.broken_redirect import BrokenRedirect
from balise.rules.redirects.lost_url import LostUrl
from balise.rules.style.external_class import ExternalClass
from balise.rules.style.image_without_thumbnail import ImageWithoutThumbnail
from balise.rules.style.info_callout import InfoCallout
from balise.rules.style.list_indent import ListIndent
from balise.rules.style.list_without_blank_line import ListWithoutBlankLine
from balise.rules.style.repeated_blank_line import RepeatedBlankLine
from balise.rules.suppressions.suppression_without_reason import SuppressionWithoutReason
from balise.rules.suppressions.unknown_suppression import UnknownSuppression
from balise.rules.suppressions.unused_suppression import UnusedSuppression
from balise.rules.tables.ragged_table import RaggedTable
from balise.rules.tables.repeated_header_row import RepeatedHeaderRow
from balise.rules.tables.table_without_separator import TableWithoutSeparator
from balise.rules.text.bbcode_residue import BbcodeResidue
from balise.rules.text.doubled_word import DoubledWord
from balise.rules.text.foreign_syntax import ForeignSyntax
from balise.rules.text.glued_word import GluedWord
from balise.rules.text.leftover_path import LeftoverPath
from balise.rules.text.page_in_another_language import PageInAnotherLanguage
from balise.rules.text.template_residue import TemplateResidue
from balise.rules.text.unbalanced_emphasis import UnbalancedEmphasis
from balise.rules.text.unbalanced_parenthesis import UnbalancedParenthesis
from balise.rules.translations.stale_translation import StaleTranslation
from balise.rules.translations.unknown_source_commit import UnknownSourceCommit

__all__ = [
    "ALL_RULES",
    "CollectionRule",
    "PageRule",
    "Revision",
    "RevisionRule",
    "Rule",
    "RuleContext",
    "SuppressionRule",
]


def _rules_in(namespace: Mapping[str, object]) -> tuple[type[Rule], ...]:
    """The rules among the names of a module, in order. A mere kind of rule has no name."""
    classes = (found for found in namespace.values() if isinstance(found, type))
    rules = (found for found in classes if issubclass(found, Rule) and hasattr(found, "name"))
    return tuple(sorted(rules, key=lambda rule: rule.name))


ALL_RULES = _rules_in(globals())
