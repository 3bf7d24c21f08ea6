"""Where a picture is."""

import pytest

from balise.base.source import SourceFile
from balise.collection import Collection, Picture, find_picture
from balise.document import read_document

PAGE = read_document(SourceFile("pages/mail/guide.fr-fr.md", "# a\n"))
FILES = (
    "pages/mail/images/step-1.png",
    "pages/mail/images/Menu.png",
    "pages/mail/images/photo.jpeg",
    "pages/mail/images/été 1.png",
    "pages/mail/images/twice.png",
    "pages/mail/images/twice.gif",
    "pages/mail/images/Both.png",
    "pages/mail/images/BOTH.png",
    "pages/mail/images/notes.txt",
    "pages/logo.svg",
)
COLLECTION = Collection.of("pages", [PAGE], FILES)


def found(src: str) -> Picture:
    return find_picture(src, PAGE.path, COLLECTION)


@pytest.mark.parametrize(
    "src",
    [
        "images/step-1.png",
        "./images/step-1.png",
        "../mail/images/step-1.png",
        "/mail/images/step-1.png",
        "{attach}images/step-1.png",
        "{filename}images/step-1.png",
        "{static}images/step-1.png",
        "%7Battach%7Dimages/step-1.png",
        "images/step%2D1.png",
        "images/step-1.png?a=b",
    ],
)
def test_a_picture_that_is_there_is_its_file(src: str) -> None:
    assert found(src) == Picture("file", "pages/mail/images/step-1.png")


@pytest.mark.parametrize("src", ["images/%C3%A9t%C3%A9%201.png", "images/été 1.png"])
def test_a_picture_with_accents_and_a_blank_is_found(src: str) -> None:
    assert found(src).kind == "file"


def test_a_picture_at_the_root_of_the_guides_is_found() -> None:
    assert found("/logo.svg") == found("../logo.svg") == Picture("file", "pages/logo.svg")


@pytest.mark.parametrize("src", ["", " ", "\n"])
def test_no_address_is_empty(src: str) -> None:
    assert found(src).kind == "empty"


@pytest.mark.parametrize(
    "src",
    [
        "https://example.com/a.png",
        "http://docs.ovh.com/a.png",
        "//example.com/a.png",
        "data:image/png;base64,AAAA",
        "DATA:image/gif;base64,AAAA",
    ],
)
def test_a_picture_of_another_site_is_not_looked_at(src: str) -> None:
    assert found(src).kind == "external"


@pytest.mark.parametrize("src", ["javascript:alert(1)", "data:text/html,x", "vbscript:x"])
def test_a_script_is_no_picture(src: str) -> None:
    assert found(src).kind == "script"


@pytest.mark.parametrize("src", ["file:///etc/a.png", "C:\\a.png", "\\\\server\\a.png"])
def test_a_picture_on_ones_own_computer_is_local(src: str) -> None:
    assert found(src).kind == "local"


@pytest.mark.parametrize("src", ["htp://example.com/a.png", "http://https://example.com/a.png"])
def test_an_address_with_a_slip_is_malformed(src: str) -> None:
    assert found(src).kind == "malformed"


@pytest.mark.parametrize(
    "src",
    ["../../logo.png", "../../../../etc/passwd", "%2e%2e/%2e%2e/logo.png", "/../logo.png"],
)
def test_a_picture_outside_of_the_guides_is_outside(src: str) -> None:
    assert found(src).kind == "outside"


def test_a_picture_that_is_not_there_is_missing_with_where_it_was_looked_for() -> None:
    assert found("images/step-2.png") == Picture("missing", "pages/mail/images/step-2.png")


@pytest.mark.parametrize("src", ["images/menu.png", "images/MENU.PNG", "Images/Menu.png"])
def test_a_picture_that_differs_by_capitals_is_named(src: str) -> None:
    picture = found(src)
    assert (picture.kind, picture.there) == ("other-case", "pages/mail/images/Menu.png")


@pytest.mark.parametrize("src", ["images/photo.jpg", "images/photo.PNG", "images/Photo.webp"])
def test_a_picture_with_another_extension_is_named(src: str) -> None:
    picture = found(src)
    assert (picture.kind, picture.there) == ("other-extension", "pages/mail/images/photo.jpeg")


@pytest.mark.parametrize("src", ["images/both.png", "images/twice.jpg", "images/notes.png"])
def test_where_two_files_or_none_may_be_meant_it_is_missing(src: str) -> None:
    assert found(src).kind == "missing"


def test_what_is_no_name_of_a_picture_has_no_other_extension() -> None:
    assert found("images/photo.pdf").kind == "missing"
    assert found("images/photo").kind == "missing"


@pytest.mark.parametrize("src", ["images/a%00.png", "a\0.png", "%ff.png", "?a=b", "#x", "{x}a.png"])
def test_what_names_no_file_shows_no_file(src: str) -> None:
    assert found(src).kind in ("missing", "external")


def test_an_address_of_a_megabyte_is_missing() -> None:
    assert found("a/" * 500_000 + "b.png").kind == "missing"
