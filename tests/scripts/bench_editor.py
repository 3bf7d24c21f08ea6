"""The language server on real guides: how soon it answers, what it takes, and beside rumdl's the same.

    python -m tests.scripts.bench_editor PROJECT [--page PAGE] [--rumdl COMMAND]

PROJECT has a `balise.toml` and its guides. Times are those that a client sees, in milliseconds, as median
and 95th percentile, and the CPU time of the server for each; a machine at work makes the first larger.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from balise.config import load_configuration
from tests.helpers.language_client import LanguageClient

TYPED = 1000
REPEATED = 100
LINKED = 100
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

    def requests(self, method: str) -> list[Callable[[], Any]]:
        """A request at each link of the page in turn."""
        places = self.links() or [(0, 0)]
        more = {"context": {"includeDeclaration": False}} if "references" in method else {}
        return [
            partial(self.client.request, method, self.at(*places[n % len(places)]) | more)
            for n in range(REPEATED)
        ]

    def links(self) -> list[tuple[int, int]]:
        """Where addresses of links begin."""
        lines = self.text.splitlines()
        return [(n, line.index("](") + 3) for n, line in enumerate(lines) if "](" in line]


def measure_beside(folder: Path, page: str, command: Sequence[str], name: str) -> None:
    """Measure what servers of other tools have as well."""
    print(f"{name:<34}{'times':>6}{'median':>10}{'95th':>10}{'CPU each':>10}")
    seconds, used = [], 0.0
    for _ in range(3):
        start = time.perf_counter()
        with LanguageClient(folder, command) as client:
            client.initialize()
            client.opened(page)
            seconds.append(time.perf_counter() - start)
            used += cpu(client.process.pid)
    told("ready: started to diagnostics", seconds, used)
    with LanguageClient(folder, command) as client:
        able = client.initialize()["capabilities"]
        bench = Bench(client, page)
        client.diagnostics(bench.uri, client.version)
        bench.timed("diagnostics after a keystroke", bench.typed(TYPED, LINES // 2))
        client.diagnostics(bench.uri, client.change(bench.uri, {"text": bench.text}))
        for method in ("completion", "hover", "definition", "references"):
            if able.get(f"{method}Provider"):
                calls = bench.requests(f"textDocument/{method}")
                calls[0]()
                bench.timed(method, calls)
        print(f"memory: {memory(bench.process):.0f} MB")


def measure_alone(folder: Path, page: str) -> None:
    """Measure what balise's server alone has, and what it takes in the long run."""
    with LanguageClient(folder) as client:
        client.initialize()
        bench = Bench(client, page)
        client.diagnostics(bench.uri, client.version)
        document = {"textDocument": {"uri": bench.uri}}
        for method in ("documentSymbol", "documentLink", "foldingRange", "codeLens"):
            call = partial(client.request, f"textDocument/{method}", document)
            call()
            bench.timed(method, [call] * 20)
        symbols = partial(client.request, "workspace/symbol", {"query": "ssl"})
        bench.timed("workspace/symbol", [symbols] * 20)
        guide = page.rpartition("/")[0]
        name = page.rpartition("/")[2]
        heading = client.open(
            f"{guide}-renamed/{name}", "---\ntitle: A\n---\n\n## A heading\n\nText\n"
        )
        for number in range(LINKED):
            link = f"[a](../{guide.rpartition('/')[2]}-renamed/{name}#a-heading)"
            client.open(f"{guide}-{number}/{name}", f"---\ntitle: {number}\n---\n\n{link}\n")
        client.diagnostics(client.uri(f"{guide}-{LINKED - 1}/{name}"), client.version)
        rename = {
            "textDocument": {"uri": heading},
            "position": {"line": 4, "character": 4},
            "newName": "Another name",
        }
        renamed = partial(client.request, "textDocument/rename", rename)
        made = bench.timed(f"rename: {LINKED} links", [renamed] * 20)[0]["documentChanges"]
        edits = sum(len(change.get("edits", ())) for change in made)
        print(f"  {edits} edits in {len(made)} files")

        def everything() -> None:
            for call in (*bench.typed(3, 1), *bench.requests("textDocument/hover")[:3]):
                call()
            for method in ("completion", "definition", "references"):
                bench.requests(f"textDocument/{method}")[0]()
            client.request("textDocument/codeLens", document)
            renamed()
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
        before = -1.0
        while before != (before := cpu(bench.process)):
            time.sleep(2)
        time.sleep(10)
        print(f"CPU of 10 s without anything to do: {(cpu(bench.process) - before) * 1000:.0f} ms")


def main() -> None:
    """Measure, as the module says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("project", type=Path)
    parser.add_argument("--page", help="the page that is edited, by its path in the project")
    parser.add_argument("--rumdl", help="the command of rumdl, whose server is measured as well")
    arguments = parser.parse_args()
    folder = arguments.project.resolve()
    configuration = load_configuration(folder)
    pages = sorted(configuration.guides.rglob("guide.*.md"), key=lambda path: path.stat().st_size)
    page = arguments.page or pages[len(pages) * 3 // 4].relative_to(folder).as_posix()
    print(f"{len(pages)} guides; {page} has {(folder / page).stat().st_size} bytes")
    check = [sys.executable, "-m", "balise", "check", "-q", "--exit-zero"]
    subprocess.run(check, cwd=folder, stdout=subprocess.DEVNULL, check=False)
    measure_beside(folder, page, (sys.executable, "-m", "balise", "server"), "balise")
    if arguments.rumdl:
        measure_beside(folder, page, (arguments.rumdl, "server"), "rumdl")
    measure_alone(folder, page)


if __name__ == "__main__":
    main()
