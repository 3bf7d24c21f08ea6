"""Preview: a page as HTML, its content as the site prints it, in one document with a style of its own."""

from functools import cache
from html import escape
from importlib.resources import files

from balise.document import ParsedPage, page_name, read_page
from balise.editor.files import file_uri
from balise.editor.view import View
from balise.publish.drafts import included_page, included_text
from balise.publish.pictures import picture_size
from balise.render import PublishedFiles, render_page
from balise.syntax.unsafe_html import AllowedHtml

POLICY = "default-src 'none'; img-src file: https: http: data:; style-src 'unsafe-inline'"
"""Nothing that a page has in it runs, whatever its raw HTML is (Content Security Policy Level 3)."""


def preview(view: View) -> str:
    """The page with the editor's text as a whole HTML document; links and pictures are `file:` addresses."""
    document, name = view.document, page_name(view.path)
    title = escape(document.value("title") or "", quote=False)
    content = render_page(read_page(view.source), view.collection, _files(view)).html
    return f"""\
<!doctype html>
<html lang="{name.language if name else "en"}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<title>{title}</title>
<style>
{_style()}</style>
</head>
<body>
<main>
{f"<h1>{title}</h1>" if title else ""}
{content}</main>
</body>
</html>
"""


def _files(view: View) -> PublishedFiles:
    """All pages and files where they are; raw HTML may do nothing but show text and pictures."""
    structure = view.collection.structure
    root = structure.root

    def parsed(path: str) -> ParsedPage | None:
        return included_page(path, root)

    def text(path: str) -> str | None:
        return included_text(path, root)

    there = (path for path, page in structure.pages.items() if not page.made)
    known = {path: path for path in (*structure.inputs.files, *there)}
    return PublishedFiles(known, parsed, picture_size, AllowedHtml(), text, _address)


def _address(path: str, base: str) -> str:
    return file_uri(path)


@cache
def _style() -> str:
    return (files("balise.editor") / "preview.css").read_text(encoding="utf-8")
