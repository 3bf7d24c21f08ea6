"""Other plugins and hook files: what they do to finished pages is done to guides; what they cannot do is told."""

import inspect
import logging
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugins
from mkdocs.structure.pages import Page

from balise.base.digests import digest
from balise.base.errors import UserError
from balise.base.suggestions import did_you_mean
from balise.publish.manifest import FileDigests

PAGE_EVENTS = ("pre_page", "page_read_source", "page_markdown", "page_content", "page_context")
"""What MkDocs does with a page before it is finished, in its order."""
SOURCE_EVENTS = ("page_read_source", "page_markdown")
"""Those among them that make the Markdown of a page."""
REPLACED = ("search", "material/search")
"""Plugins whose work balise does itself."""
UNSUITED = ("material/privacy", "material/social")
"""Plugins whose `on_post_page` needs what they did with the page before, or what they do behind it."""
EXTENSIONS = ("toc", "tables", "fenced_code")
"""Extensions of Python-Markdown that MkDocs always has."""

log = logging.getLogger(__name__)


class Hook(NamedTuple):
    """A function that a plugin or a hook file has for an event of MkDocs, with the name of either."""

    owner: str
    call: Callable[..., Any]


def hooks_of(config: MkDocsConfig, event: str) -> list[Hook]:
    """The hooks for an event, in the order in which MkDocs calls them, without balise's own."""
    plugins = config.plugins
    return [
        Hook(plugins._event_origins.get(call, "?"), call)
        for call in plugins.events[event]
        if getattr(call, "__module__", "").partition(".")[0] != "balise"
    ]


class PostPageHooks:
    """The hooks `on_post_page` of a site, without those whose owner is one of `skipped`, or unsuited.

    They are called in copies of the process, and not at all for a page that has been kept: what one
    remembers from page to page is lost. Raises UserError for a name in `skipped` that nothing has.
    """

    def __init__(self, config: MkDocsConfig, skipped: Sequence[str]) -> None:
        unknown = [name for name in skipped if name not in config.plugins]
        if unknown:
            known = sorted(config.plugins)
            raise UserError(
                *(
                    f"`skip_hooks`: there is no plugin and no hook file `{name}`{did_you_mean(name, known)}"
                    for name in unknown
                )
            )
        self.config = config
        found = hooks_of(config, "post_page")
        self.skipped = [h for h in found if h.owner in skipped or _plugin_of(h.owner) in UNSUITED]
        self.hooks = [hook for hook in found if hook not in self.skipped]

    def run(self, html: str, page: Page) -> str:
        """The page after all hooks. Raises UserError where one fails, or leaves nothing."""
        for owner, call in self.hooks:
            try:
                result = call(html, page=page, config=self.config)
            except Exception as error:
                raise self._failed(owner, page, f"{type(error).__name__}: {error}") from error
            html = html if result is None else result
            if not html.strip():
                raise self._failed(owner, page, "it leaves an empty page")
        return html

    def _failed(self, owner: str, page: Page, reason: str) -> UserError:
        return UserError(
            f"{page.file.src_uri}: `on_post_page` of `{owner}` cannot be used on this guide: {reason}; "
            f"mend it, or spare guides with `skip_hooks: [{owner}]` for the plugin `balise`"
        )

    def digest(self) -> bytes:
        """Stands for what the hooks do: their code, its version, and the options of their owners."""
        if not self.hooks:
            return b""
        installed = get_plugins()
        files = FileDigests({})
        known: list[object] = []
        for owner, call in self.hooks:
            entry = installed.get(_plugin_of(owner))
            options = getattr(self.config.plugins[owner], "config", None) or {}
            known.append(
                (
                    owner,
                    f"{entry.dist.name} {entry.dist.version}" if entry and entry.dist else "",
                    sorted((key, repr(value)) for key, value in options.items()),
                    [files.hash(path) for path in _code_of(call)],
                )
            )
        return digest(known)


def _plugin_of(owner: str) -> str:
    """The name of a plugin that is listed more than once."""
    return owner.partition(" #")[0]


def _code_of(call: Callable[..., Any]) -> list[str]:
    """The Python files beside the one in which a function stands, and that one."""
    try:
        file = Path(inspect.getfile(inspect.unwrap(call)))
    except TypeError:  # it is not written in Python
        return []
    return sorted(str(path) for path in file.parent.glob("*.py"))


def log_not_on_guides(config: MkDocsConfig, hooks: PostPageHooks) -> None:
    """Say which hooks do nothing for guides, for which `hooks` are those that do."""
    found = [(event, hook) for event in PAGE_EVENTS for hook in hooks_of(config, event)]
    found += [("post_page", hook) for hook in hooks.skipped]
    if named := _named(found):
        log.info(f"guides are not made from pages of MkDocs; they go without {', '.join(named)}")


def log_not_on_docs(config: MkDocsConfig, extensions: Sequence[str]) -> None:
    """Say which extensions and hooks do nothing for pages of `docs_dir` that are read by balise."""
    listed = ", ".join(f"`{name}`" for name in extensions)
    named = [f"`markdown_extensions` ({listed})"] if listed else []
    named += _named((event, hook) for event in SOURCE_EVENTS for hook in hooks_of(config, event))
    if named:
        log.info(
            "`docs: balise`: pages of `docs_dir` are read by balise; "
            f"they go without {', '.join(named)}"
        )


def written_extensions(config: MkDocsConfig) -> list[str]:
    """The extensions of Python-Markdown that the site's owner has chosen or set options of."""
    names = config.markdown_extensions
    return [name for name in names if name not in EXTENSIONS or config.mdx_configs.get(name)]


def _named(hooks: Iterable[tuple[str, Hook]]) -> list[str]:
    """Who has these hooks, and for which events."""
    found: dict[str, list[str]] = {}
    for event, hook in hooks:
        if hook.owner not in REPLACED:
            found.setdefault(hook.owner, []).append(f"`on_{event}`")
    return [f"`{owner}` ({', '.join(names)})" for owner, names in found.items()]
