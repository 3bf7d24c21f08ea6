"""Between what features answer and the types of the protocol (LSP 3.17)."""

from collections.abc import Callable, Mapping, Sequence

from lsprotocol import types as lsp
from pygls.uris import from_fs_path, to_fs_path

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
SHOW_PLACES = "balise.showPlaces"
"""The command by which clients that know it show places: an address, a position, locations."""
START = lsp.Range(lsp.Position(0, 0), lsp.Position(0, 0))

Change = lsp.TextDocumentEdit | lsp.CreateFile | lsp.RenameFile | lsp.DeleteFile


def path_of(uri: str) -> str:
    """The path of a file; of a document that has none yet, the one that it may get."""
    path = to_fs_path(uri) if uri.startswith("file:") else None
    return absolute_path(path or uri.partition(":")[2] or uri)


def range_in(span: lsp.Range) -> Range:
    """A range of the protocol."""
    return (span.start.line, span.start.character), (span.end.line, span.end.character)


def markdown(text: str) -> lsp.MarkupContent:
    """A text in Markdown."""
    return lsp.MarkupContent(lsp.MarkupKind.Markdown, text)


class Conversion:
    """Places in files as the client counts them, and what stands there.

    `source` gives the text of a file, `uris` has the addresses of open documents by their paths. `snippets`
    says whether the client fills in their places.
    """

    def __init__(
        self,
        source: Callable[[str], SourceFile | None],
        encoding: Encoding,
        uris: Mapping[str, str],
        *,
        snippets: bool = False,
    ) -> None:
        self.source = source
        self.encoding = encoding
        self.uris = uris
        self.snippets = snippets
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

    def range(self, path: str, span: Span) -> lsp.Range:
        """The range of a span in a file, which is not read for its beginning."""
        if span.end == 0:
            return lsp.Range(lsp.Position(0, 0), lsp.Position(0, 0))
        start, end = self.places(path).range(span)
        return lsp.Range(lsp.Position(*start), lsp.Position(*end))

    def location(self, path: str, place: Place) -> lsp.Location:
        """A place in a file, as seen from the one at `path`."""
        span = place.selection or place.span
        return lsp.Location(self.uri(place.path), self.range(place.path, span))

    # What features say of the file at a path

    def diagnostic(self, path: str, found: Diagnostic) -> lsp.Diagnostic:
        """A finding."""
        finding = found.finding
        return lsp.Diagnostic(
            range=self.range(path, finding.span),
            message=finding.message,
            severity=lsp.DiagnosticSeverity(3 - finding.severity.rank),
            code=finding.rule or None,
            code_description=lsp.CodeDescription(found.manual) if found.manual else None,
            source="balise",
            tags=[lsp.DiagnosticTag[found.tag.capitalize()]] if found.tag else None,
            related_information=[
                lsp.DiagnosticRelatedInformation(
                    lsp.Location(self.uri(other.path), self.range(other.path, other.span)),
                    other.message,
                )
                for other in finding.related
            ],
        )

    def hover(self, path: str, found: Hover) -> lsp.Hover:
        """Markdown about a place."""
        return lsp.Hover(markdown(found.markdown), self.range(path, found.span))

    def completions(self, path: str, found: Sequence[Completion]) -> lsp.CompletionList:
        """What can be written, in its order."""
        items = [
            lsp.CompletionItem(
                label=item.label,
                kind=COMPLETIONS[item.kind],
                detail=item.detail or None,
                documentation=markdown(item.documentation) if item.documentation else None,
                sort_text=f"{number:05}",
                filter_text=item.filter_text or None,
                insert_text_format=lsp.InsertTextFormat.Snippet if item.snippet else None,
                text_edit=lsp.TextEdit(self.range(path, item.edit.span), item.edit.text),
            )
            for number, item in enumerate(c if self.snippets else c.plain for c in found)
        ]
        return lsp.CompletionList(is_incomplete=True, items=items)

    def highlight(self, path: str, span: Span) -> lsp.DocumentHighlight:
        """A place that is about the same."""
        return lsp.DocumentHighlight(self.range(path, span))

    def document_link(self, path: str, link: DocumentLink) -> lsp.DocumentLink:
        """A link that an editor can follow."""
        target = link.url
        if (place := link.target) is not None:
            start = self.range(place.path, place.span).start
            target = f"{self.uri(place.path)}#{start.line + 1},{start.character + 1}"
        return lsp.DocumentLink(self.range(path, link.span), target, link.tooltip or None)

    def symbol(self, path: str, symbol: Symbol) -> lsp.DocumentSymbol:
        """A heading, with what is below it."""
        place = symbol.place
        return lsp.DocumentSymbol(
            name=symbol.name or "…",
            kind=SYMBOLS[symbol.kind],
            range=self.range(path, place.span),
            selection_range=self.range(path, place.selection or place.span),
            detail=symbol.detail or None,
            children=[self.symbol(path, child) for child in symbol.children],
        )

    def symbol_elsewhere(self, path: str, symbol: Symbol) -> lsp.WorkspaceSymbol:
        """A page or heading of a collection."""
        location, detail = self.location(path, symbol.place), symbol.detail or None
        return lsp.WorkspaceSymbol(
            location, symbol.name or "…", SYMBOLS[symbol.kind], container_name=detail
        )

    def fold(self, path: str, fold: Fold) -> lsp.FoldingRange:
        """Lines that fold into the first of them."""
        kind = lsp.FoldingRangeKind(fold.kind) if fold.kind else None
        return lsp.FoldingRange(fold.first - 1, fold.last - 1, kind=kind)

    def selection_range(self, path: str, spans: Sequence[Span]) -> lsp.SelectionRange:
        """Spans around each other, the innermost first."""
        found = None
        for span in reversed(spans):
            found = lsp.SelectionRange(self.range(path, span), found)
        return found or lsp.SelectionRange(START)

    def hint(self, path: str, hint: Hint) -> lsp.InlayHint:
        """A text behind a place."""
        place = lsp.Position(*self.places(path).place(hint.offset))
        return lsp.InlayHint(place, hint.label, tooltip=hint.tooltip or None, padding_left=True)

    def lens(self, path: str, lens: Lens) -> lsp.CodeLens:
        """A line above a place; a click on it shows where it leads."""
        found = self.range(path, lens.span)
        locations = [self.location(path, place) for place in lens.places]
        arguments = [self.uri(path), found.start, locations]
        command = lsp.Command(lens.title, SHOW_PLACES if locations else "", arguments=arguments)
        return lsp.CodeLens(found, command)

    def renamed(self, path: str, found: tuple[Span, str]) -> lsp.PrepareRenamePlaceholder:
        """What can have another name, and the one that it has."""
        return lsp.PrepareRenamePlaceholder(self.range(path, found[0]), found[1])

    def code_action(
        self, action: CodeAction, edit: lsp.WorkspaceEdit, shown: Sequence[lsp.Diagnostic]
    ) -> lsp.CodeAction:
        """What can be done, with the diagnostics among those shown that it is about."""
        finding = action.finding
        where = self.range(finding.path, finding.span) if finding else None
        about = [d for d in shown if finding and d.code == finding.rule and d.range == where]
        preferred = action.preferred or None
        title = action.refactoring.title
        return lsp.CodeAction(title, action.kind, about or None, preferred, edit=edit)

    def workspace_edit(
        self, made: Refactoring, version: Callable[[str], int | None]
    ) -> lsp.WorkspaceEdit:
        """What a refactoring does to files: those made first, texts as they are today, then moves."""
        changes: list[Change] = []
        for path, text in made.created.items():
            changes.append(lsp.CreateFile(self.uri(path)))
            changes.append(self._edited(path, None, [lsp.TextEdit(START, text)]))
        for path, edits in made.edits.items():
            texts = [lsp.TextEdit(self.range(path, edit.span), edit.text) for edit in sorted(edits)]
            changes.append(self._edited(path, version(path), texts))
        changes += (lsp.RenameFile(self.uri(old), self.uri(new)) for old, new in made.moves.items())
        changes += (lsp.DeleteFile(self.uri(path)) for path in made.removed)
        return lsp.WorkspaceEdit(document_changes=changes)

    def _edited(
        self, path: str, version: int | None, texts: list[lsp.TextEdit]
    ) -> lsp.TextDocumentEdit:
        document = lsp.OptionalVersionedTextDocumentIdentifier(self.uri(path), version)
        return lsp.TextDocumentEdit(document, [*texts])


def as_changes(edit: lsp.WorkspaceEdit) -> lsp.WorkspaceEdit:
    """An edit of texts alone, for clients that know no versions."""
    edits = [c for c in edit.document_changes or () if isinstance(c, lsp.TextDocumentEdit)]
    return lsp.WorkspaceEdit(
        {c.text_document.uri: [e for e in c.edits if isinstance(e, lsp.TextEdit)] for c in edits}
    )
