"""The language server on real guides: how soon it answers, what it takes, and beside rumdl's the same.

    python -m tests.scripts.bench_editor PROJECT [--rumdl COMMAND]

PROJECT has a `balise.toml` and its guides. Times are those that a client sees, in milliseconds, as median
and 95th percentile, and the CPU time of the server for each; a machine at work makes the first larger.
"""

import argparse
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from balise.config import load_configuration
from balise.refactor.backlinks import backlinks_of
from balise.workspace.discovery import discover
from balise.workspace.store import Store
from balise.workspace.workspace import Workspace
from tests.helpers.language_client import LanguageClient

TYPED = 1000
REPEATED = 100
LINES = 60
WORDS = "the quick migration of [a link](https://example.com/) ends here. "


def cpu(process: int) -> float:
    """Seconds that a process has used, as /proc tells."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(process: int) -> float:
    """Megabytes that a process holds."""
    status = Path(f"/proc/{process}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def told(name: str, seconds: Sequence[float], used: float) -> None:
    """Print a line about some answers, which took these seconds and this CPU time together."""
    ordered = sorted(second * 1000 for second in seconds)
    median, late = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
    each = used / len(ordered) * 1000
    print(f"{name:<34}{len(ordered):>6}{median:>10.1f}{late:>10.1f}{each:>10.1f}")


class Bench:
    """A server on a project, with a page of it open."""

    def __init__(self, client: LanguageClient, name: str) -> None:
        self.client = client
        self.name = name
        self.text = (client.folder / name).read_bytes().decode()
        self.uri = client.open(name)
        self.process = client.process.pid

    def timed(self, name: str, calls: Sequence[Callable[[], Any]]) -> list[Any]:
        """Call functions one after the other, and print how long they took."""
        before, seconds, answers = cpu(self.process), [], []
        for call in calls:
            start = time.perf_counter()
            answers.append(call())
            seconds.append(time.perf_counter() - start)
        told(name, seconds, cpu(self.process) - before)
        return answers

    def at(self, line: int, character: int) -> dict[str, Any]:
        """A place in the page, as requests name it."""
        place = {"line": line, "character": character}
        return {"textDocument": {"uri": self.uri}, "position": place}

    def typed(self, count: int, line: int) -> list[Callable[[], Any]]:
        """Characters, each of which is typed and waited for until what is wrong is told."""

        def type_one(number: int) -> Callable[[], Any]:
            def call() -> Any:
                place = {"line": line, "character": number}
                edit = {"range": {"start": place, "end": place}, "text": WORDS[number % len(WORDS)]}
                return self.client.diagnostics(self.uri, self.client.change(self.uri, edit))

            return call

        return [type_one(number) for number in range(count)]

    def links(self) -> list[tuple[int, int]]:
        """Where addresses of links begin."""
        lines = self.text.splitlines()
        return [(n, line.index("](") + 3) for n, line in enumerate(lines) if "](" in line]


def linked_heading(folder: Path) -> tuple[str, int, int]:
    """The page, line and number of links of the heading to which the most links lead."""
    configuration = load_configuration(folder)
    scope = discover([configuration.guides], configuration)
    workspace = Workspace.open(scope, configuration.config.urls, Store(folder))
    backlinks = backlinks_of(workspace)
    counts = Counter(
        (use.target, use.fragment)
        for path in workspace.records
        for use in backlinks.on(path)
        if use.fragment
    )
    for (path, fragment), count in counts.most_common():
        headings = workspace.facts(path).document.headings if path in workspace.records else ()
        for heading in headings:
            if heading.id == fragment:
                return path, workspace.lines(path).line(heading.span.start) - 1, count
    raise SystemExit("no link of these guides leads to a heading")


def run(folder: Path, page: str) -> None:
    """Measure balise's server."""
    target, line, count = linked_heading(folder)
    subprocess.run(
        [sys.executable, "-m", "balise", "check", "-q", "--exit-zero"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        check=False,
    )
    print(f"{'balise':<34}{'times':>6}{'median':>10}{'95th':>10}{'CPU each':>10}")
    for _ in range(3):
        start = time.perf_counter()
        with LanguageClient(folder) as client:
            client.initialize()
            client.opened(page)
            told(
                "ready: started to diagnostics",
                [time.perf_counter() - start],
                cpu(client.process.pid),
            )
    with LanguageClient(folder) as client:
        client.initialize()
        bench = Bench(client, page)
        client.diagnostics(bench.uri, client.version)
        bench.timed("diagnostics after a keystroke", bench.typed(TYPED, LINES // 2))
        client.diagnostics(bench.uri, client.change(bench.uri, {"text": bench.text}))
        places = bench.links() or [(0, 0)]
        asked = [places[number % len(places)] for number in range(REPEATED)]

        def requests(method: str) -> list[Callable[[], Any]]:
            more = {"context": {"includeDeclaration": False}} if "references" in method else {}
            return [partial(client.request, method, bench.at(*at) | more) for at in asked]

        for method in ("completion", "hover", "definition", "references", "documentHighlight"):
            requests(f"textDocument/{method}")[0]()
            bench.timed(method, requests(f"textDocument/{method}"))
        document = {"textDocument": {"uri": bench.uri}}
        for method in ("documentSymbol", "documentLink", "foldingRange", "codeLens"):
            bench.timed(method, [partial(client.request, f"textDocument/{method}", document)] * 20)
        bench.timed(
            "workspace/symbol", [lambda: client.request("workspace/symbol", {"query": "ssl"})] * 20
        )
        heading = client.open(Path(target).relative_to(folder).as_posix())
        client.diagnostics(heading, client.version)
        rename = {
            "textDocument": {"uri": heading},
            "position": {"line": line, "character": 4},
            "newName": "Another name for this heading",
        }
        made = bench.timed(
            f"rename: {count} links", [lambda: client.request("textDocument/rename", rename)] * 10
        )
        edits = sum(len(change.get("edits", ())) for change in made[0]["documentChanges"])
        print(f"  {edits} edits in {len(made[0]['documentChanges'])} files")
        print(f"memory: {memory(bench.process):.0f} MB")

        def everything() -> None:
            for call in (*bench.typed(3, 1), *requests("textDocument/hover")[:3]):
                call()
            for method in ("completion", "definition", "references"):
                requests(f"textDocument/{method}")[0]()
            client.request("textDocument/codeLens", document)
            client.request("textDocument/rename", rename)
            client.diagnostics(bench.uri, client.change(bench.uri, {"text": bench.text}))

        for _ in range(20):
            everything()
        first = memory(bench.process)
        for _ in range(REPEATED):
            everything()
        after = memory(bench.process)
        print(
            f"after {REPEATED} times everything: {after:.0f} MB, {(after / first - 1) * 100:+.1f} %"
        )
        before = cpu(bench.process)
        time.sleep(10)
        print(f"CPU of 10 s without anything to do: {(cpu(bench.process) - before) * 1000:.0f} ms")


def main() -> None:
    """Measure, as the module says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("project", type=Path)
    parser.add_argument("--page", help="the page that is edited, by its path in the project")
    arguments = parser.parse_args()
    folder = arguments.project.resolve()
    configuration = load_configuration(folder)
    pages = sorted(configuration.guides.rglob("guide.*.md"), key=lambda path: path.stat().st_size)
    page = arguments.page or pages[len(pages) * 3 // 4].relative_to(folder).as_posix()
    print(f"{len(pages)} guides; {page} has {(folder / page).stat().st_size} bytes")
    run(folder, page)


if __name__ == "__main__":
    main()
