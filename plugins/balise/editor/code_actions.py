"""What can be done about findings at a place: their fixes, silence, and what mends the cause elsewhere."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from balise.base.findings import Finding
from balise.base.source import Edit, Span
from balise.check.live import LiveCheck
from balise.check.trace_store import TraceStore
from balise.editor.model import CodeAction
from balise.editor.remedies import remedies
from balise.editor.silence import silence
from balise.editor.view import View
from balise.fix.passes import fix_pages
from balise.fix.session import FixSession
from balise.refactor.model import Refactoring


def code_actions(
    view: View, findings: Iterable[Finding], span: Span, *, unsafe: bool = True
) -> Iterator[CodeAction]:
    """What can be done about the findings that touch a span: those that mend something first.

    Without `unsafe` no fix is offered that changes what the page says.
    """
    here = [f for f in findings if f.span.start <= span.end and span.start <= f.span.end]
    for finding in here:
        fix = finding.fix
        if fix is not None and (fix.safe or unsafe):
            made = Refactoring(_sentence(fix.title), {finding.path: fix.edits})
            yield CodeAction("quickfix", made, finding, fix.safe)
    for finding in here:
        for remedy in remedies(view, finding):
            yield CodeAction("quickfix", remedy, finding)
    for finding in here:
        if silenced := silence(view, finding):
            yield CodeAction("quickfix", silenced, finding)


def fix_all(view: View, live: LiveCheck) -> CodeAction | None:
    """All safe fixes of a page, as `balise check --fix` makes them; None where there is none."""
    asked = live.workspace.asking_for([view.path])
    # Checks of all pages may be under way, by traces that texts with fixes must not get into.
    session = FixSession(asked, live.settings, [view.source], TraceStore())
    fixed = fix_pages(session.check, session.read, accepts=session.accepts)
    text = fixed.texts.get(view.path, view.source.text)
    if text == view.source.text:
        return None
    title = "Make all safe fixes on this page"
    edits = {view.path: _line_edits(view.source.text, text)}
    return CodeAction("source.fixAll.balise", Refactoring(title, edits))


def _sentence(title: str) -> str:
    return title[:1].upper() + title[1:]


def _line_edits(before: str, after: str) -> Sequence[Edit]:
    """What makes one text of another, line by line: a cursor elsewhere stays where it is."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    starts = [0]
    for line in old:
        starts.append(starts[-1] + len(line))
    return [
        Edit(Span(starts[i], starts[j]), "".join(new[k:m]))
        for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if tag != "equal"
    ]
