"""Labels of an interface: how one is called at the same place of the translations."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from balise.claims import Outline
from balise.claims.outline import label_places
from balise.document import CodeSpan, Emphasis
from balise.editor.view import View


def labels_elsewhere(label: CodeSpan | Emphasis, view: View) -> Mapping[str, Sequence[str]]:
    """What it is called -> the locales that call it so, where the section has as many labels there."""
    document = view.document
    section = document.section(label.span.start) + 1
    before = [
        span for span, _ in label_places(document) if document.section(span.start) + 1 == section
    ]
    index = before.index(label.span)
    ours = view.claims.outline
    names = view.collection.structure.names
    found: dict[str, list[str]] = defaultdict(list)
    for path in view.siblings:
        theirs = _labels(section, ours, view.workspace.claims[path].outline)
        if index < len(theirs):
            found[theirs[index]].append(names[path].locale)
    return found


def _labels(section: int, ours: Outline, theirs: Outline) -> Sequence[str]:
    """The labels of a section of another page; none where the pages do not have the same there."""
    if len(ours.sections) != len(theirs.sections):
        return ()
    own, there = ours.sections[section], theirs.sections[section]
    return there.labels if len(own.labels) == len(there.labels) else ()
