"""`balise translated`"""

from pathlib import Path
from posixpath import join

import click

from balise.base.counting import count
from balise.base.errors import UserError
from balise.base.paths import path_here, real_path
from balise.base.source import Edit, SourceFile, Span, apply_edits
from balise.cli.exit_status import ExitStatus
from balise.cli.options import ConfigSource, Exclusion, quiet_option
from balise.cli.scope import configuration_of, discover_pages
from balise.cli.sections import sectioned
from balise.collection.folder import Folder
from balise.config import Config
from balise.document import Document, FrontMatter, read_document
from balise.workspace.discovery import PageFile
from balise.workspace.git import DEEPEN, Repository
from balise.workspace.origins import History, history_of, is_at_head, source_of
from balise.workspace.sources import read_source
from balise.workspace.writing import encoded, write_page


@sectioned(pages=Exclusion, config=ConfigSource)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@quiet_option
def translated(
    paths: tuple[Path, ...], quiet: bool, pages: Exclusion, config: ConfigSource
) -> ExitStatus:
    """Write into translations which commit of their source they are up to date with.

    That is the last one that changed the source. From then on `stale-translation` counts from it.
    """
    configuration = configuration_of(config, config.start(paths), pages)
    scope = discover_pages(paths, configuration)
    asked = {real_path(path) for path in paths}
    histories: dict[str, History] = {}
    failures: list[str] = []
    written = 0
    for page in scope.pages:
        if page.root not in histories:
            histories[page.root] = _history(page.root, configuration.config)
        try:
            if _mark(
                page,
                histories[page.root],
                configuration.config,
                named=real_path(page.path) in asked,
            ):
                written += 1
        except UserError as error:
            failures += error.lines
    if not quiet:
        click.echo(f"{count(written, 'page')} written", err=True)
    if failures:
        raise UserError(*failures)
    return ExitStatus.CLEAN


def _history(root: str, config: Config) -> History:
    """What the commits say of the pages. Raises UserError where they can say nothing."""
    repository = Repository(Path(root or "."))
    if repository.is_shallow():
        raise UserError(f"{repository.top} is a shallow clone; {DEEPEN}")
    return history_of(root, config.translations, config.urls, None)


def _mark(page: PageFile, history: History, config: Config, *, named: bool) -> bool:
    """Write the commit of its source into a page; whether it was another one. Raises UserError."""
    name = Folder(page.root).relative(page.path)
    source = source_of(history, name)
    shown = path_here(page.path)
    if source is None:
        if named:
            reason = "it is a source itself" if name in history.names else "it has no source"
            raise UserError(f"{shown}: {reason}, so there is no commit to write")
        return False
    if not is_at_head(join(page.root, source), history.blobs[source]):
        raise UserError(f"{shown}: its source, {source}, has changes that are not committed yet")
    try:
        text = read_source(page.path, page.root)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UserError(f"{shown}: cannot be read: {reason}") from error
    edit = _edit(text, config.translations.commit_keys, history.commits[source])
    changed = apply_edits(text.text, [edit])
    if changed == text.text:
        return False
    data = [encoded(t, has_bom=text.has_bom) for t in (text.text, changed)]
    write_page(page.path, data[0], data[1], page.root)
    return True


def _edit(source: SourceFile, keys: tuple[str, ...], commit: str) -> Edit:
    """What gives a page the first of the keys that it has, or else the first. Raises UserError."""
    document = read_document(source)
    front_matter = document.front_matter
    broken = any(problem.kind.startswith("front-matter") for problem in document.problems)
    if front_matter is None or broken or source.undecodable:
        raise UserError(f"{path_here(source.path)}: has no front matter that could be written to")
    for key in keys:
        if place := _value_place(front_matter, key):
            written = source.text[place.start : place.end]
            if "\n" in written or "\r" in written:
                raise UserError(
                    f"{path_here(source.path)}: the value of `{key}` is more than one line; "
                    f"write `{commit}` in its place"
                )
            glued = source.text[: place.start].endswith(":")
            return Edit(place, f" {commit}" if glued else commit)
    name, _, inner = keys[0].partition(".")
    if inner and front_matter.get(name):
        raise UserError(
            f"{path_here(source.path)}: `{name}` has no `{inner}` yet; write `{inner}: {commit}` there"
        )
    line = f"{name}: {{{inner}: {commit}}}" if inner else f"{name}: {commit}"
    at = _last_line(document, front_matter)
    return Edit(Span(at, at), f"{line}{source.newline}")


def _value_place(front_matter: FrontMatter, key: str) -> Span | None:
    """Where the value of a key, or of `key.name`, stands in the front matter."""
    if entry := front_matter.get(key):
        return entry.value_span
    name, _, inner = key.partition(".")
    entry = front_matter.get(name)
    items = entry.items if entry and entry.kind == "mapping" else ()
    pairs = zip(items[::2], items[1::2], strict=False)
    return next((span for (found, _), (_, span) in pairs if found == inner), None)


def _last_line(document: Document, front_matter: FrontMatter) -> int:
    """Where the line begins that ends the front matter."""
    return document.line_starts[document.line(front_matter.span.end) - 1]
