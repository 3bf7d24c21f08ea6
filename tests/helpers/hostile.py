"""Inputs that have brought parsers to their knees, each of about `n` characters."""

from collections.abc import Callable

HOSTILE: dict[str, Callable[[int], str]] = {
    "brackets": lambda n: "[" * n,
    "image brackets": lambda n: "![[[[[[[[" * (n // 9),
    "emphasis": lambda n: "*a **b " * (n // 7),
    "backtick runs": lambda n: "`".join("`" * i for i in range(int((2 * n) ** 0.5))),
    "open tags": lambda n: "<a " * (n // 3),
    "open addresses": lambda n: "[a](<b" * (n // 6),
    "backslashes": lambda n: "\\" * n,
    "one long paragraph": lambda n: "x\n" * (n // 2),
    "links by the line": lambda n: "[a](b)\n" * (n // 7),
    "open attribute lists": lambda n: "`a`{.a .b" * (n // 9),
    "one attribute list": lambda n: "`a`{" + ".a " * (n // 3),
    "link definitions": lambda n: "[a]: b\n" * (n // 7),
    "pipe rows": lambda n: "|a|b|\n" * (n // 6),
    "wide table": lambda n: "|" + "a|" * (n // 4) + "\n|" + "-|" * (n // 4) + "\n",
    "escaped pipes": lambda n: "|" + r"\|a" * (n // 3) + "|b|\n|-|-|\n",
    "quotation": lambda n: "> a\n" * (n // 4),
    "deep quotation": lambda n: ">" * n,
    "callouts": lambda n: "> [!note]\n" * (n // 10),
    "lazy callout": lambda n: "> [!note]\n" + "a\n" * (n // 2),
    "callouts below text": lambda n: "a\n> [!note]\n> b\n\n> q\n\n" * (n // 24),
    "empty headings": lambda n: "- a\n\n##\n\n" * (n // 10),
    "faq": lambda n: "> [!faq]\n" + "> q\n>> a\n" * (n // 9),
    "tabs": lambda n: "> [!tabs]\n" + "> t\n>> a\n" * (n // 9),
    "api": lambda n: "> [!api]\n" + "> @api {GET} /a\n" * (n // 16),
    "open details": lambda n: "/// details | x\n" * (n // 16),
    "equal headings": lambda n: "# a\n" * (n // 4),
    "equal headings with a number": lambda n: "## a_1\n\n" * (n // 8),
    "blanks in a heading": lambda n: "## a" + " " * n + "b",
    "lone dashes": lambda n: "a\n-\n" * (n // 4),
    "list": lambda n: "- a\n" * (n // 4),
    "anchors": lambda n: '<a name="x"></a>\n' * (n // 17),
    "ports": lambda n: "port 993 and 995 ssl enabled " * (n // 29),
    "ids in an attribute list": lambda n: "[x](y){" + "#a.b" * (n // 4),
    "pairs in an attribute list": lambda n: "[x](y){" + "a=b " * (n // 4),
    "blanks in a comment about rules": lambda n: "<!-- balise:" + " " * n + "x",
    "blanks in such a comment in text": lambda n: "a <!-- balise:" + " " * n + "x",
    "comments about rules": lambda n: "<!-- balise: ignore[a] -->\n\n" * (n // 28),
    "comments about rules in text": lambda n: "a <!-- balise: off[a] -->\n" * (n // 28),
    "rules off and on": lambda n: (
        "<!-- balise: off[a] -->\n\ntext\n\n<!-- balise: on[a] -->\n\n" * (n // 58)
    ),
    "numbers": lambda n: "993 " * (n // 4),
    "numbers by the paragraph": lambda n: "port 993 imap ssl\n\n" * (n // 19),
    "hosts": lambda n: "imap: ssl0.ovh.net 993 " * (n // 23),
    "dead anchors": lambda n: "".join(
        f"## Title number {i}\n\n[a](#nowhere{i})\n\n" for i in range(n // 40)
    ),
    "dead anchors of an older form": lambda n: "".join(
        f"## T{i}\n\n[t {i}](#t_{i}_partie_3)\n\n" for i in range(n // 30)
    ),
    "dead anchors and equal headings": lambda n: (
        "## A b\n\n" * (n // 30) + "[x](#b_a_c_d_e)\n\n" * (n // 30)
    ),
    "YAML in many brackets": lambda n: "```yaml\n" + "[" * n + "\n```\n",
    "YAML of aliases": lambda n: "```yaml\n- &a [x]\n" + "- &a [*a, *a]\n" * (n // 14) + "```\n",
    "JSON in many brackets": lambda n: "```json\n" + '{"a": [' * (n // 7) + "\n```\n",
    "JSON of open strings": lambda n: '```json\n["' + r"\"" * (n // 2) + "\n```\n",
    "Python in many brackets": lambda n: "```python\n" + "f(" * (n // 2) + " a b\n```\n",
    "Python of many signs": lambda n: "```python\n" + "-" * n + "1\n```\n",
    "TOML of long keys": lambda n: "```toml\n" + "a." * (n // 2) + "a = 1\n```\n",
    "TOML of many tables": lambda n: "```toml\n" + "[a.b.c.d]\n" * (n // 10) + "```\n",
    "XML of entities": lambda n: (
        '```xml\n<!DOCTYPE a [<!ENTITY b "bbbb">]><a>' + "&b;" * (n // 3) + "</a>\n```\n"
    ),
    "XML of open tags": lambda n: "```xml\n" + "<a b='c'>" * (n // 9) + "\n```\n",
    "code with numbers": lambda n: (
        "```sh\n" + "".join(f"{i}. a\n" for i in range(1, n // 8)) + "```\n"
    ),
    "dashes in code": lambda n: "```sh\n" + "a —b " * (n // 5) + "\n```\n",
    "quotes in code": lambda n: "```sh\n" + "a=“" * (n // 3) + "\n```\n",
    "items with two markers": lambda n: (
        "- 1. a\n" * (n // 7) + "\nText\n\n" + "- - a\n\n\n\n\n" * (n // 10)
    ),
    "separator rows of several dashes": lambda n: "|a|b|\n" + "|--|--|\n" * (n // 8),
    "code that a lexer makes nothing of": lambda n: "```make\n" + "a:" * (n // 2) + "\n```\n",
    "open comments": lambda n: "<!-- " * (n // 5),
    "open comments in text": lambda n: "a <!-- " * (n // 7),
    "attributes of a tag": lambda n: "<a " + "b=c " * (n // 4),
    "open quotes in tags": lambda n: '<a b="' * (n // 6),
    "open tags in a block of HTML": lambda n: "<div>\n" + "<a b " * (n // 5),
    "open quotes in a block of HTML": lambda n: "<div>\n" + "<a b='" * (n // 6),
    "open elements": lambda n: "<div><b>" * (n // 8),
    "blanks in a line": lambda n: "a" + " " * n + "b",
    "open templates": lambda n: "{{%" * (n // 3),
    "open tags of forums": lambda n: "[url=" * (n // 5),
    "open emphasis": lambda n: "**a " * (n // 4),
    "open addresses behind a blank": lambda n: "[a] (http://" * (n // 12),
    "blanks in front of an address": lambda n: "[a]" + " " * n + "(http",
    "footnotes": lambda n: "".join(f"[^{i}]: a\n\n[^{i}]\n\n" for i in range(n // 20)),
    "many marks of a footnote": lambda n: "[^1]: a\n\n" + "[^1] " * (n // 5),
    "abbreviations": lambda n: (
        "".join(f"*[ab{i}]: x\n" for i in range(n // 24)) + "\n" + "abx " * (n // 8)
    ),
    "definitions": lambda n: "a\n: " * (n // 4),
    "options of a fence": lambda n: "``` " + "hl_lines=" * (n // 9),
    "marked lines of code": lambda n: (
        '```py hl_lines="1-10000 1-10000 ' + "1-10000 " * (n // 8) + '"\nx\n```\n'
    ),
    "a cell of numbers": lambda n: "|imap|port|\n|-|-|\n|imap ssl|" + "993 " * (n // 4) + "|\n",
    "a long separator row": lambda n: "|a|\n|" + "-" * n + "x\n",
    "separator rows": lambda n: "|a|b|\n" + "|-|-|\n" * (n // 6),
    "equal keys": lambda n: "---\n" + "a: b\n" * (n // 5) + "---\n",
    "blanks in front matter": lambda n: "---\na: b: c\n" + "a:" + " " * n + "\n---\n",
    "brackets in front matter": lambda n: "---\na: " + "[" * min(n, 5000) + "\n---\n",
    "schemes in an address": lambda n: "[a](" + "http:" * (n // 5) + ")",
    "schemes with slips": lambda n: "[a](" + "hhttp" * (n // 5) + ")",
    "slashes in an address": lambda n: "[a](" + "/" * n + ")",
    "folders in an address": lambda n: "[a](" + "../" * (n // 3) + "a)",
    "escaped braces in an address": lambda n: "[a](" + "%7B" * (n // 3) + ")",
    "links to nowhere": lambda n: "".join(f"[a](nowhere-{i}) " for i in range(n // 17)),
    "links by number to nowhere": lambda n: "".join(f"[a]({{legacy}}{i}) " for i in range(n // 17)),
    "pictures that are not there": lambda n: "".join(
        f"![a](images/x{i}.png) " for i in range(n // 22)
    ),
    "numbers in an anchor": lambda n: "[a](#a" + "_partie_1" * (n // 9) + ")",
    "parts of an anchor": lambda n: "[a](#" + "a_" * (n // 2) + ")",
    "empty quotations": lambda n: ">\n\n" * (n // 3),
    "details in details": lambda n: "".join(
        "/" * (i + 3) + " details | x\n" for i in range(int((2 * n) ** 0.5))
    ),
    "blanks in the title of details": lambda n: "/// details |" + " " * n + "x\n///\n",
    "attribute lists behind a heading": lambda n: "## a " + "{.a}" * (n // 4),
    "open attribute lists behind a heading": lambda n: "## a " + "{.a " * (n // 4),
    "attribute lists behind an underlined heading": lambda n: "a " + "{.a}" * (n // 4) + "\n===\n",
    "headings up and down": lambda n: "".join(
        ("#" * (2 + i % 5)) + " a\n\n" for i in range(n // 6)
    ),
    "definitions and references": lambda n: (
        "".join(f"[a{i}]: b\n" for i in range(n // 9))
        + "\n"
        + "".join(f"[a{i}] " for i in range(n // 9))
    ),
    "groups of digits": lambda n: "1 000" * (n // 5),
    "dots": lambda n: "a." * (n // 2),
    "a long name of a host": lambda n: "a-" * (n // 2) + ".ovh.net",
    "headings with ports": lambda n: "".join(
        f"## IMAP {i}\n\n imap: port {900 + i % 90} ssl\n\n" for i in range(n // 35)
    ),
    "brackets before numbers": lambda n: "imap (" * (n // 12) + "993) " * (n // 12),
    "open instructions in text": lambda n: "a <? " * (n // 5),
}
