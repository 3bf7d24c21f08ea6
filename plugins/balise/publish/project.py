"""What is to be published, and how: the settings of balise and of MkDocs, held against each other."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger

from balise.base.errors import UserError
from balise.base.suggestions import did_you_mean
from balise.check.baseline import FILE as BASELINE
from balise.check.severity import CATALOG, SeverityOverrides
from balise.collection import Collection, locale_prefix
from balise.config import Config, Configuration, load_configuration
from balise.document import page_name
from balise.publish.dates import last_changes
from balise.publish.drafts import Drafts, new_draft
from balise.publish.locale_site import locale_name
from balise.publish.pages import Surroundings
from balise.publish.pictures import PictureSizes
from balise.publish.place import Translation
from balise.publish.search import find_program
from balise.publish.site import Site
from balise.workspace.discovery import PageFile, Scope, discover
from balise.workspace.store import FOLDER

ADDRESS = "%/:?#[]@!$&'()*+,;="
"""What stays as it is in the address of a repository that is one already (RFC 3986, section 2.2)."""

log = get_plugin_logger("balise")


@dataclass(frozen=True)
class Project:
    """The configuration of balise, that of MkDocs, and what the plugin is told there.

    `site_dir` is where the site will be, `wanted` the locales to be published, none for all.
    """

    configuration: Configuration
    mkdocs: MkDocsConfig
    site_dir: Path
    check: bool
    wanted: tuple[str, ...]
    processes: int
    search: bool

    @classmethod
    def of(cls, config: MkDocsConfig, options: Mapping[str, Any]) -> "Project":
        """The project of a `mkdocs.yml`. Raises UserError for what cannot be published."""
        base = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        configuration = load_configuration(base, CATALOG)
        locales = options["locales"]
        names = locales.split(",") if isinstance(locales, str) else [str(name) for name in locales]
        project = cls(
            configuration,
            config,
            Path(config.site_dir),
            options["check"],
            tuple(name.strip() for name in names if name.strip()),
            options["processes"] or os.cpu_count() or 1,
            options["search"] and find_program() is not None,
        )
        if options["search"] and not project.search:
            log.info(
                "the site has no search: there is no program `pagefind` for this machine; "
                "put it on PATH, or set `search: false` for the plugin"
            )
        project.keep_apart()
        return project

    def keep_apart(self) -> None:
        """Raise UserError where the site would be among its own sources, or they in it."""
        site = self.site_dir.resolve()
        guides = self.configuration.guides.resolve()
        if site.is_relative_to(guides):
            raise UserError(
                f"`site_dir` ({site}) is in the folder of the guides ({guides}): "
                "a build would read what the last one made; name a folder outside of it"
            )
        for source in (guides, self.configuration.root.resolve()):
            if source.is_relative_to(site):
                raise UserError(
                    f"`site_dir` ({site}) holds sources of the site ({source}), which a build "
                    "would remove; name a folder of its own for it"
                )

    @property
    def settings(self) -> Config:
        """The settings of balise."""
        return self.configuration.config

    @property
    def cache(self) -> Path:
        """The folder of what is kept between runs."""
        return self.configuration.root / FOLDER

    @cached_property
    def severities(self) -> SeverityOverrides:
        """Who decides how much a finding matters."""
        return SeverityOverrides.of(self.configuration)

    @cached_property
    def guides(self) -> str:
        """The folder of the guides as findings show it: from the current one where possible."""
        return Path(os.path.relpath(self.configuration.guides)).as_posix()

    @property
    def sources(self) -> list[Path]:
        """The files in which settings stand."""
        root = self.configuration.root
        names = ("pyproject.toml", "balise.toml", BASELINE)
        return [root / name for name in names]

    def settles(self) -> tuple[object, ...]:
        """What a served collection depends on beside its own files, to be compared."""
        known = self.configuration.root / BASELINE
        written = known.stat().st_mtime_ns if known.is_file() else 0
        return self.configuration, self.wanted, self.check, self.search, written

    def scope(self, manual: Sequence[str] = ()) -> Scope:
        """The pages of the collection, and these of the manual."""
        root = Path(os.path.relpath(self.mkdocs.docs_dir)).as_posix()
        pages = [PageFile(path, root) for path in manual]
        if not self.configuration.guides.is_dir():
            return Scope(pages)
        found = discover([Path(self.guides)], self.configuration)
        return Scope([*found.pages, *pages], found.around, found.whole, found.folders)

    def site(
        self,
        collection: Collection,
        sizes: PictureSizes | None = None,
        earlier: Site | None = None,
        drafts: Drafts = new_draft,
    ) -> Site:
        """The collection as it is published; `earlier` and `drafts` as of a `Site`.

        Raises UserError for a locale that it has not.
        """
        there = {name.locale for name in collection.names.values()}
        unknown = [
            f"`locales`: there are no pages in `{name}`{did_you_mean(name, sorted(there))}"
            for name in self.wanted
            if name not in there
        ]
        if unknown:
            raise UserError(*unknown)
        url = (self.mkdocs.site_url or "").rstrip("/") + "/"
        return Site(
            collection,
            frozenset(self.wanted or there),
            url if self.mkdocs.site_url else "",
            sizes,
            earlier,
            drafts,
        )

    def surroundings(self) -> Surroundings:
        """What pages of the collection show beside themselves."""
        changed = last_changes(self.configuration.guides, self.cache)
        has_manual = any(Path(self.mkdocs.docs_dir).glob("index.*"))
        manual = self.mkdocs.site_name if has_manual else ""
        return Surroundings(changed, self._edit(), manual, self.search)

    def _edit(self) -> Callable[[str], str] | None:
        """Where a page can be edited: as MkDocs has it for `docs_dir`, for the guides beside it."""
        config = self.mkdocs
        if not config.edit_uri or not config.repo_url:
            return None
        docs, guides = Path(config.docs_dir).absolute(), self.configuration.guides.absolute()
        uri = config.edit_uri.rstrip("/")
        prefix = uri.removesuffix(f"/{docs.name}")
        folder = os.path.relpath(guides, docs.parent if prefix != uri else docs)
        base = f"{config.repo_url.rstrip('/')}/{prefix.lstrip('/')}/{Path(folder).as_posix()}/"
        return lambda path: quote(base, safe=ADDRESS) + quote(path)

    def homes(self, base: str) -> tuple[Translation, ...]:
        """The homes of the locales, by name, from an address that `base` leads to the root from."""
        found: list[Translation] = []
        for file in sorted(self.configuration.guides.glob("home.*.md")):
            name = page_name(file.name)
            if name and (not self.wanted or name.locale in self.wanted):
                url = base + locale_prefix(name, self.settings.urls)
                found.append(Translation(name.locale, locale_name(name.locale), url))
        return tuple(sorted(found, key=lambda home: home.name))

    def around_manual(self, base: str) -> Mapping[str, Any]:
        """What the templates of the manual are told; `base` leads to the root, without a `/`."""
        root = f"{base.rstrip('/')}/"
        homes = self.homes(root)
        preferred = (*self.settings.urls.fallbacks, *(home.locale for home in homes))
        first = next((h for locale in preferred for h in homes if h.locale == locale), None)
        return {
            "search_bundle": f"{root}pagefind/" if self.search else "",
            "homes": homes,
            "guides_home": first,
        }
