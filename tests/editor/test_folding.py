"""Folding: which lines can be folded."""

from pathlib import Path

from balise.editor.folding import folds
from tests.helpers.marked import editor

TEXT = """\
---
title: Mine
---

‸## First

> [!warning]
> Text

### Deeper

```
code
```

| a |
|---|
| b |

## Second

- one

  more

> quoted
> twice

<!-- balise: ignore[links]
because -->
"""


def test_sections_and_blocks_without_the_blank_lines_below_them(tmp_path: Path) -> None:
    at = editor(tmp_path, TEXT)
    assert [(f.first, f.last, f.kind) for f in folds(at.view)] == [
        (1, 3, "region"),
        (5, 18, ""),
        (7, 8, ""),
        (10, 18, ""),
        (12, 14, ""),
        (16, 18, ""),
        (20, 30, ""),
        (22, 24, ""),
        (26, 27, ""),
        (29, 30, "comment"),
    ]


def test_a_region_without_rules_is_folded_up_to_its_end(tmp_path: Path) -> None:
    at = editor(tmp_path, "‸<!-- balise: off[links] why -->\n\nText\n\n<!-- balise: on -->\n")
    assert [(f.first, f.last, f.kind) for f in folds(at.view)] == [
        (1, 3, "region"),
        (5, 7, "region"),
    ]


def test_lines_that_end_with_crlf(tmp_path: Path) -> None:
    at = editor(tmp_path, "---\r\ntitle: x\r\n---\r\n\r\n‸## A\r\n\r\nText\r\n\r\n## B\r\n")
    assert [(f.first, f.last) for f in folds(at.view)] == [(1, 3), (5, 7)]
