"""What `mkdocs.yml` says about the site, as the settings of a project."""

import logging
import os
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig

from balise.base.errors import UserError
from balise.check.severity import CATALOG
from balise.config import Configuration, load_configuration
from balise.mkdocs_plugin.card_look import card_look
from balise.publish.picture_copies import ENCODINGS
from balise.publish.problem_report import form_of_repository, require_form
from balise.publish.project import Project
from balise.publish.search import find_program

ADDRESS = "%/:?#[]@!$&'()*+,;="
"""What stays as it is in the address of a repository that is one already (RFC 3986, section 2.2)."""
MATERIAL = ".icons/material/magnify.svg"
"""A file that Material has, and every theme that is made of it."""

log = logging.getLogger(__name__)


class PluginOptions(Config):
    """The plugin's options in `mkdocs.yml`.

    `check: false` builds without checking. With `click_to_load` what other sites show is a link at first.
    `contributors` names who wrote a guide. `docs` is who makes the pages of `docs_dir`. With `entrance` a
    page leads to all locales. With `health` the site has a page about the health of the guides, for the
    team. `locales` are those that are published, all without it. With `markdown` each page has a copy in
    plain Markdown. `processes` is how many are used to build, 0 for as many as there are cores;
    `report` is where problems are reported; `search: false` makes no search index. With `social_cards`
    each page has a picture of its own for networks. With `stale_notice` readers are told of stale
    translations, with `untranslated` of guides that a locale lacks. `skip_hooks` are plugins and hook files
    whose `on_post_page` is not called for guides. With `avif` and `webp` the site has copies of
    pictures in these formats.
    """

    avif = c.Type(bool, default=False)
    check = c.Type(bool, default=True)
    click_to_load = c.Type(bool, default=False)
    contributors = c.Type(bool, default=False)
    entrance = c.Type(bool, default=False)
    docs = c.Choice(("mkdocs", "balise"), default="mkdocs")
    health = c.Type(bool, default=False)
    locales = c.Type((list, str), default=[])
    markdown = c.Type(bool, default=False)
    processes = c.Type(int, default=0)
    report = c.Type((bool, str), default=True)
    search = c.Type(bool, default=True)
    social_cards = c.Type(bool, default=False)
    stale_notice = c.Type(bool, default=False)
    untranslated = c.Type(bool, default=False)
    webp = c.Type(bool, default=False)
    skip_hooks = c.ListOfItems(c.Type(str), default=[])


def read_configuration(config: MkDocsConfig) -> Configuration:
    """The configuration of balise beside a `mkdocs.yml`. Raises UserError."""
    base = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
    return load_configuration(base, CATALOG)


def require_material(config: MkDocsConfig) -> None:
    """Raise UserError if the theme is neither Material nor made of it."""
    if not any(Path(folder, MATERIAL).is_file() for folder in config.theme.dirs):
        name = f"`{config.theme.name}`" if config.theme.name else "in `custom_dir`"
        raise UserError(
            f"the theme {name} lacks the templates of Material for MkDocs, which guides are put into: "
            "write `name: material` below `theme` in mkdocs.yml; a theme that is a package of its own "
            "can have `extends: material` in its mkdocs_theme.yml"
        )


def read_project(
    config: MkDocsConfig, options: PluginOptions, configuration: Configuration, site_dir: Path
) -> Project:
    """The project of a `mkdocs.yml`. Raises UserError for what cannot be published."""
    has_program = options.search and find_program() is not None
    if options.search and not has_program:
        log.info(
            "the site has no search: there is no program `pagefind` for this machine; "
            "put it on PATH, or set `search: false` for the plugin"
        )
    takes_over = options.docs == "balise"
    project = Project(
        configuration=configuration,
        site_dir=site_dir,
        site_url=config.site_url.rstrip("/") + "/" if config.site_url else "",
        locales=_locales(options.locales),
        edit_base=_edit_base(config, configuration.guides),
        processes=options.processes or os.cpu_count() or 1,
        site_name=config.site_name,
        entrance=options.entrance,
        card_look=card_look(config) if options.social_cards else None,
        check=options.check,
        click_to_load=options.click_to_load,
        markdown=options.markdown,
        stale_notice=options.stale_notice,
        untranslated=options.untranslated,
        picture_formats=tuple(kind for kind in ENCODINGS if options[kind]),
        strict=config.strict,
        search=has_program,
        report_form=_report_form(config, options),
        contributors=options.contributors,
        index_manual=takes_over or not _has_search(config),
        list_manual=takes_over,
    )
    project.require_separate_folders()
    if project.store.refusal:
        log.warning(project.store.refusal)
    return project


def _report_form(config: MkDocsConfig, options: PluginOptions) -> str:
    """Where problems are reported. Raises UserError."""
    if isinstance(options.report, str):
        return require_form(options.report)
    return form_of_repository(config.repo_url or "") if options.report else ""


def _has_search(config: MkDocsConfig) -> bool:
    """Whether the site's owner has chosen the search of MkDocs or of Material."""
    found = config.plugins.get("material/search") or config.plugins.get("search")
    return found is not None and bool(found.config.get("enabled", True))


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
