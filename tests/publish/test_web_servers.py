"""The redirects of a site, obeyed by nginx and Apache. Needs these as Debian installs them."""

import http.client
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from tests.helpers.command import mkdocs, run, write_pages

MODULES = Path("/usr/lib/apache2/modules")
PLACES = f"{os.environ.get('PATH', '')}:/usr/sbin"
NGINX = shutil.which("nginx", path=PLACES)
APACHE = shutil.which("apache2", path=PLACES) if MODULES.is_dir() else None
SECONDS = 30

MOVED = [
    "old name",
    "été",
    "100% sure",
    "%20",
    "$1 $uri ${HOME}",
    "say \"it\" 'now'",
    "a+b (c) [d] {e}.^|",
    "back\\slash\\",
    "#1?",
    "semi;colon & more",
    "Mail",
]
"""The last part of old addresses."""
PAGES = {
    "mkdocs.yml": "site_name: Guides\nsite_url: https://example.org/docs/\n"
    "theme: {name: material, font: false}\nplugins: [{balise: {search: false, check: false}}]\n",
    "docs/index.md": "# Manual\n",
    "guides/home.en-gb.md": "---\ntitle: Home\n---\n",
    "guides/mail/guide.en-gb.md": "---\ntitle: Mail\nslug: mail\n---\n\n## Prix d'été\n",
    "guides/cafe/guide.en-gb.md": "---\ntitle: Café\nslug: café 100%\n---\n",
    "guides/_redirects": "".join(f"/gb/en/{quote(name)}/ /gb/en/mail/\n" for name in MOVED)
    + "/gb/en/to/ /gb/en/caf%C3%A9%20100%25/\n"
    "/gb/en/anchor/ /gb/en/mail/#prix-d%C3%A9t%C3%A9\n"
    "/gb/en/away.html https://example.com/$a?b=%C3%A9&c=d+e#f\n",
}
MAIL = "/docs/gb/en/mail/"

CONF_NGINX = """
daemon on;
master_process off;
pid {folder}/{kind}.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    map_hash_bucket_size 256;
    map $uri $moved_to {{ include {folder}/site/redirects.map; }}
    server {{
        listen 127.0.0.1:{port};
        absolute_redirect off;
        if ($moved_to) {{ return 301 $moved_to; }}
        location /docs/ {{ alias {folder}/site/; }}
    }}
}}
"""
CONF_APACHE = """
ServerName localhost
ServerRoot {folder}
PidFile {folder}/{kind}.pid
ErrorLog {folder}/error.log
Listen 127.0.0.1:{port}
User www-data
Group www-data
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule alias_module {modules}/mod_alias.so
LoadModule dir_module {modules}/mod_dir.so
LoadModule rewrite_module {modules}/mod_rewrite.so
<VirtualHost 127.0.0.1:{port}>
    DocumentRoot {folder}/empty
    Alias /docs/ {folder}/site/
    <Directory {folder}/site>
        AllowOverride FileInfo
        Require all granted
    </Directory>
    {include}
</VirtualHost>
"""


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder with the site, which the user of a web server can read."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = write_pages(Path(name), PAGES)
        folder.chmod(0o755)
        (folder / "empty").mkdir()
        ran = mkdocs("build", "--quiet", cwd=folder)
        assert ran.status == 0, ran.err
        yield folder


@pytest.fixture(scope="module", params=["nginx", "apache", "htaccess"])
def server(request: pytest.FixtureRequest, folder: Path) -> Iterator[int]:
    """The port on which a web server has the site."""
    kind: str = request.param
    program = NGINX if kind == "nginx" else APACHE
    if program is None:
        pytest.skip(f"there is no {'nginx' if kind == 'nginx' else 'Apache'} on this machine")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    if kind == "htaccess":
        shutil.copy(folder / "site/redirects.conf", folder / "site/.htaccess")
    include = f"Include {folder}/site/redirects.conf" if kind == "apache" else ""
    text = (CONF_NGINX if kind == "nginx" else CONF_APACHE).format(
        folder=folder, kind=kind, port=port, modules=MODULES, include=include
    )
    conf = folder / f"{kind}.conf"
    conf.write_text(text, encoding="utf-8")
    # both come back from their start when the port is theirs, and leave a process behind
    start, stop = ([], ["-s", "stop"]) if kind == "nginx" else (["-k", "start"], ["-k", "stop"])
    option = "-c" if kind == "nginx" else "-f"
    ran = run([program, option, str(conf), *start], folder, b"", {})
    assert ran.status == 0, ran.err
    yield port
    assert run([program, option, str(conf), *stop], folder, b"", {}).status == 0
    (folder / "site/.htaccess").unlink(missing_ok=True)


def ask(port: int, address: str) -> tuple[int, str]:
    """Status, and where the server sends the reader: from the server's root if it is the same."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    connection.request("GET", address)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    location = answer.headers.get("Location", "")
    return answer.status, location.removeprefix(f"http://127.0.0.1:{port}")


@pytest.mark.parametrize("name", MOVED)
def test_an_old_address_leads_to_its_page_whatever_is_in_its_name(server: int, name: str) -> None:
    assert ask(server, f"/docs/gb/en/{quote(name)}/") == (301, MAIL)


def test_a_page_is_there_though_an_old_address_differs_by_case_alone(server: int) -> None:
    assert ask(server, MAIL) == (200, "")


def test_an_address_may_lead_to_one_with_blanks_accents_and_percent_signs(server: int) -> None:
    status, location = ask(server, "/docs/gb/en/to/")
    assert (status, location) == (301, "/docs/gb/en/caf%C3%A9%20100%25/")
    assert ask(server, urlsplit(location).path) == (200, "")


def test_an_anchor_stays_at_the_end(server: int) -> None:
    expected = (301, f"{MAIL}#prix-d%C3%A9t%C3%A9")
    assert ask(server, "/docs/gb/en/anchor/?from=mail") == expected


def test_another_site_gets_its_address_as_it_is_written(server: int) -> None:
    assert ask(server, "/docs/gb/en/away.html") == (
        301, "https://example.com/%24a?b=%C3%A9&c=d+e#f",
    )  # fmt: skip


@pytest.mark.parametrize("address", ["/gb/en/old%20name/", "/docs/x/gb/en/old%20name/"])
def test_an_address_elsewhere_is_left_alone(server: int, address: str) -> None:
    assert ask(server, address) == (404, "")
