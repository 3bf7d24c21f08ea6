"""The search of a locale: an index that a browser loads in small pieces, made by Pagefind.

Pagefind runs as a service: pages go in through a pipe, and the files of the index come out, so
none of either has to be written for it. Up to version 1.5.2 it drops what it has not answered
yet when the pipe is closed, and what it writes itself may be cut short by its end; so the pipe
stays open until the last answer is there, and the files are written here.
"""

import os
import shutil
import subprocess
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from html import escape
from itertools import chain, pairwise
from pathlib import Path
from threading import Semaphore, Thread
from typing import IO, Any, cast

import msgspec

from balise.base.errors import UserError

UNUSED = ("pagefind-component-ui.", "pagefind-highlight.js", "pagefind-modular-ui.", "pagefind-ui.")  # fmt: skip
"""How the names of files begin that Pagefind writes for those who have no search box of their own."""

NOT_SEARCHED = "a.headerlink"
"""CSS selectors of what is no text of a page, though it stands among it."""

AT_ONCE = 50
"""Pages that Pagefind is given before it has answered: what it has not come to yet is in its memory."""
FILES = {"type": "GetFiles", "index_id": 0}
"""The order that the index is put together, and its files given back."""

PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta data-pagefind-meta="context[content]" content="{context}">
</head>
<body data-pagefind-body>
<h1 data-pagefind-meta="title" data-pagefind-weight="10">{title}</h1>
{html}
</body>
</html>
"""


class SearchPage(msgspec.Struct, frozen=True):
    """A page that can be found.

    `url` is its address as in a link, relative to the folder that holds the bundle. `title` and
    `breadcrumbs`, the names of what the page is in from the outermost on, are plain text, as are the
    `keywords` that its author gives it. `html` is what readers see below the title. `is_product`
    tells of a page that has others below it. `section` is the name of the section that begins with it, where
    sections are offered to those who find nothing.
    """

    url: str
    title: str
    html: str
    breadcrumbs: tuple[str, ...] = ()
    keywords: str = ""
    is_product: bool = False
    section: str = ""


def find_program() -> Path | None:
    """Pagefind's program: from its package, or else on `PATH`."""
    try:
        from pagefind_bin import get_executable

        return Path(get_executable())
    except (ImportError, FileNotFoundError):
        found = shutil.which("pagefind")
        return Path(found) if found else None


def write_index(
    pages: Iterable[SearchPage],
    language: str,
    output: Path,
    alone: AbstractContextManager[object] | None = None,
) -> None:
    """Make the bundle of a locale from its pages, in place of what is in `output`.

    `language` is that of the pages, such as `fr` or `en-gb`; its first part says how words are
    reduced to their stems. The same pages give the same bytes. Without pages, or without a word
    on them, no bundle is made. While the index is put together, which takes three times the memory
    that its pages take, `alone` is held.

    Raises `UserError` where there is no program, or where it fails.
    """
    program = find_program()
    if program is None:
        raise UserError(
            "the search index cannot be made: there is no program `pagefind`; "
            "install `balise[site]`, or put it on PATH"
        )
    language = language.partition("-")[0]
    try:
        shutil.rmtree(output, ignore_errors=True)
        folders: set[str] = set()
        for path, content in _files(program, pages, language, output, alone or nullcontext()):
            file = f"{output}/{path}"
            folder = file.rpartition("/")[0]
            if folder not in folders:
                os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - thousands of files
                folders.add(folder)
            with open(file, "wb") as there:  # noqa: PTH123 - as above
                there.write(content)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UserError(f"the search index {output} cannot be written: {reason}") from error


def _files(
    program: Path,
    pages: Iterable[SearchPage],
    language: str,
    output: Path,
    alone: AbstractContextManager[object],
) -> Iterator[tuple[str, bytes]]:
    """The files of the index that a browser asks for, with their paths in it."""
    answers = list(_answers(program, _orders(pages, language), output, alone))
    if not any(answer.get("page_word_count") for answer in answers):
        return
    files = {file["path"]: file["content"] for file in answers[-1].get("files", ())}
    unused: tuple[str, ...] = UNUSED
    if f"wasm.{language}.pagefind" in files:
        unused = (*UNUSED, "wasm.unknown.pagefind")
    for path, content in files.items():
        if not path.startswith(unused):
            yield path, b64decode(content)


def _orders(pages: Iterable[SearchPage], language: str) -> Iterator[Mapping[str, Any]]:
    """What Pagefind is asked to do before `FILES`, in its own words."""
    config = {"force_language": language, "exclude_selectors": [NOT_SEARCHED]}
    yield {"type": "NewIndex", "config": config}
    for page in pages:
        text = PAGE.format(
            language=escape(language),
            title=escape(page.title),
            context=escape(" › ".join(page.breadcrumbs)),
            html=page.html,
        )
        yield {"type": "AddFile", "index_id": 0, "url": f"/{page.url}", "file_contents": text}


def _answers(
    program: Path,
    orders: Iterable[Mapping[str, Any]],
    output: Path,
    alone: AbstractContextManager[object],
) -> Iterator[Mapping[str, Any]]:
    """The answer to each order, which are given meanwhile, and to `FILES`, the last.

    Raises UserError where an order is not followed, and what making one raises.
    """
    with (
        tempfile.TemporaryFile() as trouble,
        ExitStack() as held,
        _service(program, trouble) as (to, back),
    ):
        sender = _Sender(to, orders)
        sender.start()
        try:
            for number, answer in enumerate(_received(back)):
                if answer["type"] == "Error":
                    raise _failed(output, answer["message"])
                yield answer
                if "files" in answer:
                    return
                sender.room.release()
                if number == sender.last:
                    held.enter_context(alone)
                    _give(to, number + 1, FILES)
        finally:
            sender.end()
        sender.join()
        trouble.seek(0)
        raise sender.error or _failed(output, trouble.read().decode(errors="replace"))


def _failed(output: Path, said: str) -> UserError:
    reason = said.strip().splitlines() or ["nothing"]
    return UserError(f"the search index {output} cannot be made: Pagefind says: {reason[0]}")


@contextmanager
def _service(program: Path, trouble: IO[bytes]) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """Pagefind while it runs: the pipe to it, and the one back."""
    # Pagefind also listens to variables, and to a file of settings in the current folder
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PAGEFIND_")}
    process = subprocess.Popen(  # noqa: S603
        [str(program), "--service"],
        cwd=program.parent,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=trouble,
    )
    to, back = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
    try:
        yield to, back
    finally:
        process.kill()
        process.wait()
        for pipe in (to, back):
            with suppress(OSError):
                pipe.close()


def _received(pipe: IO[bytes]) -> Iterator[dict[str, Any]]:
    """What comes out of the pipe, message by message."""
    started: list[bytes] = []
    while piece := os.read(pipe.fileno(), 1 << 20):
        first, *others = piece.split(b",")
        started.append(first)
        for other in others:
            yield msgspec.json.decode(b64decode(b"".join(started)))["payload"]
            started = [other]


def _give(pipe: IO[bytes], number: int, order: Mapping[str, Any]) -> None:
    message = b64encode(msgspec.json.encode({"message_id": number, "payload": order}))
    with suppress(OSError):  # whoever reads the answers learns of an end
        pipe.write(message + b",")
        pipe.flush()


class _Sender(Thread):
    """Gives orders, one by one, as there is `room` for them; `error` is what making one has raised.

    `last` is the number of the last order, known before that is given.
    """

    def __init__(self, pipe: IO[bytes], orders: Iterable[Mapping[str, Any]]) -> None:
        super().__init__(daemon=True)
        self.pipe = pipe
        self.orders = orders
        self.room = Semaphore(AT_ONCE)
        self.last: int | None = None
        self.ended = False
        self.error: Exception | None = None

    def run(self) -> None:
        """Give all orders; where that ends before the time, so do the answers."""
        try:
            for number, (order, following) in enumerate(pairwise(chain(self.orders, (None,)))):
                self.room.acquire()
                if self.ended or order is None:
                    return
                if following is None:
                    self.last = number
                _give(self.pipe, number, order)
        except Exception as error:
            self.error = error
            self.pipe.close()

    def end(self) -> None:
        """Give no more orders."""
        self.ended = True
        self.room.release()
