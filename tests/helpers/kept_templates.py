"""What Jinja makes of templates, kept for many processes: else half of a small build of the site is spent on Material's."""

import hashlib
import marshal
import os
import sys
from functools import cache
from pathlib import Path
from types import CodeType
from unittest.mock import patch

import jinja2
from mkdocs.theme import Theme

COMPILE = jinja2.Environment.compile
LIST = jinja2.FileSystemLoader.list_templates


def keep_templates(folder: Path) -> None:
    """From now on keep the code of templates in a folder, and which there are in memory."""

    def compile_once(
        self: jinja2.Environment, source: str, name: str | None = None, filename: str | None = None
    ) -> CodeType:
        kept = folder / _digest(self, source, name, filename)
        if kept.exists():
            code: CodeType = marshal.loads(kept.read_bytes())  # noqa: S302 - it was written here
            return code
        code = COMPILE(self, source, name, filename)
        part = kept.with_suffix(f".{os.getpid()}")
        part.write_bytes(marshal.dumps(code))
        part.replace(kept)
        return code

    def list_once(self: jinja2.FileSystemLoader) -> list[str]:
        return sorted({name for path in self.searchpath for name in _listed(path)})

    patch.object(jinja2.Environment, "compile", compile_once).start()
    patch.object(jinja2.FileSystemLoader, "list_templates", list_once).start()
    jinja2.FileSystemLoader(Theme("material").dirs).list_templates()


def _digest(env: jinja2.Environment, source: str, name: str | None, filename: str | None) -> str:
    """Stands for what the code of a template is made of; a filter may have been applied to a constant."""
    filters = [
        (name, getattr(used, "__module__", ""), getattr(used, "__qualname__", ""))
        for name, used in sorted(env.filters.items())
    ]
    settings = (env.trim_blocks, env.lstrip_blocks, env.autoescape, sorted(env.extensions))
    return hashlib.sha256(repr((source, name, filename, filters, settings)).encode()).hexdigest()


def _listed(folder: str) -> list[str]:
    return _installed(folder) if Path(folder).is_relative_to(sys.prefix) else _list(folder)


@cache
def _installed(folder: str) -> list[str]:
    """What is in a folder that no test changes, but for 14,000 icons: MkDocs takes nothing that is hidden."""
    return [name for name in _list(folder) if not name.startswith(".")]


def _list(folder: str) -> list[str]:
    return LIST(jinja2.FileSystemLoader(folder))
