"""A client of `balise server`, over pipes as an editor: it waits for messages, and for nothing else."""

import json
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import Any

PATIENCE = 60.0
"""Seconds after which a server that says nothing is ended; a read of it fails then."""

CAPABILITIES: dict[str, Any] = {
    "general": {"positionEncodings": ["utf-16"]},
    "textDocument": {
        "publishDiagnostics": {"relatedInformation": True, "versionSupport": True},
        "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": [""]}}},
        "rename": {"prepareSupport": True},
    },
    "workspace": {
        "configuration": False,
        "workspaceEdit": {
            "documentChanges": True,
            "resourceOperations": ["create", "rename", "delete"],
        },
        "didChangeWatchedFiles": {"dynamicRegistration": True},
        "fileOperations": {"willRename": True},
    },
}
"""What most editors can do."""


class LanguageClient:
    """A server of its own in a folder; `initialize` begins, the end of a `with` ends it."""

    def __init__(
        self, folder: Path, command: Sequence[str] = (sys.executable, "-m", "balise", "server")
    ) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.received: deque[dict[str, Any]] = deque()
        self.version = 0
        """Of the last text that was sent; no two of any documents have the same."""
        self.documents: set[str] = set()
        """The addresses of those that are open."""
        self._ids = 0

    # Messages

    def send_bytes(self, data: bytes) -> None:
        """Send bytes as they are."""
        assert self.process.stdin
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, message: Mapping[str, Any]) -> None:
        """Send a message."""
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.send_bytes(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))

    def notify(self, method: str, params: Any = None) -> None:
        """Send a notification."""
        self.send({"method": method, "params": params})

    def ask(self, method: str, params: Any = None) -> int:
        """Send a request; its number."""
        self._ids += 1
        self.send({"id": self._ids, "method": method, "params": params})
        return self._ids

    def answer(self, number: int) -> dict[str, Any]:
        """The answer to a request: `result` or `error`."""
        return self.wait(lambda message: message.get("id") == number and "method" not in message)

    def request(self, method: str, params: Any = None) -> Any:
        """The result of a request; raises AssertionError for an error."""
        answer = self.answer(self.ask(method, params))
        assert "error" not in answer, answer["error"]
        return answer.get("result")

    def error(self, method: str, params: Any = None) -> str:
        """The message of the error that a request ends with."""
        message: str = self.answer(self.ask(method, params))["error"]["message"]
        return message

    def wait(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The first message that is wanted, and that nobody has taken yet."""
        for message in self.received:
            if wanted(message):
                self.received.remove(message)
                return message
        while True:
            message = self._read()
            if wanted(message):
                return message
            self.received.append(message)

    def notification(self, method: str) -> Any:
        """The parameters of the next notification or request of this method."""
        return self.wait(lambda message: message.get("method") == method)["params"]

    def _read(self) -> dict[str, Any]:
        """The next message; raises AssertionError where the server has ended."""
        assert self.process.stdout
        timer = Timer(PATIENCE, self.process.kill)
        timer.start()
        try:
            length = 0
            while (line := self.process.stdout.readline()).strip():
                name, _, value = line.decode("ascii").partition(":")
                length = int(value) if name.lower() == "content-length" else length
            body = self.process.stdout.read(length)
        finally:
            timer.cancel()
        assert body, f"the server has ended: {self.end()}"
        message: dict[str, Any] = json.loads(body)
        if "method" in message and "id" in message:  # what it asks is done
            self.send({"id": message["id"], "result": None})
        return message

    # What editors do

    def initialize(
        self,
        *,
        capabilities: Mapping[str, Any] = CAPABILITIES,
        options: Mapping[str, Any] | None = None,
        folders: Sequence[Path] | None = None,
        process: int | None = None,
    ) -> dict[str, Any]:
        """Begin; what the server can do."""
        result: dict[str, Any] = self.request(
            "initialize",
            {
                "processId": process,
                "rootUri": self.folder.as_uri(),
                "capabilities": capabilities,
                "initializationOptions": options,
                "workspaceFolders": [
                    {"uri": folder.as_uri(), "name": folder.name}
                    for folder in folders or [self.folder]
                ],
            },
        )
        self.notify("initialized", {})
        return result

    def uri(self, name: str) -> str:
        """The address of a file in the folder."""
        return (self.folder / name).as_uri()

    def open(self, name: str, text: str | None = None) -> str:
        """Open a file, or a text in its place; its address."""
        uri = self.uri(name)
        if text is None:
            text = (self.folder / name).read_bytes().decode()
        self.version += 1
        self.documents.add(uri)
        document = {"uri": uri, "languageId": "markdown", "version": self.version, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})
        return uri

    def change(self, uri: str, *changes: Mapping[str, Any]) -> int:
        """Change a document by changes as of the protocol; its new version."""
        self.version += 1
        document = {"uri": uri, "version": self.version}
        self.notify(
            "textDocument/didChange", {"textDocument": document, "contentChanges": list(changes)}
        )
        return self.version

    def close(self, uri: str) -> None:
        """Close a document."""
        self.documents.discard(uri)
        self.notify("textDocument/didClose", {"textDocument": {"uri": uri}})

    def diagnostics(self, uri: str, version: int | None = None) -> list[dict[str, Any]]:
        """The next diagnostics of a file, of a version of its document if one is given."""

        def wanted(message: dict[str, Any]) -> bool:
            if message.get("method") != "textDocument/publishDiagnostics":
                return False
            params = message["params"]
            return params["uri"] == uri and version in (None, params.get("version"))

        found: list[dict[str, Any]] = self.wait(wanted)["params"]["diagnostics"]
        return found

    def opened(self, name: str, text: str | None = None) -> tuple[str, list[dict[str, Any]]]:
        """Open a file; its address, and the first diagnostics of it."""
        uri = self.open(name, text)
        return uri, self.diagnostics(uri, self.version)

    # The end

    def shutdown(self) -> int:
        """End the server as an editor does; its exit status."""
        self.request("shutdown")
        self.notify("exit")
        return self.process.wait(PATIENCE)

    def end(self) -> str:
        """End the server, whatever it does; what it has printed on stderr."""
        assert self.process.stdin
        self.process.stdin.close()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
        assert self.process.stdout
        assert self.process.stderr
        self.process.stdout.close()
        errors = self.process.stderr.read().decode("utf-8", "replace")
        self.process.stderr.close()
        return errors

    def __enter__(self) -> "LanguageClient":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.end()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            assert stream
            stream.close()
