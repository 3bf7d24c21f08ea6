"""A collection as large as one likes: the products of a folder of guides again and again, under new names.

`python -m tests.scripts.large_collection GUIDES TO --pages 50000` makes a project in the folder TO.
Each copy of a product has a folder, a slug and numbers of its own, and links inside a copy stay in it, so
that what is found on one page is found on each of its copies. Pictures are hard links where that is possible.
"""

import argparse
import os
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

SLUG = re.compile(r"^(slug: *)(['\"]?)([^'\"\n]+)\2 *$", re.MULTILINE)
TITLE = re.compile(r"^(title: *)('?\"?)(.+?)('?\"?) *$", re.MULTILINE)
NUMBER = re.compile(r"^(legacy_guide_number: *'?g?)(\d+)|(\{legacy\})(\d+)", re.MULTILINE)
ADDRESS = re.compile(
    r"(docs\.ovh\.com/[a-z]{2}(?:-[a-z]+)?/|\]\(/[a-z]{2}(?:-[a-z]+)?/)([^/)#\s]+)"
)
RELATIVE = re.compile(r"\]\(\.\.?/[^)\s]+")
CONFIG = 'guides = "pages"\n'


def products_of(guides: Path) -> dict[Path, str]:
    """The folders of products, from the collection's root, with the slug of each."""
    found: dict[Path, str] = {}
    for page in sorted(guides.rglob("product.*.md")):
        slug = SLUG.search(page.read_text(encoding="utf-8"))
        found.setdefault(page.parent.relative_to(guides), slug[3] if slug else page.parent.name)
    return found


def renamed(products: dict[Path, str], number: int) -> Callable[[str, str], str]:
    """What the text of a page, named `name`, is in the copy with this number."""
    slugs = set(products.values())
    folders = {product.name for product in products}
    end = f"-{number}"

    def relative(match: re.Match[str]) -> str:
        return "/".join(part + end if part in folders else part for part in match[0].split("/"))

    def numbered(match: re.Match[str]) -> str:
        return f"{match[1] or match[3]}{match[2] or match[4]}{number:02}"

    def text_of(text: str, name: str) -> str:
        text = ADDRESS.sub(lambda m: m[0] + end if m[2] in slugs else m[0], text)
        text = NUMBER.sub(numbered, RELATIVE.sub(relative, text))
        text = TITLE.sub(lambda m: f"{m[1]}{m[2]}{m[3]} {number}{m[4]}", text, count=1)
        if name.startswith("product."):
            text = SLUG.sub(lambda m: f"{m[1]}{m[2]}{m[3]}{end}{m[2]}", text, count=1)
        return text

    return text_of


def linked(source: str, target: str) -> None:
    """A file at another place, without being copied where that is possible."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def make(guides: Path, to: Path, pages: int) -> int:
    """Make a project of at least so many pages; how many it has."""
    shutil.copytree(guides, to / "pages", ignore=shutil.ignore_patterns(".balise_cache"))
    (to / "balise.toml").write_text(CONFIG, encoding="utf-8")
    products = products_of(guides)
    count = sum(1 for _ in guides.rglob("*.md"))
    copies = 0
    while count < pages and products:
        copies += 1
        text_of = renamed(products, copies)
        for product in products:
            folder = to / "pages" / product.with_name(f"{product.name}-{copies}")
            for source in sorted((guides / product).rglob("*")):
                target = folder / source.relative_to(guides / product)
                if source.is_dir():
                    continue
                target.parent.mkdir(parents=True, exist_ok=True)
                if source.suffix == ".md" and count < pages:
                    text = source.read_bytes().decode("utf-8", "surrogateescape")
                    text = text_of(text, source.name)
                    target.write_bytes(text.encode("utf-8", "surrogateescape"))
                    count += 1
                elif source.suffix != ".md":
                    linked(str(source), str(target))
    return count


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the project that the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("guides", type=Path)
    parser.add_argument("to", type=Path)
    parser.add_argument("--pages", type=int, default=50_000)
    asked = parser.parse_args(arguments)
    print(f"{make(asked.guides, asked.to, asked.pages):,} pages in {asked.to}")


if __name__ == "__main__":
    main()
