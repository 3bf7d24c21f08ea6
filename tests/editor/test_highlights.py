"""Highlights: the other places of the page that are about the same."""

from pathlib import Path

import pytest

from balise.editor.highlights import highlights
from tests.helpers.marked import editor


@pytest.mark.parametrize(
    ("text", "alike"),
    [
        ("## A\n\n[x](#a‸) [y](#a) [z](#b)\n\n## B", ["## A", "[x](#a)", "[y](#a)"]),
        ("## A‸\n\n[x](#a) [z](#b)\n\n## B", ["## A", "[x](#a)"]),
        ('<a name="h"‸></a>\n\n[x](#h)', ['<a name="h">', "[x](#h)"]),
        (
            "[x](../s‸sl/guide.en-gb.md) [y](/pages/web/ssl) [z](../ftp/guide.en-gb.md)",
            ["[x](../ssl/guide.en-gb.md)", "[y](/pages/web/ssl)"],
        ),
        ("[x](https://e‸xample.com) [y](https://example.com)", ["[x](https://example.com)", "[y](https://example.com)"]),
        ("`Ne‸xt`{.action} **Next**{.action} `Next`", ["`Next`", "**Next**"]),
        ("IMAP with SSL: port 99‸3.\n\nIMAP with SSL: port 993. SMTP: port 25.", ["993", "993"]),
        ("![a](images/o‸ne.png) ![b](images/one.png)", ["![a](images/one.png)", "![b](images/one.png)"]),
        ("plain‸ text", []),
    ],
)  # fmt: skip
def test_what_is_alike(tmp_path: Path, text: str, alike: list[str]) -> None:
    at = editor(tmp_path, text, {"web/mine/images/one.png": ""})
    assert [at.text(span) for span in highlights(at.view, at.offset)] == alike
