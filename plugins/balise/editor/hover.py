"""Hover: what is to be known of the thing at a place."""

from collections.abc import Sequence

from balise.base.counting import count
from balise.claims import HostClaim
from balise.claims.model import Quantity
from balise.collection import Target, find_picture
from balise.collection.forms import Address
from balise.collection.page import IMG
from balise.document import (
    Anchor,
    AttributeItem,
    CodeSpan,
    Emphasis,
    Heading,
    Image,
    Include,
    Link,
)
from balise.editor.completions.attributes import MEANINGS as CLASSES
from balise.editor.completions.front_matter import MEANINGS as KEYS
from balise.editor.cursor import Datum, Key, Port, RuleName, Stated, Thing, Value, thing_at
from balise.editor.data_files import data_targets
from balise.editor.files import picture_markdown
from balise.editor.labels import labels_elsewhere
from balise.editor.link_hover import link_hover, page_words
from balise.editor.markdown import code, file_link, paragraphs, plain
from balise.editor.model import Hover
from balise.editor.places import headings_by_anchor
from balise.editor.references import uses_of_anchor, uses_of_heading, uses_of_page
from balise.editor.statements import statement_of, true_places
from balise.editor.targets import include_path, value_places
from balise.editor.view import View
from balise.refactor.backlinks import Use
from balise.rules import ALL_RULES
from balise.rules.helpers.address_display import display_address, relative_source
from balise.rules.helpers.port_phrases import enumeration
from balise.rules.manual import rule_reason

NAMED = 4
"""Places and locales that are named one by one."""


def hover(view: View, offset: int) -> Hover | None:
    """What an editor shows in Markdown about the thing at an offset; None where there is nothing to say."""
    thing = thing_at(view, offset)
    told = _words(thing, view) if thing else ""
    return Hover(told, thing.span) if thing and told else None


def _words(thing: Thing, view: View) -> str:
    match thing:
        case Link():
            return link_hover(thing, view)
        case Image():
            return _picture(thing, view)
        case Include() if path := include_path(thing, view):
            return file_link(view.collection.relative(path), path)
        case Heading():
            return _heading(thing, view)
        case Anchor(name=name):
            return paragraphs(code(f"#{name}"), _uses(uses_of_anchor(view, name), view))
        case Key(entry=entry) if entry.key == "title":
            return paragraphs(_page(view), _uses(uses_of_page(view, view.path), view))
        case Key(entry=entry):
            return KEYS.get(entry.key, "")
        case Value(entry=entry) if entry.key == IMG:
            return "".join(picture_markdown(place.path) for place in value_places(thing, view))
        case Datum():
            target = data_targets(view).get(thing.span)
            return page_words(target, view) if target and target.kind == "page" else ""
        case RuleName(name=name):
            return _rule(name)
        case AttributeItem(kind="class", value=value):
            return CLASSES.get(value, "")
        case CodeSpan() | Emphasis():
            return _label(thing, view)
        case Port() | HostClaim() | Quantity():
            return _statement(thing, view)
    return ""


def _page(view: View) -> str:
    return page_words(Target("page", Address("anchor"), view.path), view)


def _picture(image: Image, view: View) -> str:
    """The picture and its size; of one that is not there, why, and which was meant."""
    picture = find_picture(image.src, view.path, view.collection, html=image.html)
    written = code(display_address(image.src))
    match picture.kind:
        case "file":
            return picture_markdown(picture.path)
        case "other-case" | "other-extension":
            near = code(relative_source(picture.there, view.path))
            return paragraphs(f"{written} is called {near}", picture_markdown(picture.there))
        case "missing":
            return f"{written} is not there"
        case "outside":
            return f"{written} lies outside of the guides"
    return ""


def _heading(heading: Heading, view: View) -> str:
    """Its anchor, older anchors by which it is found, and the links to it."""
    anchors = headings_by_anchor(view.path, view.collection)
    own = next((id_ for id_, found in anchors.items() if found == heading), "")
    older = [] if view.collection.plain else [code(f"#{alias}") for alias in heading.aliases]
    return paragraphs(
        f"{code(f'#{own}')}{f', once {enumeration(older)}' if older else ''}" if own else "",
        _uses(uses_of_heading(view, view.path, heading), view),
    )


def _uses(uses: list[Use], view: View) -> str:
    """How many links lead here, and from where; nothing where that is not known."""
    if view.backlinks is None:
        return ""
    pages = list(dict.fromkeys(use.path for use in uses))
    named = [file_link(_title(path, view), path) for path in pages[:NAMED]]
    more = [count(len(pages) - NAMED, "more page")] if len(pages) > NAMED else []
    told = f", from {enumeration([*named, *more])}"
    return f"{count(len(uses), 'link')} here{told}" if uses else "no link leads here"


def _title(path: str, view: View) -> str:
    page = view.collection.structure.pages.get(path)
    return (page and page.value("title")) or view.collection.relative(path)


def _rule(name: str) -> str:
    rule = next((rule for rule in ALL_RULES if rule.name == name), None)
    if rule is None:
        rules = [rule.name for rule in ALL_RULES if rule.group == name]
        return f"all rules about {name}: {enumeration(map(code, rules))}" if rules else ""
    return paragraphs(
        f"**{rule.name}**: {rule.summary}",
        rule_reason(rule.name),
        f"`balise explain {rule.name}` tells more",
    )


def _label(label: CodeSpan | Emphasis, view: View) -> str:
    """What a label is called in other locales."""
    elsewhere = labels_elsewhere(label, view)
    rows = [f"- {code(text)}: {enumeration(locales)}" for text, locales in elsewhere.items()]
    return paragraphs("at the same place of its translations:", "\n".join(rows)) if rows else ""


def _statement(thing: Stated, view: View) -> str:
    """What is stated, and who else states it."""
    statement = statement_of(thing, view)
    lines = [str(view.document.line(s.start)) for s in statement.here if s != thing.span]
    shown = f"{'line' if len(lines) == 1 else 'lines'} {enumeration(lines)}"
    true = isinstance(thing, Port | HostClaim) and true_places(thing, view)
    return paragraphs(
        f"**{statement.what}**",
        f"also on {shown}" if lines else "",
        f"the same in {_locales(statement.same)}" if statement.same else "",
        "; ".join(f"{locale} has {plain(text)}" for locale, text in statement.others.items()),
        "as in `facts.yml`" if true else "",
    )


def _locales(locales: Sequence[str]) -> str:
    return enumeration(locales) if len(locales) <= NAMED else count(len(locales), "translation")
