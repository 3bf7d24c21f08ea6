"""`balise check --diff`, and `--fix` of the text on stdin: fixes that are shown, not written."""

import sys
from pathlib import Path

from balise.base.source import SourceFile
from balise.cli.exit_status import ExitStatus
from balise.cli.output import print_notes, print_report, utf8_stdout
from balise.cli.request import CheckRequest
from balise.cli.run_check import apply_fixes, run_on_text, text_of
from balise.workspace.writing import encoded


def show_fixes(request: CheckRequest) -> ExitStatus:
    """Print what fixes would change; of stdin without `diff`, the text as it should be."""
    fixed = apply_fixes(request, write=False)
    if request.diff:
        utf8_stdout().write(fixed.diff)
        return ExitStatus.FINDINGS if fixed.diff else ExitStatus.CLEAN
    source = text_of(request)
    text = fixed.texts.get(source.path, source.text)
    changed = text != source.text
    data = encoded(text, has_bom=source.has_bom) if changed else request.stdin or b""
    sys.stdout.buffer.write(data)
    sys.stdout.flush()
    result = run_on_text(request, SourceFile(source.path, text))
    report = result.report.seen_from(Path.cwd())
    print_report(report, result.sources, "text", sys.stderr)
    print_notes(report)
    failed = report.worst_at_least(result.fail_on)
    return ExitStatus.FINDINGS if failed else ExitStatus.CLEAN
