"""The browser of the tests of the site, for those of the page about the health of a collection."""

from tests.publish.conftest import browser, page, served

__all__ = ["browser", "page", "served"]
