"""`balise server`: the language server (LSP 3.17) over stdin and stdout.

What an editor sends goes to the sessions, what it asks for is answered by the module that bears the
name of the feature. All of it runs in one thread: there is nothing to lock.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any, get_args

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, default_converter
from pygls.protocol.language_server import lsp_method

from balise import __version__
from balise.base.errors import UserError
from balise.base.source import SourceFile, Span
from balise.editor.conversion import Conversion, path_of, range_in, uri_of
from balise.editor.diagnostics import diagnostics
from balise.editor.documents import Encoding, OpenDocument
from balise.editor.session import Session
from balise.editor.sessions import Sessions
from balise.editor.view import View
from balise.workspace.sources import source_of

log = logging.getLogger(__name__)

DEBOUNCE = 0.05
"""Seconds without a key after which a text is checked."""


ENCODINGS: Mapping[str, Encoding] = {name: name for name in get_args(Encoding)}


class Protocol(LanguageServerProtocol):
    """That of pygls, but for texts: pygls ends lines where no editor does."""

    _server: "Server"

    @lsp_method(lsp.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: lsp.DidOpenTextDocumentParams) -> None:
        """A document is open from now on."""
        self._server.open(params.text_document)

    @lsp_method(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: lsp.DidChangeTextDocumentParams) -> None:
        """The text of a document is another one."""
        self._server.change(params)

    @lsp_method(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: lsp.DidCloseTextDocumentParams) -> None:
        """The file of a document counts again."""
        self._server.close(params.text_document.uri)


class Server(LanguageServer):
    """Documents and sessions of one client."""

    def __init__(self) -> None:
        super().__init__(
            "balise",
            __version__,
            protocol_cls=Protocol,
            converter_factory=default_converter,
        )
        self.documents: dict[str, OpenDocument] = {}
        self.sessions = Sessions()
        self.changed: set[str] = set()
        self.work: asyncio.Task[None] | None = None

    @property
    def encoding(self) -> Encoding:
        """How the client counts columns."""
        return ENCODINGS[self.server_capabilities.position_encoding or "utf-16"]

    # Documents

    def open(self, item: lsp.TextDocumentItem) -> None:
        """A document is open from now on."""
        document = OpenDocument(item.uri, path_of(item.uri), item.version, self.encoding)
        document.take(item.text)
        self.documents[document.path] = document
        self.want(document.path)

    def change(self, params: lsp.DidChangeTextDocumentParams) -> None:
        """The text of a document is another one; of one that is not open, nothing is known."""
        document = self.documents.get(path_of(params.text_document.uri))
        if document is None:
            log.warning("a change of %s, which is not open", params.text_document.uri)
            return
        for change in params.content_changes:
            if isinstance(change, lsp.TextDocumentContentChangePartial):
                document.change(change.text, range_in(change.range))
            else:
                document.take(change.text)
        document.version = params.text_document.version
        self.want(document.path)

    def close(self, uri: str) -> None:
        """The file of a document counts again."""
        document = self.documents.pop(path_of(uri), None)
        if document is not None:
            self.changed.discard(document.path)
            self.sessions.close(document.path)
            self.push(document.path, [])
            self.want()

    # What is asked for

    def view(self, uri: str) -> View | None:
        """A document as it is at the moment; None for one that is not in any collection."""
        path = path_of(uri)
        document = self.documents.get(path)
        if document is None:
            return None
        session = self.lay(document)
        return None if session is None else session.view(path)

    def lay(self, document: OpenDocument) -> Session | None:
        """Take a text into its session."""
        try:
            return self.sessions.open(document.source)
        except UserError as error:
            log.warning("%s", error)
            return None

    def source(self, path: str) -> SourceFile | None:
        """The text of a file, or of the document that is laid over it."""
        document = self.documents.get(path)
        return document.source if document else source_of(path)

    def conversion(self) -> Conversion:
        """Places as the client counts them, in the texts of the moment."""
        return Conversion(self.source, self.encoding)

    def ask(
        self,
        params: Any,
        feature: Callable[..., Any],
        convert: Callable[[Conversion, str, Any], Any],
    ) -> Any:
        """What a feature says of a document, or of a place in it; None where there is none."""
        view = self.view(params.text_document.uri)
        if view is None:
            return None
        conversion = self.conversion()
        place = getattr(params, "position", None)
        places = conversion.places(view.path)
        at = () if place is None else (places.offset(place.line, place.character),)
        found = feature(view, *at)
        return None if found is None else convert(conversion, view.path, found)

    # What is wrong

    def want(self, path: str | None = None) -> None:
        """Check again, soon: the newest change wins."""
        if path is not None:
            self.changed.add(path)
        if self.work is not None:
            self.work.cancel()
        self.work = asyncio.ensure_future(self.check())

    async def check(self) -> None:
        """Tell what is wrong with what has changed, then what that does to all else."""
        if self.sessions:
            await asyncio.sleep(DEBOUNCE)
        for path in tuple(self.changed):
            session = self.lay(self.documents[path])
            self.changed.discard(path)
            if session is None:
                self.push(path, [])
            elif session.known is not None:
                self.tell(session, {path})
        for session in self.sessions:
            first = session.known is None
            steps = session.steps()
            while True:
                try:
                    next(steps)
                except StopIteration as end:
                    open_here = {p for p in self.documents if self.sessions.of(p) is session}
                    self.tell(session, open_here if first else end.value & open_here)
                    break
                await asyncio.sleep(0)

    def tell(self, session: Session, paths: set[str]) -> None:
        """Push what is wrong with some files of a session."""
        report = session.report(paths)
        conversion = self.conversion()
        for path in paths:
            found = diagnostics(report, path)
            self.push(path, [conversion.diagnostic(diagnostic) for diagnostic in found])

    def push(self, path: str, found: list[lsp.Diagnostic]) -> None:
        """Push diagnostics of a file, with the version of its document."""
        document = self.documents.get(path)
        uri = document.uri if document else uri_of(path)
        version = document.version if document else None
        self.text_document_publish_diagnostics(
            lsp.PublishDiagnosticsParams(uri, found, version=version)
        )


def _locations(to: Conversion, path: str, found: Any) -> Any:
    return [to.location(place) for place in found]


def _highlights(to: Conversion, path: str, found: Any) -> Any:
    return [lsp.DocumentHighlight(to.range(path, span)) for span in found]


Convert = Callable[[Conversion, str, Any], Any]
"""Makes a type of the protocol of what a feature has found in the document at a path."""

FEATURES: Mapping[str, tuple[str, Convert]] = {
    lsp.TEXT_DOCUMENT_HOVER: ("hover.hover", Conversion.hover),
    lsp.TEXT_DOCUMENT_COMPLETION: ("completion.completions", Conversion.completions),
    lsp.TEXT_DOCUMENT_DEFINITION: ("definition.definition", _locations),
    lsp.TEXT_DOCUMENT_REFERENCES: ("references.references", _locations),
    lsp.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT: ("highlights.highlights", _highlights),
    lsp.TEXT_DOCUMENT_DOCUMENT_LINK: ("document_links.document_links", Conversion.document_links),
    lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL: ("symbols.document_symbols", Conversion.document_symbols),
    lsp.TEXT_DOCUMENT_FOLDING_RANGE: ("folding.folds", Conversion.folds),
    lsp.TEXT_DOCUMENT_CODE_LENS: ("code_lens.code_lenses", Conversion.lenses),
}
"""By method of the protocol: the function that answers of a document or a place in it, and what makes
the answer the protocol's."""

OPTIONS = {
    lsp.TEXT_DOCUMENT_COMPLETION: lsp.CompletionOptions(trigger_characters=list("([/#!{.<`:\"'")),
}


def make_server() -> Server:
    """A server with all features."""
    server = Server()
    for method, (name, convert) in FEATURES.items():
        if find_spec(f"balise.editor.{name.partition('.')[0]}"):
            server.feature(method, OPTIONS.get(method))(_asking(server, name, convert))

    @server.feature(lsp.WORKSPACE_SYMBOL)
    async def workspace_symbol(params: lsp.WorkspaceSymbolParams) -> Any:
        find = _feature("symbols.workspace_symbols")
        to = server.conversion()
        return [
            to.workspace_symbol(symbol)
            for session in server.sessions
            for symbol in find(session.workspace, params.query)
        ]

    @server.feature(lsp.TEXT_DOCUMENT_SELECTION_RANGE)
    async def selection_range(params: lsp.SelectionRangeParams) -> Any:
        find = _feature("selection.selection_ranges")

        def found(view: View) -> Any:
            places = server.conversion().places(view.path)
            return [find(view, places.offset(at.line, at.character)) for at in params.positions]

        return server.ask(params, found, Conversion.selection_ranges)

    @server.feature(lsp.TEXT_DOCUMENT_INLAY_HINT)
    async def inlay_hint(params: lsp.InlayHintParams) -> Any:
        find = _feature("inlay_hints.inlay_hints")

        def found(view: View) -> Any:
            places = server.conversion().places(view.path)
            start, end = (places.offset(*place) for place in range_in(params.range))
            return find(view, Span(start, end))

        return server.ask(params, found, Conversion.hints)

    return server


def _feature(name: str) -> Callable[..., Any]:
    """A function of a module of this package, which is imported when it is first asked for."""
    module, _, function = name.partition(".")
    found: Callable[..., Any] = getattr(import_module(f"balise.editor.{module}"), function)
    return found


def _asking(server: Server, name: str, convert: Convert) -> Callable[[Any], Any]:
    async def answer(params: Any) -> Any:
        return server.ask(params, _feature(name), convert)

    return answer
