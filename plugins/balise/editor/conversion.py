"""Between what features answer and the types of the protocol (LSP 3.17)."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from lsprotocol import types as lsp
from pygls.uris import from_fs_path, to_fs_path

from balise.base.findings import Severity
from balise.base.paths import absolute_path
from balise.base.source import SourceFile, Span
from balise.editor.diagnostics import Diagnostic
from balise.editor.documents import Encoding, Range, TextPlaces
from balise.editor.model import (
    CodeAction,
    Completion,
    DocumentLink,
    Fold,
    Hint,
    Hover,
    Lens,
    Place,
    Symbol,
)
from balise.refactor.model import Refactoring

SEVERITIES = {
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
    Severity.INFO: lsp.DiagnosticSeverity.Information,
}
TAGS = {
    "unnecessary": lsp.DiagnosticTag.Unnecessary,
    "deprecated": lsp.DiagnosticTag.Deprecated,
}
COMPLETIONS = {
    "page": lsp.CompletionItemKind.File,
    "anchor": lsp.CompletionItemKind.Reference,
    "picture": lsp.CompletionItemKind.File,
    "folder": lsp.CompletionItemKind.Folder,
    "block": lsp.CompletionItemKind.Snippet,
    "attribute": lsp.CompletionItemKind.Property,
    "key": lsp.CompletionItemKind.Property,
    "value": lsp.CompletionItemKind.Value,
    "rule": lsp.CompletionItemKind.EnumMember,
    "fact": lsp.CompletionItemKind.Constant,
}
SYMBOLS = {
    "page": lsp.SymbolKind.File,
    "heading": lsp.SymbolKind.String,
    "block": lsp.SymbolKind.Object,
}
FOLDS = {"region": lsp.FoldingRangeKind.Region, "comment": lsp.FoldingRangeKind.Comment}


def path_of(uri: str) -> str:
    """The path of a file; of a document that has none yet, the one that it may get."""
    path = to_fs_path(uri) if uri.startswith("file:") else None
    return absolute_path(path or uri.partition(":")[2] or uri)


def range_in(span: lsp.Range) -> Range:
    """A range of the protocol."""
    return (span.start.line, span.start.character), (span.end.line, span.end.character)


SHOW_PLACES = "balise.showPlaces"
"""The command by which clients that know it show places: an address, a position, locations."""


Change = lsp.TextDocumentEdit | lsp.CreateFile | lsp.RenameFile | lsp.DeleteFile


def as_changes(edit: lsp.WorkspaceEdit) -> lsp.WorkspaceEdit:
    """An edit of texts alone, for clients that know no versions."""
    edits = [c for c in edit.document_changes or () if isinstance(c, lsp.TextDocumentEdit)]
    return lsp.WorkspaceEdit(
        {c.text_document.uri: [e for e in c.edits if isinstance(e, lsp.TextEdit)] for c in edits}
    )


class Conversion:
    """Places in files as the client counts them.

    `source` gives the text of a file, `uris` has the addresses of open documents by their paths.
    """

    def __init__(
        self,
        source: Callable[[str], SourceFile | None],
        encoding: Encoding,
        uris: Mapping[str, str],
    ) -> None:
        self.source = source
        self.encoding = encoding
        self.uris = uris
        self._places: dict[str, TextPlaces] = {}

    def uri(self, path: str) -> str:
        """The address of a file, as the client has it."""
        return self.uris.get(path) or from_fs_path(path) or path

    def places(self, path: str) -> TextPlaces:
        """The places in a file; one that is not there is empty."""
        if path not in self._places:
            source = self.source(path) or SourceFile(path, "")
            self._places[path] = TextPlaces(source, self.encoding)
        return self._places[path]

    def position(self, path: str, offset: int) -> lsp.Position:
        """The position of an offset in a file."""
        return lsp.Position(*self.places(path).place(offset))

    def range(self, path: str, span: Span) -> lsp.Range:
        """The range of a span in a file."""
        return lsp.Range(self.position(path, span.start), self.position(path, span.end))

    def location(self, place: Place) -> lsp.Location:
        """A place in a file."""
        return lsp.Location(
            self.uri(place.path), self.range(place.path, place.selection or place.span)
        )

    def locations(self, path: str, found: Iterable[Place]) -> list[lsp.Location]:
        """Places in files."""
        return [self.location(place) for place in found]

    def highlights(self, path: str, found: Iterable[Span]) -> list[lsp.DocumentHighlight]:
        """Spans of a document."""
        return [lsp.DocumentHighlight(self.range(path, span)) for span in found]

    def renamed(self, path: str, found: tuple[Span, str]) -> lsp.PrepareRenamePlaceholder:
        """What can have another name, and the one that it has."""
        return lsp.PrepareRenamePlaceholder(self.range(path, found[0]), found[1])

    def diagnostic(self, found: Diagnostic) -> lsp.Diagnostic:
        """A finding, with what a code action has to know of it."""
        finding = found.finding
        related = [
            lsp.DiagnosticRelatedInformation(
                lsp.Location(self.uri(other.path), self.range(other.path, other.span)),
                other.message,
            )
            for other in finding.related
        ]
        return lsp.Diagnostic(
            range=self.range(finding.path, finding.span),
            message=finding.message,
            severity=SEVERITIES[finding.severity],
            code=finding.rule or None,
            code_description=lsp.CodeDescription(found.manual) if found.manual else None,
            source="balise",
            tags=[TAGS[found.tag]] if found.tag else None,
            related_information=related or None,
        )

    def hover(self, path: str, found: Hover) -> lsp.Hover:
        """Markdown about a place."""
        content = lsp.MarkupContent(lsp.MarkupKind.Markdown, found.markdown)
        return lsp.Hover(content, self.range(path, found.span))

    def completions(self, path: str, found: Sequence[Completion]) -> lsp.CompletionList:
        """What can be written, in its order."""
        items = [
            lsp.CompletionItem(
                label=item.label,
                kind=COMPLETIONS[item.kind],
                detail=item.detail or None,
                documentation=lsp.MarkupContent(lsp.MarkupKind.Markdown, item.documentation)
                if item.documentation
                else None,
                sort_text=f"{number:05}",
                filter_text=item.filter_text or None,
                insert_text_format=lsp.InsertTextFormat.Snippet if item.snippet else None,
                text_edit=lsp.TextEdit(self.range(path, item.edit.span), item.edit.text),
            )
            for number, item in enumerate(found)
        ]
        return lsp.CompletionList(is_incomplete=True, items=items)

    def document_links(self, path: str, found: Iterable[DocumentLink]) -> list[lsp.DocumentLink]:
        """Links that an editor can follow."""
        return [self._document_link(path, link) for link in found]

    def _document_link(self, path: str, link: DocumentLink) -> lsp.DocumentLink:
        target = link.url
        if link.target is not None:
            line, column = self.places(link.target.path).place(link.target.span.start)
            target = f"{self.uri(link.target.path)}#{line + 1},{column + 1}"
        return lsp.DocumentLink(
            self.range(path, link.span), target=target, tooltip=link.tooltip or None
        )

    def document_symbols(self, path: str, found: Iterable[Symbol]) -> list[lsp.DocumentSymbol]:
        """Headings, each with what is below it."""
        return [self._document_symbol(symbol) for symbol in found]

    def _document_symbol(self, symbol: Symbol) -> lsp.DocumentSymbol:
        place = symbol.place
        return lsp.DocumentSymbol(
            name=symbol.name or "…",
            kind=SYMBOLS[symbol.kind],
            range=self.range(place.path, place.span),
            selection_range=self.range(place.path, place.selection or place.span),
            detail=symbol.detail or None,
            children=[self._document_symbol(child) for child in symbol.children] or None,
        )

    def workspace_symbol(self, symbol: Symbol) -> lsp.WorkspaceSymbol:
        """A page or heading of the collection."""
        return lsp.WorkspaceSymbol(
            location=self.location(symbol.place),
            name=symbol.name or "…",
            kind=SYMBOLS[symbol.kind],
            container_name=symbol.detail or None,
        )

    def folds(self, path: str, found: Iterable[Fold]) -> list[lsp.FoldingRange]:
        """Lines that fold into the first of them."""
        return [
            lsp.FoldingRange(
                start_line=fold.first - 1, end_line=fold.last - 1, kind=FOLDS.get(fold.kind)
            )
            for fold in found
        ]

    def selection_ranges(
        self, path: str, found: Iterable[Sequence[Span]]
    ) -> list[lsp.SelectionRange]:
        """For each place the spans around each other, the innermost first."""
        return [self._selection_range(path, spans) for spans in found]

    def _selection_range(self, path: str, spans: Sequence[Span]) -> lsp.SelectionRange:
        found: lsp.SelectionRange | None = None
        for span in reversed(spans):
            found = lsp.SelectionRange(self.range(path, span), found)
        return found or lsp.SelectionRange(lsp.Range(lsp.Position(0, 0), lsp.Position(0, 0)))

    def hints(self, path: str, found: Iterable[Hint]) -> list[lsp.InlayHint]:
        """Texts behind places."""
        return [
            lsp.InlayHint(
                self.position(path, hint.offset),
                hint.label,
                tooltip=hint.tooltip or None,
                padding_left=True,
            )
            for hint in found
        ]

    def lenses(self, path: str, found: Iterable[Lens]) -> list[lsp.CodeLens]:
        """Lines above places; a click on one shows where it leads."""
        return [self._lens(path, lens) for lens in found]

    def _lens(self, path: str, lens: Lens) -> lsp.CodeLens:
        found = self.range(path, lens.span)
        arguments = [self.uri(path), found.start, [self.location(place) for place in lens.places]]
        command = lsp.Command(lens.title, SHOW_PLACES if lens.places else "", arguments=arguments)
        return lsp.CodeLens(found, command)

    def code_action(
        self, action: CodeAction, edit: lsp.WorkspaceEdit, shown: Sequence[lsp.Diagnostic]
    ) -> lsp.CodeAction:
        """What can be done, with the diagnostics among those shown that it is about."""
        finding = action.finding
        about = [
            d
            for d in shown
            if finding
            and d.code == finding.rule
            and d.range == self.range(finding.path, finding.span)
        ]
        return lsp.CodeAction(
            action.refactoring.title,
            kind=action.kind,
            diagnostics=about or None,
            is_preferred=action.preferred or None,
            edit=edit,
        )

    def workspace_edit(
        self, made: Refactoring, version: Callable[[str], int | None]
    ) -> lsp.WorkspaceEdit:
        """What a refactoring does to files: those made first, texts as they are today, then moves."""
        changes: list[Change] = []
        for path, text in made.created.items():
            start = lsp.Range(lsp.Position(0, 0), lsp.Position(0, 0))
            document = lsp.OptionalVersionedTextDocumentIdentifier(self.uri(path))
            changes.append(lsp.CreateFile(self.uri(path)))
            changes.append(lsp.TextDocumentEdit(document, [lsp.TextEdit(start, text)]))
        for path, edits in made.edits.items():
            document = lsp.OptionalVersionedTextDocumentIdentifier(self.uri(path), version(path))
            texts = [lsp.TextEdit(self.range(path, e.span), e.text) for e in sorted(edits)]
            changes.append(lsp.TextDocumentEdit(document, texts))
        changes += (lsp.RenameFile(self.uri(old), self.uri(new)) for old, new in made.moves.items())
        changes += (lsp.DeleteFile(self.uri(path)) for path in made.removed)
        return lsp.WorkspaceEdit(document_changes=changes)
