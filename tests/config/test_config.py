"""The configuration: where it is found, what it says, and what is wrong with it."""

import json
import os
import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from balise.base.errors import UserError
from balise.base.findings import Severity
from balise.check.severity import CATALOG
from balise.config import OVH_URLS, Config, Level, Override, Urls, load_configuration
from balise.config.places import places_of
from balise.rules import ALL_RULES
from tests.helpers.command import balise
from tests.helpers.platforms import on_posix, with_links
from tests.helpers.support import ROOT


def write(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def mistakes(folder: Path) -> tuple[str, ...]:
    with pytest.raises(UserError) as caught:
        load_configuration(folder)
    return caught.value.lines


def test_without_a_file_the_defaults_count(tmp_path: Path) -> None:
    found = load_configuration(tmp_path)
    assert (found.config, found.file) == (Config(), None)
    assert found.root == tmp_path


def test_the_defaults() -> None:
    config = Config()
    assert (config.select, config.ignore, config.fail_on) == ((), (), Severity.WARNING)


def test_balise_toml_is_read(tmp_path: Path) -> None:
    text = 'guides = "pages"\nselect = ["anchors"]\nignore = ["a", "b"]\nfail-on = "error"\n'
    file = write(tmp_path / "balise.toml", text)
    found = load_configuration(tmp_path)
    assert found.config == Config(
        guides="pages", select=("anchors",), ignore=("a", "b"), fail_on=Severity.ERROR
    )
    assert (found.file, found.root) == (file, tmp_path)


def test_pyproject_toml_is_read(tmp_path: Path) -> None:
    file = write(tmp_path / "pyproject.toml", '[tool.balise]\nguides = "pages"\n')
    found = load_configuration(tmp_path)
    assert (found.config.guides, found.file) == ("pages", file)


def test_balise_toml_counts_before_pyproject_toml(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", '[tool.balise]\nguides = "one"\n')
    write(tmp_path / "balise.toml", 'guides = "two"\n')
    assert load_configuration(tmp_path).config.guides == "two"


def test_an_empty_balise_toml_stops_the_search(tmp_path: Path) -> None:
    write(tmp_path / "balise.toml", 'guides = "above"\n')
    write(tmp_path / "below" / "balise.toml", "")
    assert load_configuration(tmp_path / "below").config == Config()


def test_a_pyproject_toml_without_the_table_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path / "balise.toml", 'guides = "above"\n')
    write(tmp_path / "below" / "pyproject.toml", '[project]\nname = "x"\n')
    assert load_configuration(tmp_path / "below").config.guides == "above"


def test_the_nearest_file_upwards_counts(tmp_path: Path) -> None:
    write(tmp_path / "balise.toml", 'guides = "far"\n')
    near = write(tmp_path / "a" / "balise.toml", 'guides = "near"\n')
    (tmp_path / "a" / "b" / "c").mkdir(parents=True)
    found = load_configuration(tmp_path / "a" / "b" / "c")
    assert (found.file, found.config.guides) == (near, "near")


def test_guides_count_from_the_folder_of_the_file(tmp_path: Path) -> None:
    write(tmp_path / "balise.toml", 'guides = "pages"\n')
    (tmp_path / "below").mkdir()
    assert load_configuration(tmp_path / "below").guides == tmp_path / "pages"


def test_a_relative_start_is_where_the_user_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write(tmp_path / "balise.toml", "")
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    assert load_configuration(Path()).file == file


def test_a_wrong_name_is_told_with_the_nearest_one(tmp_path: Path) -> None:
    file = write(tmp_path / "balise.toml", 'guide = "pages"\n')
    (line,) = mistakes(tmp_path)
    assert str(file) in line
    assert "`guide`" in line
    assert "did you mean `guides`?" in line


def test_a_name_with_an_underscore_is_told_with_a_hyphen(tmp_path: Path) -> None:
    write(tmp_path / "balise.toml", 'fail_on = "error"\n')
    (line,) = mistakes(tmp_path)
    assert "did you mean `fail-on`?" in line


def test_a_name_like_no_other_has_no_suggestion(tmp_path: Path) -> None:
    write(tmp_path / "balise.toml", "xyz = 1\n")
    (line,) = mistakes(tmp_path)
    assert "did you mean" not in line


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    file = write(tmp_path / "balise.toml", 'guide = "a"\nselect = 1\nfail-on = "loud"\nnope = 2\n')
    lines = mistakes(tmp_path)
    assert len(lines) == 4
    assert all(str(file) in line for line in lines)
    for name in ("guide", "select", "fail-on", "nope"):
        assert any(f"`{name}`" in line for line in lines)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("guides = 1", "guides"),
        ('select = "anchors"', "select"),
        ("ignore = [1]", "ignore"),
        ("fail-on = true", "fail-on"),
        ('fail-on = "ERROR!"', "fail-on"),
        ("[guides]", "guides"),
    ],
)
def test_a_value_of_the_wrong_type_is_told_with_its_name(
    tmp_path: Path, line: str, name: str
) -> None:
    write(tmp_path / "balise.toml", f"{line}\n")
    (told,) = mistakes(tmp_path)
    assert f"`{name}`" in told


def test_mistakes_in_pyproject_toml_are_told_as_well(tmp_path: Path) -> None:
    file = write(tmp_path / "pyproject.toml", '[tool.balise]\nselekt = ["a"]\n')
    (line,) = mistakes(tmp_path)
    assert str(file) in line
    assert "`select`" in line


@pytest.mark.parametrize("name", ["balise.toml", "pyproject.toml"])
def test_what_is_no_toml_is_told_with_its_place(tmp_path: Path, name: str) -> None:
    file = write(tmp_path / name, "a = 1\nb = \n")
    (line,) = mistakes(tmp_path)
    assert line.startswith(f"{file}:2:5: is not valid TOML: ")


def test_what_is_no_text_is_told(tmp_path: Path) -> None:
    file = tmp_path / "balise.toml"
    file.write_bytes(b'guides = "\xe9"\n')
    (line,) = mistakes(tmp_path)
    assert str(file) in line


def test_a_table_that_is_no_table_is_told(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", "[tool]\nbalise = 1\n")
    (line,) = mistakes(tmp_path)
    assert "[tool.balise]" in line


@pytest.mark.parametrize("name", ["balise.toml", "pyproject.toml"])
def test_a_folder_of_that_name_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    assert mistakes(tmp_path) == (f"{tmp_path / name}: cannot be read: it is a folder",)


def test_what_is_told_is_one_line_without_a_full_stop(tmp_path: Path) -> None:
    write(tmp_path / "balise.toml", 'guide = "a"\nselect = 1\n')
    for line in mistakes(tmp_path):
        assert "\n" not in line
        assert not line.endswith(".")


# Which pages


def test_every_page_is_included_and_none_excluded_by_default() -> None:
    assert (Config().include, Config().exclude) == (("*.md",), ())


def test_pages_can_be_included_and_excluded(tmp_path: Path) -> None:
    write(tmp_path / "balise.toml", 'include = ["*.en-gb.md"]\nexclude = ["drafts/", "!a.md"]\n')
    config = load_configuration(tmp_path).config
    assert config.include == ("*.en-gb.md",)
    assert config.exclude == ("drafts/", "!a.md")


@pytest.mark.parametrize(
    ("line", "name"),
    [('include = "*.md"', "include"), ("exclude = [1]", "exclude"), ("[exclude]", "exclude")],
)
def test_patterns_are_a_list_of_texts(tmp_path: Path, line: str, name: str) -> None:
    write(tmp_path / "balise.toml", f"{line}\n")
    (told,) = mistakes(tmp_path)
    assert f"`{name}`" in told


# Addresses


def urls(folder: Path, lines: str) -> Urls:
    write(folder / "pyproject.toml", f"[tool.balise.urls]\n{lines}\n")
    return load_configuration(folder).config.urls


def wrong_urls(folder: Path, lines: str) -> tuple[str, ...]:
    write(folder / "pyproject.toml", f"[tool.balise.urls]\n{lines}\n")
    return mistakes(folder)


def test_without_addresses_those_of_the_guides_of_ovh_count(tmp_path: Path) -> None:
    assert load_configuration(tmp_path).config.urls == OVH_URLS
    assert urls(tmp_path, "") == OVH_URLS


def test_addresses_can_be_configured(tmp_path: Path) -> None:
    found = urls(
        tmp_path,
        'site = "https://guides.example.com/help/"\n'
        'locale = "{language}-{zone}/"\n'
        'short-locale = "{language}/"\n'
        'page = "{locale}{folder}/"\n'
        'page-without-slug = "{locale}{products}{folder}/"\n'
        'numbered = "{locale}articles/{number}/"\n'
        'number-addresses = ["old.example.com/{number}"]\n'
        'original = "en-gb"\n'
        'fallbacks = ["en-gb"]\n',
    )
    assert found == Urls(
        site="https://guides.example.com/help/",
        locale="{language}-{zone}/",
        short_locale="{language}/",
        page="{locale}{folder}/",
        page_without_slug="{locale}{products}{folder}/",
        numbered="{locale}articles/{number}/",
        number_addresses=("old.example.com/{number}",),
        original="en-gb",
        fallbacks=("en-gb",),
    )


def test_one_address_alone_can_be_configured(tmp_path: Path) -> None:
    found = urls(tmp_path, 'site = "http://localhost:8000/"')
    assert found == Urls(site="http://localhost:8000/")


@pytest.mark.parametrize("site", ["docs.ovh.com/", "https://docs.ovh.com", "ftp://a/", ""])
def test_the_site_is_a_whole_address(tmp_path: Path, site: str) -> None:
    (line,) = wrong_urls(tmp_path, f'site = "{site}"')
    assert line.endswith("`urls.site` must begin with `https://` and end with `/`")


@pytest.mark.parametrize(
    ("name", "template", "field", "there"),
    [
        ("locale", "{locale}/", "locale", "`{language}`, `{zone}`"),
        ("short-locale", "{country}/", "country", "`{language}`, `{zone}`"),
        ("page", "{locale}{product}{slug}/", "product", "`{products}`"),
        ("page-without-slug", "{locale}{slug}/", "slug", "`{folder}`, `{locale}`, `{products}`"),
        ("numbered", "{locale}{slug}/", "slug", "`{locale}`, `{number}`"),
        ("page", "{}/", "", "`{slug}`"),
        ("page", "{slug.__class__}/", "slug.__class__", "`{slug}`"),
    ],
)
def test_a_placeholder_that_does_not_exist_is_told_with_those_that_do(
    tmp_path: Path, name: str, template: str, field: str, there: str
) -> None:
    (line,) = wrong_urls(tmp_path, f'{name} = "{template}"')
    assert f"`urls.{name}`: there is no `{{{field}}}`; there are " in line
    assert there in line


@pytest.mark.parametrize(
    "name", ["locale", "short-locale", "page", "page-without-slug", "numbered"]
)
def test_an_address_ends_with_a_slash(tmp_path: Path, name: str) -> None:
    (line,) = wrong_urls(tmp_path, f'{name} = "x"')
    assert line.endswith(f"`urls.{name}` must end with `/`")


@pytest.mark.parametrize("template", ["{locale/", "locale}/"])
def test_a_brace_without_its_other_is_told(tmp_path: Path, template: str) -> None:
    (line,) = wrong_urls(tmp_path, f'page = "{template}"')
    assert "`urls.page`" in line


def test_an_older_address_without_a_number_is_told(tmp_path: Path) -> None:
    (line,) = wrong_urls(tmp_path, 'number-addresses = ["*ovh*/g{number}", "*ovh*/g"]')
    assert line.endswith("`urls.number-addresses`: `*ovh*/g` has no `{number}`")


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("site = 1", "site"),
        ("page = []", "page"),
        ('number-addresses = "x"', "number-addresses"),
        ('fallbacks = "fr-fr"', "fallbacks"),
        ("original = true", "original"),
    ],
)
def test_an_address_of_the_wrong_type_is_told_with_its_name(
    tmp_path: Path, line: str, name: str
) -> None:
    (told,) = wrong_urls(tmp_path, line)
    assert name in told


@pytest.mark.parametrize(("wrong", "right"), [("sit", "site"), ("short_locale", "short-locale")])
def test_a_wrong_name_of_an_address_is_told_with_the_nearest_one(
    tmp_path: Path, wrong: str, right: str
) -> None:
    (line,) = wrong_urls(tmp_path, f'{wrong} = "https://example.com/"')
    assert f"`urls.{wrong}`" in line
    assert f"did you mean `{right}`?" in line


def test_addresses_that_are_no_table_are_told(tmp_path: Path) -> None:
    write(tmp_path / "balise.toml", 'urls = "https://example.com/"\n')
    (line,) = mistakes(tmp_path)
    assert "`urls`" in line


def test_a_mistake_in_addresses_is_told_beside_the_others(tmp_path: Path) -> None:
    write(tmp_path / "balise.toml", 'guide = "a"\n[urls]\nsite = "x"\n')
    lines = mistakes(tmp_path)
    assert len(lines) == 2
    assert all("\n" not in line for line in lines)


# Mistakes and their places


def told(folder: Path, text: str) -> list[str]:
    """The mistakes in a `balise.toml`, without the path in front."""
    file = write(folder / "balise.toml", text)
    with pytest.raises(UserError) as caught:
        load_configuration(folder, CATALOG)
    return [line.removeprefix(f"{file}") for line in caught.value.lines]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("\n\nguids = 1\n", ":3:1: there is no setting `guids`; did you mean `guides`?"),
        ("[urls]\nsit = 1\n", ":2:1: there is no setting `urls.sit`; did you mean `site`?"),
        ("urls = { sit = 1 }", ":1:10: there is no setting `urls.sit`; did you mean `site`?"),
        ("urls.sit = 1", ":1:6: there is no setting `urls.sit`; did you mean `site`?"),
        (
            'select = "anchors"',
            ':1:1: `select` must be a list of names, not a text; write `["anchors"]`',
        ),
        ("select = [1]", ":1:11: `select` must be a list of names, and there is a number in it"),
        ("guides = true", ":1:1: `guides` must be a text in quotes, not `true`"),
        ("guides = 2026-01-01", ":1:1: `guides` must be a text in quotes, not a date or time"),
        ("urls = 1", ":1:1: `urls` must be a table, not a number"),
        ("severity = []", ":1:1: `severity` must be a table, not a list"),
        ("rules = 1", ":1:1: `rules` must be a table, not a number"),
        (
            'fail-on = "eror"',
            (
                ":1:1: `fail-on` must be `info`, `warning` or `error`, not `eror`; "
                "did you mean `error`?"
            ),
        ),
        (
            'severity.links = "loud"',
            ":1:10: `severity.links` must be `error`, `warning`, `info` or `off`, not `loud`",
        ),
        (
            'select = [\n  "links",\n  "anchrs",\n]',
            (
                ":3:3: `select`: there is no rule or group `anchrs`; did you mean `anchors`? "
                "(`balise rules` lists them)"
            ),
        ),
        (
            '[severity]\nempty-pge = "off"',
            (
                ":2:1: `severity`: there is no rule or group `empty-pge`; did you mean `empty-page`? "
                "(`balise rules` lists them)"
            ),
        ),
        (
            '[per-path."a.b/"]\nignores = []',
            ':2:1: there is no setting `per-path."a.b/".ignores`; did you mean `ignore`?',
        ),
        (
            "[per-locale]\nfr = { ignore = 1 }",
            ":2:8: `per-locale.fr.ignore` must be a list of names, not a number",
        ),
        (
            "[per-locale.FR_ca]",
            (
                ":1:13: `per-locale`: `FR_ca` is neither a locale such as `fr-ca` nor a language "
                "such as `fr`; did you mean `fr-ca`?"
            ),
        ),
        ('exclude = ["[z-a]"]', ":1:12: `exclude`: the pattern `[z-a]` cannot be understood"),
        (r'include = ["a\\"]', r":1:12: `include`: the pattern `a\` cannot be understood"),
        ('[per-path."!a"]', ":1:11: `per-path`: the pattern `!a` begins with `!`"),
        ('[per-path.""]', ":1:11: `per-path`: the pattern `` matches nothing"),
        (
            "rules.duplicate-headings.levels = []",
            ":1:7: `rules`: there is no rule `duplicate-headings`; did you mean",
        ),
        ("rules.links.x = 1", ":1:7: `rules`: there is no rule `links`"),
        ("rules.legacy-link.x = 1", ":1:7: the rule `legacy-link` has no options"),
        (
            "[rules.duplicate-heading]\nlevel = 1",
            ":2:1: the rule `duplicate-heading` has no option `level`; did you mean `levels`?",
        ),
        (
            "[rules.unused-image]\nzz = 1",
            ":2:1: the rule `unused-image` has no option `zz`; it has `ignore`",
        ),
        (
            "rules.duplicate-heading.levels = [2, 7]",
            (
                ":1:38: `rules.duplicate-heading.levels` must be a list of whole numbers from 1 to 6, "
                "and there is 7 in it"
            ),
        ),
        (
            'rules.unknown-attribute.classes = [".button"]',
            ":1:36: `rules.unknown-attribute.classes`: write `button` without the dot",
        ),
        (
            'rules.insecure-link.hosts = ["http://a.org"]',
            ":1:30: `rules.insecure-link.hosts`: `http://a.org` is not the name of a server",
        ),
        (
            'rules.retired-address.addresses."a b" = ""',
            ":1:33: `rules.retired-address.addresses`: `a b` is not the beginning of an address",
        ),
        (
            'rules.retired-address.addresses."a.org" = "b.org"',
            ':1:33: `rules.retired-address.addresses."a.org"`: `b.org` is not an address; write one',
        ),
        (
            'rules.unused-image.ignore = ["!"]',
            ":1:30: `rules.unused-image.ignore`: the pattern `!` cannot be understood",
        ),
        ('extends = ""', ":1:1: `extends` must be the path of a file"),
        (r'extends = "a\u0000b"', ":1:1: `extends` must be the path of a file"),
        (r'"a\nb" = 1', r':1:1: there is no setting `"a\nb"`'),
        ('"a\x7fb" = 1'.replace("\x7f", "\\u007f"), r':1:1: there is no setting `"a\x7fb"`'),
    ],
)
def test_a_mistake_is_told_with_its_line_in_the_words_of_a_writer(
    tmp_path: Path, text: str, line: str
) -> None:
    (found,) = told(tmp_path, text)
    assert found.startswith(line)
    assert found.isprintable()


def test_mistakes_are_told_in_the_order_of_their_lines(tmp_path: Path) -> None:
    text = 'nope = 1\nselect = ["x-y-z"]\n[severity]\nlinks = 1\n[urls]\nsite = "x"\n'
    assert [line.split(":")[1] for line in told(tmp_path, text)] == ["1", "2", "4", "6"]


def test_lines_count_from_the_start_of_pyproject_toml(tmp_path: Path) -> None:
    text = '[project]\nname = "select"\n[tool.other]\nselect = 1\n[tool.balise]\nselect = 1\n'
    file = write(tmp_path / "pyproject.toml", text)
    (line,) = mistakes(tmp_path)
    assert line.startswith(f"{file}:6:1: `select` must be a list")


KEYS = r'''# [a]
one = """
two = 1
"""
[ a . "b.c" ]  # x
d.'e' = { f = [1, # ]
  'x]', "}\""], g = 1979-05-27 07:32:00 }
[[t]]
k = """ \""" ] """""
[[t]]
[t.u]
k = 2
'''


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_key_is_found_where_it_stands(end: str) -> None:
    tomllib.loads(KEYS)
    assert places_of(KEYS.replace("\n", end)) == {
        ("one",): (2, 1),
        ("a",): (5, 3),
        ("a", "b.c"): (5, 7),
        ("a", "b.c", "d"): (6, 1),
        ("a", "b.c", "d", "e"): (6, 3),
        ("a", "b.c", "d", "e", "f"): (6, 11),
        ("a", "b.c", "d", "e", "f", 0): (6, 16),
        ("a", "b.c", "d", "e", "f", 1): (7, 3),
        ("a", "b.c", "d", "e", "f", 2): (7, 9),
        ("a", "b.c", "d", "e", "g"): (7, 17),
        ("t",): (8, 3),
        ("t", 0): (8, 3),
        ("t", 0, "k"): (9, 1),
        ("t", 1): (10, 3),
        ("t", 1, "u"): (11, 4),
        ("t", 1, "u", "k"): (12, 1),
    }


# Files that are none


def refused(folder: Path) -> str:
    """What the command line says of a configuration that it cannot read: one line."""
    ran = balise("check", cwd=folder)
    assert (ran.status, ran.out) == (2, "")
    (line,) = ran.err.splitlines()
    return line


def test_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "balise.toml").mkdir()
    assert refused(tmp_path).endswith("balise.toml: cannot be read: it is a folder")


@with_links
def test_a_link_to_nothing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "balise.toml").symlink_to("nowhere")
    assert refused(tmp_path).endswith("cannot be read: it is a symbolic link to nothing")


@on_posix
def test_a_pipe_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "balise.toml")
    assert refused(tmp_path).endswith("cannot be read: it is not a regular file")


def test_a_file_without_permission_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(file: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied", file)

    file = write(tmp_path / "balise.toml", "")
    monkeypatch.setattr(Path, "open", denied)
    assert mistakes(tmp_path) == (f"{file}: cannot be read: permission denied",)


@pytest.mark.parametrize(
    ("data", "end"),
    [
        (b"a" * 10_000_000, "is larger than 1 MB, which no configuration is"),
        (b"# a\n\x89PNG\r\n\x1a\n\0\0", ":2: is not valid TOML: it is not text in UTF-8"),
        (b"\xff\xfeg\0u\0", ":1: is not valid TOML: it is not text in UTF-8"),
        (b"\0\0\0", ":1:1: is not valid TOML: invalid statement"),
        (b"a = " + b"[" * 100_000, "is nested too deeply"),
        (b"\n\na = ", ":3:1: is not valid TOML: invalid value at the end of the file"),
    ],
    ids=["large", "binary", "UTF-16", "zeros", "deep", "cut"],
)
def test_what_is_no_configuration_is_refused(tmp_path: Path, data: bytes, end: str) -> None:
    (tmp_path / "balise.toml").write_bytes(data)
    assert refused(tmp_path).endswith(end)


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    (tmp_path / "balise.toml").write_bytes(b'\xef\xbb\xbfguides = "x"\n')
    assert load_configuration(tmp_path).config.guides == "x"


# Severities, paths, locales and options


def test_what_differs_for_some_pages_is_read(tmp_path: Path) -> None:
    text = (
        'severity = { links = "info" }\n[per-path."drafts/"]\nignore = ["anchors"]\n'
        '[per-locale.fr.severity]\nempty-page = "off"\n'
    )
    write(tmp_path / "balise.toml", text)
    config = load_configuration(tmp_path, CATALOG).config
    assert config.severity == {"links": Level.INFO}
    assert config.per_path == {"drafts/": Override(ignore=("anchors",))}
    assert config.per_locale == {"fr": Override(severity={"empty-page": Level.OFF})}


# What a configuration extends


def test_nearer_settings_win_lists_replace_and_tables_merge(tmp_path: Path) -> None:
    write(
        tmp_path / "team" / "base.toml",
        'guides = "far"\nignore = ["links"]\nfail-on = "error"\n'
        'severity = { links = "info", anchors = "off" }\n',
    )
    write(
        tmp_path / "balise.toml",
        'extends = "team/base.toml"\nguides = "near"\nignore = ["text"]\n'
        'severity = { links = "error" }\n',
    )
    found = load_configuration(tmp_path, CATALOG)
    assert found.guides == tmp_path / "near"
    assert (found.config.ignore, found.config.fail_on) == (("text",), Severity.ERROR)
    assert found.config.severity == {"anchors": Level.OFF, "links": Level.ERROR}
    assert found.files == (tmp_path / "balise.toml", tmp_path / "team" / "base.toml")


def test_folders_count_from_the_nearest_file(tmp_path: Path) -> None:
    write(tmp_path / "team" / "base.toml", 'guides = "pages"\n')
    write(tmp_path / "balise.toml", 'extends = "team/base.toml"\n')
    assert load_configuration(tmp_path).guides == tmp_path / "pages"


def test_what_extends_a_selection_adds_up(tmp_path: Path) -> None:
    write(tmp_path / "base.toml", 'extend-select = ["empty-alt"]\nextend-ignore = ["text"]\n')
    write(
        tmp_path / "balise.toml",
        'extends = "base.toml"\nextend-select = ["insecure-link"]\nextend-ignore = ["links"]\n',
    )
    config = load_configuration(tmp_path, CATALOG).config
    assert config.extend_select == ("empty-alt", "insecure-link")
    assert config.extend_ignore == ("text", "links")


def test_a_pyproject_toml_can_be_extended_and_can_extend(tmp_path: Path) -> None:
    write(tmp_path / "c.toml", 'guides = "c"\n')
    write(tmp_path / "b" / "pyproject.toml", '[tool.balise]\nextends = "../c.toml"\n')
    write(tmp_path / "a" / "balise.toml", 'extends = "../b/pyproject.toml"\n')
    assert load_configuration(tmp_path / "a").config.guides == "c"


def test_mistakes_of_all_files_are_told_each_with_its_file(tmp_path: Path) -> None:
    base = write(tmp_path / "base.toml", "\nnope = 1\n")
    file = write(tmp_path / "balise.toml", 'extends = "base.toml"\nguids = 1\n')
    near, far = mistakes(tmp_path)
    assert near.startswith(f"{file}:2:1: there is no setting `guids`")
    assert far.startswith(f"{base}:2:1: there is no setting `nope`")


def test_a_circle_is_told_with_its_way(tmp_path: Path) -> None:
    base = write(tmp_path / "base.toml", 'extends = "balise.toml"\n')
    file = write(tmp_path / "balise.toml", 'extends = "base.toml"\n')
    (line,) = mistakes(tmp_path)
    assert line == f"{base}:1:1: `extends` leads in a circle: {file} -> {base} -> {file}"


def test_a_file_that_extends_itself_is_a_circle(tmp_path: Path) -> None:
    write(tmp_path / "balise.toml", 'extends = "./balise.toml"\n')
    (line,) = mistakes(tmp_path)
    assert "leads in a circle" in line


@pytest.mark.parametrize(
    ("extends", "reason"),
    [
        ("nowhere.toml", "there is no such file"),
        ("folder", "cannot be read: it is a folder"),
        ("pyproject.toml", "there is no table [tool.balise]"),
        ("broken.toml", "is not valid TOML"),
    ],
)
def test_what_cannot_be_extended_is_told(tmp_path: Path, extends: str, reason: str) -> None:
    (tmp_path / "folder").mkdir()
    write(tmp_path / "pyproject.toml", "[project]\n")
    write(tmp_path / "broken.toml", "x\n")
    write(tmp_path / "balise.toml", f'extends = "{extends}"\nnope = 1\n')
    one, other = mistakes(tmp_path)
    assert "`nope`" in one
    assert str(tmp_path / extends) in other
    assert reason in other


# `balise config`


def listed(folder: Path, *arguments: str) -> dict[str, tuple[Any, str | None, int | None]]:
    """The settings in force, as (value, file, line)."""
    ran = balise("config", *arguments, "--output-format", "json", cwd=folder)
    assert ran.status == 0, ran.err
    rows = json.loads(ran.out)["settings"]
    return {".".join(r["key"]): (r["value"], r["file"], r["line"]) for r in rows}


def test_config_tells_what_is_in_force_and_where_it_comes_from(tmp_path: Path) -> None:
    base = '\nseverity.links = "off"\n[rules.unused-image]\nignore = ["a"]\n'
    write(tmp_path / "base.toml", base)
    write(tmp_path / "balise.toml", '# team\nextends = "base.toml"\nurls.site = "http://a/"\n')
    found = listed(tmp_path)
    assert found["urls.site"] == ("http://a/", "balise.toml", 3)
    assert found["severity.links"] == ("off", "base.toml", 2)
    assert found["rules.unused-image.ignore"] == (["a"], "base.toml", 4)
    assert found["guides"] == ("guides", None, None)


def test_config_as_text_is_toml_that_says_the_same(tmp_path: Path) -> None:
    text = (
        'select = ["links", "anchors"]\nper-path."a \\"b\\"/*.md".severity.links = "info"\n'
        "per-locale.fr.ignore = []\n"
    )
    write(tmp_path / "balise.toml", text)
    ran = balise("config", cwd=tmp_path)
    assert ran.out.startswith("# from balise.toml\n")
    assert 'select = ["links", "anchors"]  # balise.toml:1\n' in ran.out
    assert 'fail-on = "warning"  # default\n' in ran.out
    before = load_configuration(tmp_path, CATALOG).config
    write(tmp_path / "balise.toml", ran.out)
    again = load_configuration(tmp_path, CATALOG).config
    assert again.rules.keys() == CATALOG.options.keys()
    in_force = msgspec.structs.replace(before, guides="guides")
    assert msgspec.structs.replace(again, rules={}) == in_force


def test_config_is_that_of_the_path_it_is_given(tmp_path: Path) -> None:
    write(tmp_path / "below" / "balise.toml", 'guides = "x"\n')
    assert listed(tmp_path)["guides"] == ("guides", None, None)
    assert listed(tmp_path, "below")["guides"] == ("x", "below/balise.toml", 1)


@pytest.mark.parametrize("arguments", [("config",), ("check",), ("facts", ".")])
def test_mistakes_end_a_command_with_status_2(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    file = write(tmp_path / "balise.toml", 'severity.lnks = "off"\nnope = 1\n')
    ran = balise(*arguments, cwd=tmp_path)
    assert (ran.status, ran.out) == (2, "")
    one, other = ran.err.splitlines()
    assert one.startswith(f"balise: {file}:1:10: `severity`: there is no rule or group `lnks`")
    assert other == f"balise: {file}:2:1: there is no setting `nope`"


# The schema


def schema() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(balise("config", "--schema", cwd=Path.cwd()).out)
    return found


def test_the_schema_knows_every_setting_rule_and_option(tmp_path: Path) -> None:
    made = schema()
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    config = made["$defs"]["Config"]
    in_force = {key.split(".")[0] for key in listed(tmp_path)}
    assert set(config["properties"]) == in_force | {"extends"}
    assert config["additionalProperties"] is False
    names = {rule.name for rule in ALL_RULES} | {rule.group for rule in ALL_RULES}
    assert set(made["$defs"]["Name"]["enum"]) == names
    rules = config["properties"]["rules"]
    assert set(rules["properties"]) == set(CATALOG.options)
    assert rules["additionalProperties"] is False
    assert rules["properties"]["duplicate-heading"]["properties"]["levels"]["items"] == {
        "type": "integer",
        "minimum": 1,
        "maximum": 6,
    }


def test_the_schema_says_nothing_of_python() -> None:
    text = json.dumps(schema())
    assert "balise.rules" not in text
    assert "x-balise" not in text


def test_every_reference_of_the_schema_leads_somewhere() -> None:
    def references(part: Any) -> list[str]:
        if isinstance(part, list):
            return [r for item in part for r in references(item)]
        if not isinstance(part, dict):
            return []
        own = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
        return own + [r for item in part.values() for r in references(item)]

    made = schema()
    found = references(made)
    assert found
    assert {r.removeprefix("#/$defs/") for r in found} <= set(made["$defs"])


# The manual


def test_the_manual_has_every_setting_and_every_option_with_its_default() -> None:
    text = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    settings = [field.encode_name for field in msgspec.structs.fields(Config)]
    assert [name for name in settings if f"\n### `{name}`\n" not in text] == []
    rows = [
        f"| [{rule}](rules/{rule}.md#options) | `{name}` | `{json.dumps(default)}` |\n"
        for rule, options in CATALOG.options.items()
        for name, default in msgspec.to_builtins(options()).items()
    ]
    missing = [row for row in rows if row not in text]
    assert missing == [], "add each row to the table below `rules` in docs/configuration.md"
