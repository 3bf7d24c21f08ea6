"""Rules about a whole collection and its files, as a user meets them on the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.command import PICTURE, Ran, balise, write_pages
from tests.helpers.platforms import with_links

HOME = "---\ntitle: Accueil\n---\n\n# Accueil\n"
RULES = "unused-image,locale-without-home,broken-redirect,invalid-data-file"


def guide(slug: str, text: str = "", more: str = "") -> str:
    return f"---\ntitle: A guide\nslug: {slug}\n{more}---\n\n{text}\n"


def project(folder: Path, files: dict[str, str]) -> Path:
    """A collection with a home; `files` are below its folder."""
    write_pages(folder / "guides", {"home.fr-fr.md": HOME, **files})
    write_pages(folder, {"balise.toml": ""})
    return folder


def check(folder: Path, rule: str, *arguments: str) -> Ran:
    return balise("check", "--select", rule, *arguments, cwd=folder)


def findings(folder: Path, rule: str, *arguments: str) -> list[dict[str, Any]]:
    ran = check(folder, rule, "--output-format", "json", *arguments)
    assert ran.status in (0, 1), ran.err
    found: list[dict[str, Any]] = json.loads(ran.out)
    return found


def paths(folder: Path, rule: str) -> list[str]:
    return [finding["path"] for finding in findings(folder, rule)]


def messages(folder: Path, rule: str) -> list[str]:
    return [finding["message"] for finding in findings(folder, rule)]


def marked(folder: Path, rule: str) -> list[str]:
    """The text at the place of each finding."""
    texts = []
    for finding in findings(folder, rule):
        text = (folder / finding["path"]).read_bytes().decode()
        texts.append(text[finding["start"]["offset"] : finding["end"]["offset"]])
    return texts


def redirects(folder: Path, table: str, **pages: str) -> Path:
    """A collection with this table of redirects; `pages` are the front matter of guides by slug."""
    files = {f"{slug}/guide.fr-fr.md": guide(slug, more=more) for slug, more in pages.items()}
    return project(folder, {"_redirects": table, **files})


def test_a_collection_in_order_has_no_findings(tmp_path: Path) -> None:
    folder = project(
        tmp_path,
        {
            "mail/guide.fr-fr.md": guide("mail", "![One](images/1.png)", "aliases: [post]\n"),
            "mail/images/1.png": PICTURE,
            "links.yml": "status: https://status.example.com/\n",
            "_redirects": "# moved\n/fr/old/ /fr/mail/\n",
        },
    )
    ran = check(folder, RULES)
    assert (ran.status, ran.out) == (0, "")


# unused-image


def test_the_text_names_a_picture_without_showing_it(tmp_path: Path) -> None:
    page = guide("a", "![One](images/1.png)")
    folder = project(
        tmp_path, {"a/guide.fr-fr.md": page, "a/images/1.png": PICTURE, "a/images/2.png": PICTURE}
    )
    ran = check(folder, "unused-image")
    assert ran.out == (
        "guides/a/images/2.png:1:1 info unused-image\n"
        "  no page shows this picture or links to it\n"
        "\n"
    )


def test_an_unused_picture_fails_nothing(tmp_path: Path) -> None:
    folder = project(tmp_path, {"a/guide.fr-fr.md": guide("a"), "a/images/2.png": PICTURE})
    assert check(folder, "unused-image").status == 0


def test_json_of_a_picture_is_at_the_beginning_of_the_file(tmp_path: Path) -> None:
    folder = project(tmp_path, {"a/guide.fr-fr.md": guide("a"), "a/images/2.png": PICTURE})
    beginning = {"line": 1, "column": 1, "offset": 0}
    assert findings(folder, "unused-image") == [
        {
            "rule": "unused-image",
            "group": "images",
            "severity": "info",
            "message": "no page shows this picture or links to it",
            "path": "guides/a/images/2.png",
            "start": beginning,
            "end": beginning,
            "related": [],
            "fix": None,
        }
    ]


@pytest.mark.parametrize(
    "text",
    [
        "![One](images/1.png)",
        "![One](images/1.png){.thumbnail}",
        "![One]({attach}images/1.png)",
        "![One](/a/images/1.png)",
        "![One][one]\n\n[one]: images/1.png",
        "[![One](images/1.png)](https://example.com/)",
        "[One](images/1.png)",
        "[One]({attach}images/1.png)",
        "> ![One](images/1.png)",
        "|A|\n|---|\n|![One](images/1.png)|",
        '<img src="images/1.png" alt="One">',
        '<p><img src="images/1.png"></p>',
    ],
)
def test_a_picture_that_a_page_shows_or_links_to_is_used(tmp_path: Path, text: str) -> None:
    folder = project(tmp_path, {"a/guide.fr-fr.md": guide("a", text), "a/images/1.png": PICTURE})
    assert paths(folder, "unused-image") == []


@pytest.mark.parametrize(
    "text", ["`![One](images/1.png)`", "```\n![One](images/1.png)\n```", "images/1.png"]
)
def test_a_picture_that_is_only_named_is_unused(tmp_path: Path, text: str) -> None:
    folder = project(tmp_path, {"a/guide.fr-fr.md": guide("a", text), "a/images/1.png": PICTURE})
    assert paths(folder, "unused-image") == ["guides/a/images/1.png"]


@pytest.mark.parametrize("name", ["images/menu.png", "images/Menu.jpg"])
def test_a_picture_with_a_slip_in_its_name_is_used(tmp_path: Path, name: str) -> None:
    page = guide("a", f"![One]({name})")
    folder = project(tmp_path, {"a/guide.fr-fr.md": page, "a/images/Menu.png": PICTURE})
    assert paths(folder, "unused-image") == []


@pytest.mark.parametrize("img", ["1.png", "images/1.png"])
def test_a_picture_that_stands_for_its_page_is_used(tmp_path: Path, img: str) -> None:
    page = f"---\ntitle: A\nslug: a\nimg: {img}\n---\n"
    folder = project(tmp_path, {"a/product.fr-fr.md": page, "a/images/1.png": PICTURE})
    assert paths(folder, "unused-image") == []


def test_a_picture_that_another_page_shows_is_used(tmp_path: Path) -> None:
    page = guide("b", "![One](../a/images/1.png)")
    folder = project(
        tmp_path,
        {"a/guide.fr-fr.md": guide("a"), "a/images/1.png": PICTURE, "b/guide.fr-fr.md": page},
    )
    assert paths(folder, "unused-image") == []


def test_other_files_beside_pictures_are_no_pictures(tmp_path: Path) -> None:
    folder = project(tmp_path, {"a/guide.fr-fr.md": guide("a"), "a/images/notes.txt": "x"})
    assert paths(folder, "unused-image") == []


def test_every_kind_of_picture_is_found_in_order(tmp_path: Path) -> None:
    names = ["1.PNG", "2.jpg", "3.jpeg", "4.gif", "5.svg", "6.webp"]
    pictures = {f"a/images/{name}": PICTURE for name in names}
    folder = project(tmp_path, {"a/guide.fr-fr.md": guide("a"), **pictures})
    assert paths(folder, "unused-image") == [f"guides/a/images/{name}" for name in names]


def test_for_one_page_nobody_knows_which_pictures_are_unused(tmp_path: Path) -> None:
    folder = project(tmp_path, {"a/guide.fr-fr.md": guide("a"), "a/images/1.png": PICTURE})
    assert findings(folder, "unused-image", "guides/a/guide.fr-fr.md") == []


@with_links
def test_pictures_outside_of_the_guides_are_not_looked_at(tmp_path: Path) -> None:
    folder = project(tmp_path, {"a/guide.fr-fr.md": guide("a")})
    write_pages(folder, {"secret/key.png": PICTURE})
    (folder / "guides/a/images").symlink_to(folder / "secret")
    assert paths(folder, "unused-image") == []


# locale-without-home


def test_a_locale_without_a_home_is_told_once(tmp_path: Path) -> None:
    folder = project(tmp_path, {"b/guide.de-de.md": guide("b"), "a/guide.de-de.md": guide("a")})
    ran = check(folder, "locale-without-home")
    assert ran.status == 1
    assert ran.out == (
        "guides/a/guide.de-de.md:1:1 error locale-without-home\n"
        "  de-de has 2 pages but no home, so nothing leads to them; write `home.de-de.md` in the "
        "folder of all guides, or give these pages another locale\n"
        "    1 │ ---\n"
        "      │ ^\n"
        "\n"
    )


def test_a_single_page_is_called_one_page(tmp_path: Path) -> None:
    folder = project(tmp_path, {"a/guide.de-de.md": guide("a")})
    (message,) = messages(folder, "locale-without-home")
    assert message.startswith("de-de has one page but no home")


def test_every_locale_without_a_home_is_told(tmp_path: Path) -> None:
    folder = project(
        tmp_path,
        {
            "home.pl-pl.md": HOME,
            "a/guide.pl-pl.md": guide("a"),
            "a/guide.en-gb.md": guide("a"),
            "a/product.it-it.md": guide("a"),
        },
    )
    assert [m.split()[0] for m in messages(folder, "locale-without-home")] == ["en-gb", "it-it"]


def test_a_file_without_a_locale_needs_no_home(tmp_path: Path) -> None:
    folder = project(tmp_path, {"a/notes.md": "# Notes\n", "a/guide.german.md": guide("a")})
    assert messages(folder, "locale-without-home") == []


def test_guides_without_any_home_are_no_site_yet(tmp_path: Path) -> None:
    write_pages(tmp_path, {"guides/a/guide.fr-fr.md": guide("a"), "balise.toml": ""})
    assert messages(tmp_path, "locale-without-home") == []


# broken-redirect


def test_the_text_shows_the_line_of_a_redirect(tmp_path: Path) -> None:
    folder = redirects(tmp_path, "# moved\n/fr/old/    /fr/mial/\n", mail="")
    ran = check(folder, "broken-redirect")
    assert ran.status == 1
    assert ran.out == (
        "guides/_redirects:2:1 error broken-redirect\n"
        "  there is no page at `/fr/mial/`, so `/fr/old/` leads nowhere; "
        "did you mean `/fr/mail/`?\n"
        "    2 │ /fr/old/    /fr/mial/\n"
        "      │ ^^^^^^^^\n"
        "\n"
    )


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("/fr/a/ /xyz/\n", "there is no page at `/xyz/`, so `/fr/a/` leads nowhere"),
        ("/fr/a/ /fr/a/\n", "`/fr/a/` leads to itself"),
        (
            "/fr/a/ /fr/b/\n/fr/b/ /fr/c/\n/fr/c/ /fr/a/\n",
            "`/fr/a/` leads back to itself in 3 steps, so it never arrives",
        ),
        (
            "/fr/mail/ /fr/\n",
            "there is a page at `/fr/mail/`; readers get the page, so remove this redirect",
        ),
        (
            "/fr/a/ /fr/mail/\n/fr/a/ /fr/\n",
            "`/fr/a/` has a redirect already, and the first one counts",
        ),
        (
            "/fr/* /fr/mail/\n",
            "a redirect is from an address on this site without `*` or `:`, to an address",
        ),
    ],
)
def test_each_thing_that_is_wrong_with_a_redirect_is_told(
    tmp_path: Path, table: str, message: str
) -> None:
    assert messages(redirects(tmp_path, table, mail=""), "broken-redirect") == [message]


def test_a_redirect_that_hides_a_page_names_the_page(tmp_path: Path) -> None:
    folder = redirects(tmp_path, "/fr/mail/ /fr/\n", mail="")
    ((related,),) = [finding["related"] for finding in findings(folder, "broken-redirect")]
    assert (related["path"], related["message"]) == (
        "guides/mail/guide.fr-fr.md",
        "the page that is there",
    )
    assert related["start"]["line"] == 3


def test_an_alias_that_is_taken_is_told_on_the_page(tmp_path: Path) -> None:
    folder = redirects(tmp_path, "", mail="aliases: post, phone\n", phone="")
    (finding,) = findings(folder, "broken-redirect")
    assert finding["path"] == "guides/mail/guide.fr-fr.md"
    assert finding["message"].startswith("there is a page at `/fr/phone/`")
    assert marked(folder, "broken-redirect") == ["phone"]


def test_an_alias_of_two_pages_is_told_on_the_second(tmp_path: Path) -> None:
    folder = redirects(tmp_path, "", mail="aliases: [old]\n", phone="aliases:\n  - 'old'\n")
    assert paths(folder, "broken-redirect") == ["guides/phone/guide.fr-fr.md"]
    assert marked(folder, "broken-redirect") == ["'old'"]


def test_redirects_that_arrive_are_in_order(tmp_path: Path) -> None:
    table = (
        "/fr/one/ /fr/two/\n/fr/two/ /fr/mail/#first 301\n"
        "/fr/out/ https://example.com/\nhttps://docs.ovh.com/fr/three/ /fr/post\n"
    )
    folder = redirects(tmp_path, table, mail="aliases: [post]\nlegacy_guide_number: 7\n")
    assert messages(folder, "broken-redirect") == []


# invalid-data-file


def test_the_text_shows_the_line_of_a_data_file(tmp_path: Path) -> None:
    ran = check(project(tmp_path, {"links.yml": "a: b\nc: *x\n"}), "invalid-data-file")
    assert ran.status == 1
    assert ran.out == (
        "guides/links.yml:2:4 error invalid-data-file\n"
        "  this cannot be read: `*` aliases are not read\n"
        "    2 │ c: *x\n"
        "      │    ^^\n"
        "\n"
    )


def test_json_of_a_data_file_has_the_place_in_it(tmp_path: Path) -> None:
    folder = project(tmp_path, {"_redirects": "# é\n/fr/a/\n/fr/b/ /fr/\n"})
    (finding,) = findings(folder, "invalid-data-file")
    assert finding["path"] == "guides/_redirects"
    assert finding["message"] == (
        "this cannot be read: a line is the old address, a blank, and the new one"
    )
    assert finding["start"] == {"line": 2, "column": 1, "offset": 4}
    assert finding["end"] == {"line": 2, "column": 7, "offset": 10}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("only text\n", "this cannot be read: this is plain text, not lines of `key: value`"),
        ("a: " + "[" * 30, "this cannot be read: this is nested too deep"),
        ("[a, b]: c\n", None),
        (
            "portal:\n  fr-fr:\n    web: https://example.com/\n",
            "this is not read: a key has an address, or an address for each locale",
        ),
    ],
)
def test_each_thing_that_is_wrong_with_a_table_of_links_is_told(
    tmp_path: Path, text: str, message: str | None
) -> None:
    (told,) = messages(project(tmp_path, {"links.yml": text}), "invalid-data-file")
    assert message is None or told == message


def test_a_table_of_links_in_order_is_silent(tmp_path: Path) -> None:
    text = "# keys\na: https://example.com/\nb:\n  fr-fr: https://example.com/\n  default: 'x'\n"
    assert messages(project(tmp_path, {"links.yml": text}), "invalid-data-file") == []


def test_without_data_files_there_is_nothing_to_read(tmp_path: Path) -> None:
    assert messages(project(tmp_path, {}), "invalid-data-file") == []


def test_a_broken_data_file_does_not_hide_the_findings_of_pages(tmp_path: Path) -> None:
    page = guide("a", "[x](#nowhere)")
    folder = project(tmp_path, {"links.yml": "a: [", "a/guide.fr-fr.md": page})
    found = findings(folder, "invalid-data-file,anchors")
    assert [f["rule"] for f in found] == ["unresolved-anchor", "invalid-data-file"]


def test_a_data_file_that_is_no_text_ends_no_check(tmp_path: Path) -> None:
    folder = project(tmp_path, {})
    (folder / "guides/links.yml").write_bytes(bytes(range(256)))
    (folder / "guides/_redirects").write_bytes(b"\xff\xfe /fr/\n\0\n")
    ran = check(folder, RULES)
    assert ran.status == 1
    assert "Traceback" not in ran.err
    assert "\0" not in ran.out


def test_a_data_file_that_is_a_folder_ends_no_check(tmp_path: Path) -> None:
    folder = project(tmp_path, {"links.yml/a.txt": "", "_redirects/a.txt": ""})
    ran = check(folder, RULES)
    assert "Traceback" not in ran.err
    assert ran.status in (0, 1)


def test_the_rules_are_listed_and_explained(tmp_path: Path) -> None:
    listed = balise("rules", cwd=tmp_path).out
    for rule in RULES.split(","):
        assert rule in listed
        assert balise("explain", rule, cwd=tmp_path).out.startswith(f"# {rule}\n")


def test_addresses_that_some_systems_cannot_tell_apart_are_a_finding(tmp_path: Path) -> None:
    slugs = {"a": "Setup", "b": "setup", "c": "caf\u00e9", "d": "cafe\u0301", "e": "other"}
    pages = {f"{name}/guide.fr-fr.md": guide(slug) for name, slug in slugs.items()}
    folder = project(tmp_path, pages)
    found = [(f["path"], f["related"][0]["path"]) for f in findings(folder, "indistinct-url")]
    assert found == [
        ("guides/b/guide.fr-fr.md", "guides/a/guide.fr-fr.md"),
        ("guides/d/guide.fr-fr.md", "guides/c/guide.fr-fr.md"),
    ]
    assert marked(folder, "indistinct-url") == ["setup", "cafe\u0301"]


@pytest.mark.parametrize(
    "source",
    ["/assets/balise/balise.js", "/.htaccess", "/_redirects/", "/fr/404.html", "/sitemap.xml"],
)
def test_a_redirect_from_a_file_of_the_site_is_a_finding(tmp_path: Path, source: str) -> None:
    folder = redirects(tmp_path, f"{source} /fr/a/\n", a="")
    assert messages(folder, "broken-redirect") == [
        f"the site has a file of its own at `{source}`; readers get that, so remove this redirect"
    ]


def test_a_redirect_from_the_file_of_a_page_is_one_from_the_page(tmp_path: Path) -> None:
    folder = redirects(tmp_path, "/fr/a/index.html /fr/b/\n", a="", b="")
    assert "there is a page at `/fr/a/`" in messages(folder, "broken-redirect")[0]


# unused-fact

MAIL = """mail:
  pages: web/emails
  hosts: {incoming: imap.example.net, outgoing: smtp.example.net}
  ports:
    imap: {tls: 993}
    smtp: {tls: 465, starttls: [587, 2587]}
"""


def test_synonyms_of_a_locale_without_pages_are_told(tmp_path: Path) -> None:
    pages = {"web/emails/guide.fr-fr.md": guide("mail", "Texte.")}
    table = "fr-fr:\n  mail: courriel\nfr-be:\n  mail: courriel\n"
    folder = project(tmp_path, {"synonyms.yml": table, **pages})
    said = "this is not read: there are no pages in `fr-be`"
    assert messages(folder, "invalid-data-file") == [said]


def facts(folder: Path, table: str, text: str) -> Path:
    """A collection with this `facts.yml`, and one guide about mail."""
    return project(folder, {"facts.yml": table, "web/emails/guide.fr-fr.md": guide("mail", text)})


def test_facts_that_no_page_is_about_any_more_are_told(tmp_path: Path) -> None:
    folder = facts(
        tmp_path,
        MAIL,
        "Serveur : IMAP.example.net\n\n| Port |\n|---|\n| 993 |\n\n```\nnc host 587\n```\n\nSMTP : 4650",
    )
    assert marked(folder, "unused-fact") == ["smtp.example.net", "465", "2587"]
    assert messages(folder, "unused-fact")[:2] == [
        "no page that `mail` is about names `smtp.example.net` any more",
        "no page that `mail` is about names port 465 any more",
    ]


def test_facts_that_other_pages_state_are_unused(tmp_path: Path) -> None:
    folder = facts(tmp_path, "mail:\n  pages: web/emails\n  ports: {imap: {tls: 993}}\n", "Rien")
    write_pages(folder / "guides", {"web/hosting/guide.fr-fr.md": guide("hosting", "IMAP : 993")})
    assert marked(folder, "unused-fact") == ["993"]


def test_a_service_without_pages_has_one_finding(tmp_path: Path) -> None:
    folder = facts(tmp_path, MAIL.replace("web/emails", "web/mail"), "Rien")
    assert messages(folder, "unused-fact") == [
        "`mail` is about no page: look at its `pages` and `locales`"
    ]
    assert marked(folder, "unused-fact") == ["pages"]


def test_facts_that_are_used_are_not_told(tmp_path: Path) -> None:
    text = "imap.example.net smtp.example.net 993 465 587 2587"
    assert messages(facts(tmp_path, MAIL, text), "unused-fact") == []
    assert messages(project(tmp_path / "none", {}), "unused-fact") == []


def test_of_a_part_of_the_collection_no_fact_is_unused(tmp_path: Path) -> None:
    folder = facts(tmp_path, MAIL, "Rien")
    assert check(folder, "unused-fact", "guides/web/emails/guide.fr-fr.md").status == 0


# api-schema.json

CALL = "> [!api]\n>\n> @api {POST} /backup/{name}/state\n"
OPENAPI = """openapi: 3.0.3
paths:
  /backup/{serviceName}/state:
    get:
      summary: The state
      responses: {"200": {description: The state}}
    parameters:
      - {name: serviceName, in: path}
"""


def described(folder: Path, name: str, schema: str) -> Path:
    """A collection with a guide that shows a call of the API, and this description of it."""
    return project(folder, {name: schema, "backup/guide.fr-fr.md": guide("backup", CALL)})


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        ("api-schema.yml", OPENAPI),
        ("api-schema.json", '{"paths": {"/backup/{id}/state": {"get": {}, "summary": "State"}}}'),
        ("api-schema.json", '{"paths": {"/backup/{id}/state": {"get": {}}, "x-owner": "team"}}'),
        (
            "api-schema.json",
            '{"apis": [{"path": "/backup/{id}/state", "operations": [{"httpMethod": "GET"}]}]}',
        ),
        (
            "api-schema.yaml",
            "apis:\n- path: /backup/{id}/state\n  operations:\n  - httpMethod: GET\n    noAuthentication: false\n",
        ),
    ],
)
def test_a_call_is_held_to_the_schema_in_any_of_its_forms(
    tmp_path: Path, name: str, schema: str
) -> None:
    assert messages(described(tmp_path, name, schema), "unknown-api-call,invalid-data-file") == [
        f"`{name}` has no POST for `/backup/{{name}}/state`, only GET"
    ]


def test_a_call_is_judged_anew_when_the_schema_has_changed(tmp_path: Path) -> None:
    folder = described(tmp_path, "api-schema.yml", OPENAPI)
    assert check(folder, "unknown-api-call").status == 1
    write_pages(folder / "guides", {"api-schema.yml": OPENAPI.replace("get:", "post:")})
    assert check(folder, "unknown-api-call").status == 0
    (folder / "guides" / "api-schema.yml").unlink()
    write_pages(folder / "guides", {"api-schema-v2.yml": OPENAPI})
    assert check(folder, "unknown-api-call").status == 0


@pytest.mark.parametrize(
    ("name", "schema", "reason"),
    [
        ("api-schema.json", '{"paths": {"/é": x}}', "JSON is malformed: invalid character"),
        ("api-schema.json", "[1]", "Expected `object`, got `array`"),
        ("api-schema.json", '{"swagger": "2.0"}', "an API is described by `paths`, as in OpenAPI"),
        ("api-schema.yml", "a: [1", "did not find expected ',' or ']'"),
        ("api-schema.yml", "just text", "this is plain text, not lines of `key: value`"),
        ("api-schema.yml", f"# {'x' * 1_000_000}\n", "a schema of this size is read as JSON alone"),
        ("api-schema.json", '{"paths": ' + "[" * 100_000, "Expected `object | null`, got `array`"),
    ],
)
def test_a_file_that_is_no_schema_is_told_once(
    tmp_path: Path, name: str, schema: str, reason: str
) -> None:
    folder = described(tmp_path, name, schema)
    (message,) = messages(folder, "unknown-api-call,invalid-data-file")
    assert message.startswith(f"this cannot be read: {reason}")


def test_json_that_is_no_schema_is_told_at_the_character_where_it_breaks(tmp_path: Path) -> None:
    folder = described(tmp_path, "api-schema.json", '{\n  "é": €}\n')
    (finding,) = findings(folder, "invalid-data-file")
    assert (finding["start"]["line"], finding["start"]["column"]) == (2, 8)
