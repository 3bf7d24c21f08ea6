"""The configuration: where it is found, what it says, and what is wrong with it."""

from pathlib import Path

import pytest

from balise.config import OVH_URLS, Config, Urls, load_configuration
from balise.errors import UserError
from balise.findings import Severity


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
