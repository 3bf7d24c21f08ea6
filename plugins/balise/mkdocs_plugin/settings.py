"""What `mkdocs.yml` says about the site, as the settings of a project."""

import logging
import os
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig

from balise.check.severity import CATALOG
from balise.config import load_configuration
from balise.publish.project import Project
from balise.publish.search import find_program

ADDRESS = "%/:?#[]@!$&'()*+,;="
"""What stays as it is in the address of a repository that is one already (RFC 3986, section 2.2)."""

log = logging.getLogger(__name__)


class PluginOptions(Config):
    """The plugin's options in `mkdocs.yml`.

    `check: false` builds without checking. `locales` are those that are published, all without it.
    `processes` is how many are used to build, 0 for as many as there are cores; `search: false`
    makes no search index.
    """

    check = c.Type(bool, default=True)
    locales = c.Type((list, str), default=[])
    processes = c.Type(int, default=0)
    search = c.Type(bool, default=True)


def read_project(config: MkDocsConfig, options: PluginOptions, site_dir: Path) -> Project:
    """The project of a `mkdocs.yml`. Raises UserError for what cannot be published."""
    base = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
    configuration = load_configuration(base, CATALOG)
    has_program = options.search and find_program() is not None
    if options.search and not has_program:
        log.info(
            "the site has no search: there is no program `pagefind` for this machine; "
            "put it on PATH, or set `search: false` for the plugin"
        )
    has_manual = any(Path(config.docs_dir).glob("index.*"))
    project = Project(
        configuration=configuration,
        site_dir=site_dir,
        site_url=config.site_url.rstrip("/") + "/" if config.site_url else "",
        locales=_locales(options.locales),
        edit_base=_edit_base(config, configuration.guides),
        manual_title=config.site_name if has_manual else "",
        processes=options.processes or os.cpu_count() or 1,
        check=options.check,
        search=has_program,
    )
    project.require_separate_folders()
    if project.store.refusal:
        log.warning(project.store.refusal)
    return project


def _locales(setting: Sequence[object]) -> tuple[str, ...]:
    names = setting.split(",") if isinstance(setting, str) else [str(name) for name in setting]
    return tuple(name.strip() for name in names if name.strip())


def _edit_base(config: MkDocsConfig, guides: Path) -> str:
    """Where pages can be edited: as MkDocs has it for `docs_dir`, for the guides beside it."""
    if not config.edit_uri or not config.repo_url:
        return ""
    docs, guides = Path(config.docs_dir).absolute(), guides.absolute()
    uri = config.edit_uri.rstrip("/")
    prefix = uri.removesuffix(f"/{docs.name}")
    folder = os.path.relpath(guides, docs.parent if prefix != uri else docs)
    base = f"{config.repo_url.rstrip('/')}/{prefix.lstrip('/')}/{Path(folder).as_posix()}/"
    return quote(base, safe=ADDRESS)
