"""`balise server`: the language server (LSP 3.17) over stdin and stdout.

What an editor sends goes to the desk, what it asks for is answered by the module that bears the name
of the feature. All of it runs in one thread: there is nothing to lock.
"""

import asyncio
import json
import logging
import os
from collections.abc import Callable, Generator, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
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
from balise.editor.desk import FIX_ALL, Desk
from balise.editor.diagnostics import Diagnostic
from balise.editor.documents import Encoding, OpenDocument
from balise.editor.settings import read_settings
from balise.editor.transport import Streams
from balise.editor.view import View
from balise.refactor.model import Refactoring

log = logging.getLogger(__name__)

ENCODINGS: Mapping[str, Encoding] = {name: name for name in get_args(Encoding)}
WATCHED = "balise.files"
"""The id by which the client is asked to tell of files."""


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
        self._server.end(0 if self._shutdown else 1)
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
        self.desk = Desk(self.publish, self.say)
        self.uris: dict[str, str] = {}
        self.paths: dict[str, str] = {}
        self.pulls = False
        self._ended: asyncio.Future[int] | None = None

    # From the beginning to the end

    def run(self) -> int:
        """Serve the client at stdin and stdout until it goes; the exit status."""
        logging.getLogger("pygls").setLevel(logging.CRITICAL)
        return asyncio.run(self._serve(Streams()))

    async def _serve(self, streams: Streams) -> int:
        loop = asyncio.get_running_loop()
        self._ended = loop.create_future()
        self.protocol.set_writer(streams)
        streams.listen(
            lambda body: loop.call_soon_threadsafe(self.protocol.receive, body),
            lambda: loop.call_soon_threadsafe(self.end, 1),
        )
        try:
            return await self._ended
        finally:
            self.desk.close_all()

    def end(self, status: int) -> None:
        """End the server."""
        if self._ended is not None and not self._ended.done():
            self._ended.set_result(status)

    def report_server_error(self, error: Exception, source: Any) -> None:
        """As of pygls: an editor is not bothered with it."""
        log.error("%s: %s", type(error).__name__, error)
        if isinstance(error, BrokenPipeError):
            self.end(1)

    def begin(self, params: lsp.InitializeParams) -> None:
        """Take the settings of a client, and what it can do."""
        try:
            self.desk.settings = read_settings(params.initialization_options)
        except UserError as error:
            for line in error.lines:
                self.say(line)
        text = params.capabilities.text_document
        self.pulls = bool(text and text.diagnostic)
        if params.process_id:
            _end_with(params.process_id, self.end)

    # Documents

    def open(self, item: lsp.TextDocumentItem) -> None:
        """A document is open from now on."""
        filed = item.uri.startswith("file:")
        name = item.uri.rpartition("/")[2].rpartition(":")[2] or "untitled"
        path = path_of(item.uri) if filed else absolute_path(f"{name.removesuffix('.md')}.md")
        encoding = ENCODINGS[self.server_capabilities.position_encoding or "utf-16"]
        document = OpenDocument(path, item.version, encoding, item.text)
        path = self.desk.open(document, filed=filed)
        self.uris[path], self.paths[item.uri] = item.uri, path

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
        self.desk.want(document.path)

    def close(self, uri: str) -> None:
        """The file of a document counts again."""
        path = self.path(uri)
        if path in self.desk.documents:
            self.desk.close(path)
            self.uris.pop(path, None)
            self.paths.pop(uri, None)

    def path(self, uri: str) -> str:
        """The path of a document."""
        return self.paths.get(uri) or path_of(uri)

    # What is asked for

    def conversion(self) -> Conversion:
        """Places as the client counts them, in the texts of the moment."""
        encoding = self.server_capabilities.position_encoding or "utf-16"
        return Conversion(self.desk.source, ENCODINGS[encoding], self.uris)

    def ask(
        self,
        params: Any,
        feature: Callable[..., Any],
        convert: Callable[[Conversion, str, Any], Any],
    ) -> Any:
        """What a feature says of a document, or of a place in it; None where there is none."""
        linked = getattr(feature, "__name__", "") in LINKED
        view = self.desk.view(self.path(params.text_document.uri), linked=linked)
        if view is None:
            return None
        to, place = self.conversion(), getattr(params, "position", None)
        at = () if place is None else (to.places(view.path).offset(place.line, place.character),)
        found = self.carried_out(feature, view, *at)
        return None if found is None else convert(to, view.path, found)

    def carried_out(self, feature: Callable[..., Any], *arguments: Any) -> Any:
        """What a feature answers. Raises RequestFailed where that cannot be done."""
        try:
            return feature(*arguments)
        except UserError as error:
            raise RequestFailed("; ".join(error.lines)) from error

    def apply(self, made: Refactoring) -> None:
        """Have the client carry out a refactoring."""
        edit = lsp.ApplyWorkspaceEditParams(self.edit(made), made.title)
        self.workspace_apply_edit(edit)

    def edit(self, made: Refactoring) -> lsp.WorkspaceEdit:
        """A refactoring as the client can carry it out. Raises RequestFailed where it cannot."""
        if lacking := self.lacking(made):
            raise RequestFailed(
                f"this editor cannot {' and '.join(lacking)} files; `balise mv` and `balise rm` can"
            )
        for note in made.notes:
            line = self.conversion().places(note.path).place(note.span.start)[0] + 1
            self.say(f"{path_here(note.path)}:{line}: {note.message}")
        edit = self.conversion().workspace_edit(made, self.version_of)
        return edit if self.can_edit and self.can_edit.document_changes else as_changes(edit)

    def lacking(self, made: Refactoring) -> Sequence[str]:
        """What the client would have to do with files for a refactoring, and cannot."""
        able = self.can_edit
        operations = set(able.resource_operations or ()) if able and able.document_changes else ()
        needed = {"create": made.created, "rename": made.moves, "delete": made.removed}
        return [kind for kind, files in needed.items() if files and kind not in operations]

    @property
    def can_edit(self) -> lsp.WorkspaceEditClientCapabilities | None:
        """What the client can do with files."""
        workspace = self.client_capabilities.workspace
        return workspace.workspace_edit if workspace else None

    def version_of(self, path: str) -> int | None:
        """The version of a document; None of a file that is not open."""
        document = self.desk.documents.get(path)
        return document.version if document else None

    # What is told

    def say(self, line: str) -> None:
        """Show a line to people."""
        self.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Warning, line))

    def publish(self, path: str, found: Sequence[Diagnostic]) -> None:
        """Push what is wrong with a file, with the version of its document."""
        document = self.desk.documents.get(path)
        if document is not None and self.pulls:
            return
        to = self.conversion()
        self.text_document_publish_diagnostics(
            lsp.PublishDiagnosticsParams(
                to.uri(path),
                [to.diagnostic(diagnostic) for diagnostic in found],
                version=document.version if document else None,
            )
        )


def _end_with(process: int, end: Callable[[int], None]) -> None:
    """End as soon as another process has ended, where the system tells of that."""
    if not hasattr(os, "pidfd_open"):
        return
    try:
        watched = os.pidfd_open(process)
    except ProcessLookupError:
        end(1)
    except OSError:
        return
    else:
        asyncio.get_running_loop().add_reader(watched, end, 1)


Convert = Callable[[Conversion, str, Any], Any]
"""Makes a type of the protocol of what a feature has found in the document at a path."""

FEATURES: Mapping[str, tuple[str, Convert]] = {
    lsp.TEXT_DOCUMENT_HOVER: ("hover.hover", Conversion.hover),
    lsp.TEXT_DOCUMENT_COMPLETION: ("completion.completions", Conversion.completions),
    lsp.TEXT_DOCUMENT_DEFINITION: ("definition.definition", Conversion.locations),
    lsp.TEXT_DOCUMENT_REFERENCES: ("references.references", Conversion.locations),
    lsp.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT: ("highlights.highlights", Conversion.highlights),
    lsp.TEXT_DOCUMENT_DOCUMENT_LINK: ("document_links.document_links", Conversion.document_links),
    lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL: ("symbols.document_symbols", Conversion.document_symbols),
    lsp.TEXT_DOCUMENT_FOLDING_RANGE: ("folding.folds", Conversion.folds),
    lsp.TEXT_DOCUMENT_CODE_LENS: ("code_lens.code_lenses", Conversion.lenses),
}
"""By method of the protocol: the function that answers of a document or a place in it, and what makes
the answer the protocol's."""

LINKED = ("references", "code_lenses", "rename")
"""The functions that need to know the links of all pages."""

OPTIONS = {
    lsp.TEXT_DOCUMENT_COMPLETION: lsp.CompletionOptions(trigger_characters=list("([/#!{.<`:\"'")),
}


def make_server() -> Server:
    """A server with all features."""
    server = Server()
    for method, (name, convert) in FEATURES.items():
        if find_spec(f"balise.editor.{name.partition('.')[0]}"):
            server.feature(method, OPTIONS.get(method))(_asking(server, name, convert))

    @server.feature(lsp.INITIALIZE)
    def initialize(params: lsp.InitializeParams) -> None:
        server.begin(params)
        if server.pulls:
            options = lsp.DiagnosticOptions(True, False, identifier="balise")
            server.feature(lsp.TEXT_DOCUMENT_DIAGNOSTIC, options)(pull)

    async def pull(params: lsp.DocumentDiagnosticParams) -> Any:
        found = await server.desk.diagnostics(server.path(params.text_document.uri))
        to = server.conversion()
        return lsp.RelatedFullDocumentDiagnosticReport([*map(to.diagnostic, found)])

    @server.feature(lsp.INITIALIZED)
    def initialized(params: lsp.InitializedParams) -> None:
        uris = {folder.uri for folder in server.workspace.folders.values()}
        server.desk.prepare(path_of(uri) for uri in uris or {server.workspace.root_uri} if uri)
        files = server.client_capabilities.workspace
        watched = files and files.did_change_watched_files
        if watched and watched.dynamic_registration:
            options = lsp.DidChangeWatchedFilesRegistrationOptions([lsp.FileSystemWatcher("**/*")])
            wanted = lsp.Registration(WATCHED, lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            server.client_register_capability(lsp.RegistrationParams([wanted]))

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def changed(params: lsp.DidChangeWatchedFilesParams) -> None:
        server.desk.touch([path_of(change.uri) for change in params.changes])

    @server.feature(
        lsp.TEXT_DOCUMENT_CODE_ACTION,
        lsp.CodeActionOptions([lsp.CodeActionKind.QuickFix, FIX_ALL]),
    )
    async def code_action(params: lsp.CodeActionParams) -> Any:
        path, to = server.path(params.text_document.uri), server.conversion()
        start, end = (to.places(path).offset(*place) for place in range_in(params.range))
        found = await server.desk.code_actions(path, Span(start, end), params.context.only or ())
        return [
            to.code_action(action, server.edit(action.refactoring), params.context.diagnostics)
            for action in found
            if not server.lacking(action.refactoring)
        ]

    @server.feature(lsp.WORKSPACE_SYMBOL)
    async def workspace_symbol(params: lsp.WorkspaceSymbolParams) -> Any:
        find = _feature("symbols.workspace_symbols")
        to = server.conversion()
        return [
            to.workspace_symbol(symbol)
            for session in server.desk.sessions
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

    @server.feature(lsp.TEXT_DOCUMENT_PREPARE_RENAME)
    async def prepare_rename(params: lsp.PrepareRenameParams) -> Any:
        return server.ask(params, _feature("rename.prepare_rename"), Conversion.renamed)

    @server.feature(lsp.TEXT_DOCUMENT_RENAME, lsp.RenameOptions(prepare_provider=True))
    async def rename(params: lsp.RenameParams) -> Any:
        def rename(view: View, offset: int) -> Any:
            return _feature("rename.rename")(view, offset, params.new_name)

        return server.ask(params, rename, lambda _to, _path, made: server.edit(made))

    @server.feature(
        lsp.WORKSPACE_WILL_RENAME_FILES,
        lsp.FileOperationRegistrationOptions(
            [lsp.FileOperationFilter(lsp.FileOperationPattern("**/*"), "file")]
        ),
    )
    async def will_rename_files(params: lsp.RenameFilesParams) -> Any:
        moves = {path_of(file.old_uri): path_of(file.new_uri) for file in params.files}
        made = server.carried_out(server.desk.move_files, moves)
        return made and server.edit(replace(made, moves={}))

    @server.command("balise.move")
    def move(old: str, new: str) -> None:
        made = server.carried_out(server.desk.move, path_of(old), path_of(new))
        if made is not None:
            server.apply(made)

    @server.command("balise.rename")
    def rename_at(uri: str, position: lsp.Position, name: str) -> None:
        view = server.desk.view(server.path(uri), linked=True)
        if view is not None:
            at = server.conversion().places(view.path).offset(position.line, position.character)
            server.apply(server.carried_out(_feature("rename.rename"), view, at, name))

    @server.command("balise.preview")
    def preview(uri: str) -> Any:
        view = server.desk.view(server.path(uri))
        return None if view is None else _feature("preview.preview")(view)

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
