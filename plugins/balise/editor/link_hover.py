"""Hover over a link: where it leads, what is there, and how that was found."""

from balise.collection import PICTURES, Target, suggest_pages
from balise.document import Document, Link
from balise.editor.files import picture_markdown
from balise.editor.markdown import code, excerpt, file_link, paragraphs, plain
from balise.editor.sections import section_spans
from balise.editor.targets import key_of, target_of
from balise.editor.view import View
from balise.rules.helpers.address_display import display_address


def link_hover(link: Link, view: View) -> str:
    """Title and excerpt of the page, its published address, and what is not plain about the way there."""
    target = target_of(link, view)
    match target.kind:
        case "page":
            return page_words(target, view)
        case "file":
            shown = picture_markdown(target.path) if target.path.lower().endswith(PICTURES) else ""
            return paragraphs(file_link(view.collection.relative(target.path), target.path), shown)
        case "external" if key := key_of(target):
            return f"{code(target.address)}\n\nthe address of {code(key)} in {view.locale}"
        case "external" if target.found_by == "redirect":
            return f"a redirect leads to {code(target.address)}"
        case "missing":
            return _missing(link, target, view)
    return ""


def page_words(target: Target, view: View) -> str:
    """The title of a page, what it or the section is about, where it is published."""
    structure = view.collection.structure
    page = structure.pages[target.path]
    title = page.value("title") or structure.relative(target.path)
    url = structure.urls.get(target.path)
    heading = target.anchor.heading if target.anchor else None
    about = "" if page.made else _about(target, view.collection.documents[target.path])
    return paragraphs(
        f"**{plain(title)}**{f' › {plain(heading.text)}' if heading else ''}",
        about,
        f"<{structure.scheme.site}{url}>" if url else "",
        " · ".join(_way(target, view)),
    )


def _about(target: Target, document: Document) -> str:
    """The excerpt of a page, or the first paragraph of it or of the section that is meant."""
    heading = target.anchor.heading if target.anchor else None
    start, end = 0, document.length
    if heading:
        section = section_spans(document)[document.headings.index(heading)]
        start, end = section.start, section.end
    elif told := document.value("excerpt"):
        return excerpt(told)
    first = (p.text.text for p in document.prose if start <= p.span.start < end)
    return excerpt(next(first, ""))


def _way(target: Target, view: View) -> list[str]:
    """The locale and path of a page, and what is not plain about how it was found."""
    structure = view.collection.structure
    told = [code(structure.relative(target.path))]
    match target.found_by:
        case "redirect":
            told.append("found by a redirect from an address that it had once")
        case "number":
            told.append(f"found by its number in an older system, {target.written.rest}")
        case "other-slug":
            told.append("found by an address that it has in another language")
    if key := key_of(target):
        told.append(f"the address of {code(key)}")
    if target.fallback_locale:
        told.append(f"does not exist in {target.fallback_locale}")
    if target.dead_anchor:
        told.append(f"has no place {code('#' + target.fragment)}")
    elif target.anchor and target.anchor.legacy:
        today = code(f"#{target.fragment}")
        told.append(f"found by an anchor of an older system: today it is {today}")
    return told


def _missing(link: Link, target: Target, view: View) -> str:
    pages = view.collection.structure.pages
    found = suggest_pages(target, link.text, view.path, view.collection)
    near = [file_link(pages[s.path].value("title") or s.path, s.path) for s in found]
    return paragraphs(
        f"{code(display_address(link.href))} leads nowhere",
        f"nearest: {', '.join(near)}" if near else "",
    )
