"""Where readers report a problem with a page: an address with the page, its file and its commit filled in."""

import re
from urllib.parse import quote, urlsplit

import msgspec

from balise.base.errors import UserError
from balise.base.suggestions import did_you_mean

LONGEST_TITLE = 200
"""Characters of a title in an address, whose length servers limit."""
FORMS = {
    "github": "{repo}/issues/new?title={title}&body={body}",
    "gitlab": "{repo}/-/issues/new?issue%5Btitle%5D={title}&issue%5Bdescription%5D={body}",
}
"""Where new issues are written, by what the name of a host says."""
FIELDS = ("title", "url", "path", "commit", "body")
FIELD = re.compile(r"\{(\w*)\}")


class ReportedPage(msgspec.Struct, frozen=True):
    """The page that a report is about: its title, its absolute URL, the path of its file, and the commit of
    its last change, empty if that is not known."""

    title: str
    url: str
    path: str
    commit: str


def form_of_repository(repository: str) -> str:
    """The address of new issues of a repository, with fields; empty where its host is not known."""
    parts = (urlsplit(repository).hostname or "").split(".")
    form = next((FORMS[part] for part in parts if part in FORMS), "")
    return form.replace("{repo}", repository.rstrip("/").removesuffix(".git")) if form else ""


def require_form(form: str) -> str:
    """The address with fields that a user has written. Raises UserError for one that leads nowhere."""
    if not re.match(r"(?i)https?://|mailto:", form):
        raise UserError(
            f"`report`: `{form}` is no address: write one with `https://` or `mailto:` in front, or `false`"
        )
    unknown = [name for name in FIELD.findall(form) if name not in FIELDS]
    if unknown:
        raise UserError(
            *(
                f"`report`: there is no field `{{{name}}}`{did_you_mean(name, FIELDS)}"
                for name in unknown
            )
        )
    return form


def report_url(form: str, page: ReportedPage) -> str:
    """The address that a reader of a page follows."""
    place = f"`{page.path}`" + (f" @ {page.commit}" if page.commit else "")
    values = {
        "title": page.title[:LONGEST_TITLE],
        "url": page.url,
        "path": page.path,
        "commit": page.commit,
        "body": f"\n\n---\n{page.url}\n{place}\n",
    }
    return FIELD.sub(lambda field: _encoded(values[field[1]]), form)


def _encoded(text: str) -> str:
    return quote(text, safe="", errors="replace")
