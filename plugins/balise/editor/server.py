"""`balise server`: the language server (LSP 3.17) over stdin and stdout.

What an editor sends goes to the desk, what it asks for is answered by the module that bears the name
of the feature. All of it runs in one thread: there is nothing to lock.
"""

import asyncio
import json
import logging
from collections.abc import Callable, Generator, Mapping, Sequence
from importlib import import_module
from typing import Any, get_args

from lsprotocol import types as lsp
from msgspec.structs import replace
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams, JsonRpcParseError
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, default_converter
from pygls.protocol.language_server import lsp_method

from balise import __version__
from balise.base.errors import UserError
from balise.base.paths import absolute_path, path_here
from balise.base.source import Span
from balise.editor.conversion import Conversion, as_changes, path_of, range_in
from balise.editor.desk import Desk
from balise.editor.diagnostics import Diagnostic
from balise.editor.documents import Encoding, OpenDocument
from balise.editor.model import CodeAction
from balise.editor.settings import read_settings
from balise.editor.telling import FIX_ALL, Telling
from balise.editor.transport import Connection
from balise.refactor.model import Refactoring

log = logging.getLogger(__name__)

ENCODINGS: Mapping[str, Encoding] = {name: name for name in get_args(Encoding)}


class RequestFailed(JsonRpcException):
    """What was asked for cannot be done; the message is for people."""

    CODE = lsp.LSPErrorCodes.RequestFailed.value
    MESSAGE = "Request Failed"


class Protocol(LanguageServerProtocol):
    """That of pygls, but for texts, whose lines it ends where no editor does, and for the end."""

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

    @lsp_method(lsp.EXIT)
    def lsp_exit(self, *_: object) -> Generator[Any, Any, None]:
        """The client goes; rightly so after `shutdown`."""
        self._server.connection.end(0 if self._shutdown else 1)
        yield from ()

    def receive(self, body: bytes) -> None:
        """Handle a message; what is none is answered with an error."""
        try:
            data = json.loads(body)
        except (ValueError, RecursionError):
            error = JsonRpcParseError().to_response_error()
            self._send_data(lsp.ResponseErrorMessage(error=error))
            return
        try:
            self.handle_message(self.structure_message(data))
        except Exception as error:
            log.debug("a message that cannot be understood", exc_info=error)
            if isinstance(data, dict) and "id" in data and "method" in data:
                answer = JsonRpcInvalidParams(str(error)).to_response_error()
                self._send_response(data["id"], error=answer)


class Server(LanguageServer):
    """One client, by the protocol."""

    protocol: Protocol

    def __init__(self) -> None:
        super().__init__(
            "balise", __version__, protocol_cls=Protocol, converter_factory=default_converter
        )
        self.desk = Desk(self.say, self.warn)
        self.telling = Telling(self.desk, self.publish)
        self.connection = Connection()
        self.uris: dict[str, str] = {}
        self.paths: dict[str, str] = {}
        self.pulled: dict[str, Sequence[Diagnostic]] | None = None

    def run(self) -> int:
        """Serve the client until it goes; the exit status."""
        logging.getLogger("pygls").setLevel(logging.CRITICAL)
        self.protocol.set_writer(self.connection)
        return asyncio.run(self._run())

    async def _run(self) -> int:
        try:
            return await self.connection.serve(self.protocol.receive)
        finally:
            self.telling.stop()
            self.desk.close_all()

    def report_server_error(self, error: Exception, source: Any) -> None:
        """As of pygls: an editor is not bothered with it."""
        log.error("%s: %s", type(error).__name__, error)

    # Documents

    def open(self, item: lsp.TextDocumentItem) -> None:
        """A document is open from now on."""
        filed = item.uri.startswith("file:")
        name = item.uri.rpartition("/")[2].rpartition(":")[2] or "untitled"
        path = path_of(item.uri) if filed else absolute_path(f"{name.removesuffix('.md')}.md")
        path = self.desk.open(
            OpenDocument(path, item.version, self.encoding, item.text, filed=filed)
        )
        self.uris[path], self.paths[item.uri] = item.uri, path
        self.telling.want(path)

    def change(self, params: lsp.DidChangeTextDocumentParams) -> None:
        """The text of a document is another one; of one that is not open, nothing is known."""
        document = self.desk.documents.get(self.path(params.text_document.uri))
        if document is None:
            log.info("a change of %s, which is not open", params.text_document.uri)
            return
        for change in params.content_changes:
            if isinstance(change, lsp.TextDocumentContentChangePartial):
                document.change(change.text, range_in(change.range))
            else:
                document.take(change.text)
        document.version = params.text_document.version
        self.telling.want(document.path)

    def close(self, uri: str) -> None:
        """The file of a document counts again."""
        path = self.path(uri)
        if path in self.desk.documents:
            self.desk.close(path)
            self.telling.close(path)
            self.uris.pop(path, None)
            self.paths.pop(uri, None)
            if self.pulled is not None:
                self.pulled.pop(path, None)

    def path(self, uri: str) -> str:
        """The path of a document."""
        return self.paths.get(uri) or path_of(uri)

    # What is asked for

    @property
    def encoding(self) -> Encoding:
        """What the client counts columns in."""
        return ENCODINGS[self.server_capabilities.position_encoding or "utf-16"]

    def conversion(self) -> Conversion:
        """Places as the client counts them, in the texts of the moment."""
        completion = getattr(self.client_capabilities.text_document, "completion", None)
        item = getattr(completion, "completion_item", None)
        snippets = bool(getattr(item, "snippet_support", False))
        return Conversion(self.desk.source, self.encoding, self.uris, snippets=snippets)

    def ask(self, feature: str, document: lsp.TextDocumentIdentifier, *rest: Any) -> Any:
        """What a feature says of a document, where positions among the `rest` are offsets.

        None where the document is in no collection, or that is switched off. Raises RequestFailed where that cannot be done.
        """
        path = self.path(document.uri)
        if feature in self.desk.settings.off:
            return None
        view = self.desk.view(path, linked=feature in LINKED)
        if view is None:
            return None
        places = self.conversion().places(path)
        given = [
            places.offset(at.line, at.character) if isinstance(at, lsp.Position) else at
            for at in rest
        ]
        return carried_out(function(feature), view, *given)

    def edit(self, made: Refactoring | None) -> lsp.WorkspaceEdit | None:
        """A refactoring as the client can carry it out. Raises RequestFailed where it cannot."""
        if made is None:
            return None
        if lacking := self.lacking(made):
            raise RequestFailed(
                f"this editor cannot {' and '.join(lacking)} files; `balise mv` and `balise rm` can"
            )
        for note in made.notes:
            line = self.conversion().places(note.path).place(note.span.start)[0] + 1
            self.warn(f"{path_here(note.path)}:{line}: {note.message}")
        edit = self.conversion().workspace_edit(made, self.version_of)
        able = self.can_edit
        return edit if able.document_changes or able.resource_operations else as_changes(edit)

    def apply(self, made: Refactoring | None) -> None:
        """Have the client carry out a refactoring."""
        if made is not None and (edit := self.edit(made)):
            self.workspace_apply_edit(lsp.ApplyWorkspaceEditParams(edit, made.title))

    def lacking(self, made: Refactoring) -> Sequence[str]:
        """What the client would have to do with files for a refactoring, and cannot."""
        operations = self.can_edit.resource_operations or ()
        needed = {"create": made.created, "rename": made.moves, "delete": made.removed}
        return [kind for kind, files in needed.items() if files and kind not in operations]

    @property
    def can_edit(self) -> lsp.WorkspaceEditClientCapabilities:
        """What the client can do with files."""
        able = self.client_capabilities.workspace and self.client_capabilities.workspace
        return (able and able.workspace_edit) or lsp.WorkspaceEditClientCapabilities()

    @property
    def refreshes(self) -> bool:
        """Whether the client can be asked to pull what is wrong again."""
        workspace = self.client_capabilities.workspace
        return bool(workspace and workspace.diagnostics and workspace.diagnostics.refresh_support)

    def version_of(self, path: str) -> int | None:
        """The version of a document; None of a file that is not open."""
        document = self.desk.documents.get(path)
        return document.version if document else None

    # What is told

    def say(self, line: str) -> None:
        """Show a line to people."""
        self.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Info, line))

    def warn(self, line: str) -> None:
        """Show a line about something that people have to mend."""
        self.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Warning, line))

    def publish(self, path: str, found: Sequence[Diagnostic]) -> None:
        """Push what is wrong with a file, with the version of its document; have it pulled if it is."""
        if self.pulled is None or path not in self.desk.documents:
            to, version = self.conversion(), self.version_of(path)
            told = [to.diagnostic(path, diagnostic) for diagnostic in found]
            params = lsp.PublishDiagnosticsParams(to.uri(path), told, version)
            self.text_document_publish_diagnostics(params)
        elif self.refreshes and list(self.pulled.get(path, ())) != list(found):
            self.workspace_diagnostic_refresh(None)


def function(name: str) -> Callable[..., Any]:
    """A function of a module of this package, which is imported when it is first asked for."""
    module, _, own = name.partition(".")
    found: Callable[..., Any] = getattr(import_module(f"balise.editor.{module}"), own)
    return found


def carried_out(feature: Callable[..., Any], *arguments: Any) -> Any:
    """What a function answers. Raises RequestFailed where that cannot be done."""
    try:
        return feature(*arguments)
    except UserError as error:
        raise RequestFailed("; ".join(error.lines)) from error


LINKED = ("references.references", "code_lens.code_lenses", "hover.hover", "rename.rename")
"""What needs to know the links of all pages."""

Convert = Callable[[Conversion, str, Any], Any]
"""Makes a type of the protocol of what a feature has found in the document at a path."""


def each(convert: Convert) -> Convert:
    """The conversion of a list."""
    return lambda to, path, found: [convert(to, path, item) for item in found]


FEATURES: Mapping[str, tuple[str, Convert]] = {
    lsp.TEXT_DOCUMENT_HOVER: ("hover.hover", Conversion.hover),
    lsp.TEXT_DOCUMENT_COMPLETION: ("completion.completions", Conversion.completions),
    lsp.TEXT_DOCUMENT_DEFINITION: ("definition.definition", each(Conversion.location)),
    lsp.TEXT_DOCUMENT_REFERENCES: ("references.references", each(Conversion.location)),
    lsp.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT: ("highlights.highlights", each(Conversion.highlight)),
    lsp.TEXT_DOCUMENT_DOCUMENT_LINK: (
        "document_links.document_links",
        each(Conversion.document_link),
    ),
    lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL: ("symbols.document_symbols", each(Conversion.symbol)),
    lsp.TEXT_DOCUMENT_FOLDING_RANGE: ("folding.folds", each(Conversion.fold)),
    lsp.TEXT_DOCUMENT_CODE_LENS: ("code_lens.code_lenses", each(Conversion.lens)),
    lsp.TEXT_DOCUMENT_PREPARE_RENAME: ("rename.prepare_rename", Conversion.renamed),
}
"""By method of the protocol: the function that answers of a document, or of a place in it, and what
makes the answer the protocol's."""

OPTIONS = {
    lsp.TEXT_DOCUMENT_COMPLETION: lsp.CompletionOptions(trigger_characters=list("([/#!{.<`:\"'")),
    lsp.TEXT_DOCUMENT_CODE_ACTION: lsp.CodeActionOptions([lsp.CodeActionKind.QuickFix, FIX_ALL]),
    lsp.TEXT_DOCUMENT_RENAME: lsp.RenameOptions(prepare_provider=True),
    lsp.WORKSPACE_WILL_RENAME_FILES: lsp.FileOperationRegistrationOptions(
        [lsp.FileOperationFilter(lsp.FileOperationPattern("**/*"), "file")]
    ),
}


def make_server() -> Server:
    """A server with all features."""
    server = Server()
    for method, (name, convert) in FEATURES.items():
        server.feature(method, OPTIONS.get(method))(_asking(server, name, convert))

    @server.feature(lsp.INITIALIZE)
    def initialize(params: lsp.InitializeParams) -> None:
        try:
            server.desk.settings = read_settings(params.initialization_options)
        except UserError as error:
            for line in error.lines:
                server.warn(line)
        if params.process_id:
            server.connection.end_with(params.process_id)
        text = params.capabilities.text_document
        if text and text.diagnostic:
            server.pulled = {}
            options = lsp.DiagnosticOptions(True, False, identifier="balise")
            server.feature(lsp.TEXT_DOCUMENT_DIAGNOSTIC, options)(pull)

    @server.feature(lsp.INITIALIZED)
    def initialized(params: lsp.InitializedParams) -> None:
        uris = {folder.uri for folder in server.workspace.folders.values()}
        folders = [path_of(uri) for uri in uris or {server.workspace.root_uri} if uri]
        server.desk.prepare(folders)
        server.telling.want()
        able = server.client_capabilities.workspace
        watched = able and able.did_change_watched_files
        if watched and watched.dynamic_registration:
            options = lsp.DidChangeWatchedFilesRegistrationOptions([lsp.FileSystemWatcher("**/*")])
            method = lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES
            wanted = lsp.Registration("balise.files", method, options)
            server.client_register_capability(lsp.RegistrationParams([wanted]))
        else:
            server.telling.watch(folders)

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def added(params: lsp.DidChangeWorkspaceFoldersParams) -> None:
        server.desk.prepare(path_of(folder.uri) for folder in params.event.added)
        server.telling.want()

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def changed(params: lsp.DidChangeWatchedFilesParams) -> None:
        server.telling.touch([path_of(change.uri) for change in params.changes])

    async def pull(params: lsp.DocumentDiagnosticParams) -> Any:
        path = server.path(params.text_document.uri)
        found = await server.telling.diagnostics(path)
        if server.pulled is not None:
            server.pulled[path] = found
        told = each(Conversion.diagnostic)(server.conversion(), path, found)
        return lsp.RelatedFullDocumentDiagnosticReport(told)

    @server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, OPTIONS[lsp.TEXT_DOCUMENT_CODE_ACTION])
    async def code_action(params: lsp.CodeActionParams) -> Any:
        path, to = server.path(params.text_document.uri), server.conversion()
        start, end = (to.places(path).offset(*place) for place in range_in(params.range))
        found = await server.telling.code_actions(path, Span(start, end), params.context.only or ())

        def converted(action: CodeAction) -> lsp.CodeAction | None:
            edit = None if server.lacking(action.refactoring) else server.edit(action.refactoring)
            return to.code_action(action, edit, params.context.diagnostics) if edit else None

        return list(filter(None, map(converted, found)))

    @server.feature(lsp.WORKSPACE_SYMBOL)
    async def workspace_symbol(params: lsp.WorkspaceSymbolParams) -> Any:
        find, to = function("symbols.workspace_symbols"), server.conversion()
        workspaces = [session.workspace for session in server.desk.sessions]
        found = [symbol for pages in workspaces for symbol in find(pages, params.query)]
        return each(Conversion.symbol_elsewhere)(to, "", found)

    @server.feature(lsp.TEXT_DOCUMENT_SELECTION_RANGE)
    async def selection_range(params: lsp.SelectionRangeParams) -> Any:
        document, to = params.text_document, server.conversion()
        found = [
            server.ask("selection.selection_ranges", document, at) or () for at in params.positions
        ]
        return each(Conversion.selection_range)(to, server.path(document.uri), found)

    @server.feature(lsp.TEXT_DOCUMENT_INLAY_HINT)
    async def inlay_hint(params: lsp.InlayHintParams) -> Any:
        path, to = server.path(params.text_document.uri), server.conversion()
        span = Span(*(to.places(path).offset(*place) for place in range_in(params.range)))
        found = server.ask("inlay_hints.inlay_hints", params.text_document, span)
        return each(Conversion.hint)(to, path, found or ())

    @server.feature(lsp.TEXT_DOCUMENT_RENAME, OPTIONS[lsp.TEXT_DOCUMENT_RENAME])
    async def rename(params: lsp.RenameParams) -> Any:
        asked = (params.text_document, params.position, params.new_name)
        return server.edit(server.ask("rename.rename", *asked))

    @server.feature(lsp.WORKSPACE_WILL_RENAME_FILES, OPTIONS[lsp.WORKSPACE_WILL_RENAME_FILES])
    async def will_rename_files(params: lsp.RenameFilesParams) -> Any:
        moves = {path_of(file.old_uri): path_of(file.new_uri) for file in params.files}
        made = carried_out(server.desk.move_files, moves)
        return server.edit(made and replace(made, moves={}))

    @server.command("balise.move")
    def move(old: str, new: str) -> None:
        server.apply(carried_out(server.desk.move, path_of(old), path_of(new)))

    @server.command("balise.rename")
    def rename_here(uri: str, position: lsp.Position, name: str) -> None:
        document = lsp.TextDocumentIdentifier(uri)
        server.apply(server.ask("rename.rename", document, position, name))

    @server.command("balise.preview")
    def preview(uri: str) -> Any:
        return server.ask("preview.preview", lsp.TextDocumentIdentifier(uri))

    @server.command("balise.translations")
    def translations(uri: str) -> Any:
        found = server.ask("translations.translations", lsp.TextDocumentIdentifier(uri)) or ()
        to = server.conversion()
        return [
            {"locale": t.locale, "state": t.state, "uri": t.path and to.uri(t.path)} for t in found
        ]

    @server.command("balise.samePlace")
    def same_place(uri: str, position: lsp.Position, locale: str) -> Any:
        document = lsp.TextDocumentIdentifier(uri)
        found = server.ask("translations.same_place", document, position, locale)
        return found and server.conversion().location(found.path, found)

    return server


def _asking(server: Server, name: str, convert: Convert) -> Callable[[Any], Any]:
    async def answer(params: Any) -> Any:
        document = params.text_document
        at = (params.position,) if hasattr(params, "position") else ()
        found = server.ask(name, document, *at)
        path = server.path(document.uri)
        return None if found is None else convert(server.conversion(), path, found)

    return answer
