"""The configuration: what can be set, where it is read, and what is wrong with it."""

from balise.config.kinds import Pattern, RuleCatalog, TextKind
from balise.config.listing import settings_in_force
from balise.config.loading import (
    FILE_NAMES,
    USUAL_FOLDERS,
    Configuration,
    Place,
    load_configuration,
    looked_at,
    mistakes_of,
    no_configuration,
    read_configuration,
)
from balise.config.reading import dotted
from balise.config.schema import schema
from balise.config.settings import (
    ARTICLE,
    OVH_URLS,
    Config,
    Dialect,
    Generated,
    HtmlMode,
    LayoutChoice,
    Level,
    Override,
    Translations,
    Urls,
)

__all__ = [
    "ARTICLE",
    "FILE_NAMES",
    "OVH_URLS",
    "USUAL_FOLDERS",
    "Config",
    "Configuration",
    "Dialect",
    "Generated",
    "HtmlMode",
    "LayoutChoice",
    "Level",
    "Override",
    "Pattern",
    "Place",
    "RuleCatalog",
    "TextKind",
    "Translations",
    "Urls",
    "dotted",
    "load_configuration",
    "looked_at",
    "mistakes_of",
    "no_configuration",
    "read_configuration",
    "schema",
    "settings_in_force",
]
