"""Draw the pictures of the guides: phone screens, windows and a terminal.

What each picture shows stands in `PICTURES`, at the end of the file. The functions above it turn
that into HTML, and headless Chromium takes the picture. Run it from anywhere:

    python guides/draw_pictures.py [part of a path ...]

It needs Playwright for Python and a Chromium, found on the path or named by the environment
variable CHROMIUM. With Pillow installed, each PNG is reduced to a palette of 96 colours, which
makes it a good deal smaller; without it, the pictures are the same in full colour.
"""

import os
import shutil
import sys
from html import escape
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

try:
    from PIL import Image
except ImportError:
    Image = None  # type: ignore[assignment, unused-ignore]

Html = str

HERE = Path(__file__).parent
SCALE = 2
COLOURS = 96
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

CSS = """
:root { --accent: #1783d6; --mark: #ff9d1e; --ink: #1f2a3a; --soft: #66758a; --line: #d5dde7 }
*, ::before { box-sizing: border-box; margin: 0 }
body { font: 17px/1.4 "Liberation Sans", Arial, sans-serif; color: var(--ink) }
.stage { display: inline-block; padding: 28px; background: #e9eff6 }
.mark { outline: 4px solid var(--mark); outline-offset: 5px; border-radius: 6px }
.field i:empty, small:empty, .tile b:empty { display: none }
small { display: block; font-size: 15px; color: var(--soft) }
.field > span { display: block; font-size: 15px; margin-bottom: 5px; color: var(--soft) }
.field > b { display: block; padding: 9px 12px; font-weight: normal; border: 2px solid var(--line);
  border-radius: 5px; background: #fff; color: var(--ink) }
.field > b i { float: right; font-style: normal; color: var(--soft) }
.check { display: flex; gap: 12px; align-items: flex-start }
.check b { flex: none; width: 26px; height: 26px; background: var(--accent); color: #fff;
  font: bold 18px/26px "DejaVu Sans"; text-align: center; border-radius: 4px }
.buttons { display: flex; gap: 20px; justify-content: flex-end }
.buttons b { padding: 9px 20px; border-radius: 5px; border: 2px solid var(--accent);
  color: var(--accent) }
.buttons b:last-child { background: var(--accent); color: #fff }
.heading { font-size: 23px; font-weight: bold }
.warning, .good { padding: 12px 16px; border-left: 5px solid var(--mark); background: #fff4e2 }
.good { border-color: #2ca05a; background: #e5f6ec }
.phone { width: 360px; padding: 44px 12px 64px; background: #14171c; border-radius: 38px;
  position: relative; box-shadow: inset 0 0 0 3px #39414d }
.phone::before { content: ""; position: absolute; top: 20px; left: 150px; width: 60px; height: 6px;
  border-radius: 3px; background: #39414d }
.keys { position: absolute; bottom: 15px; left: 0; right: 0; display: flex; color: #8b97a8;
  justify-content: space-around; font: 25px/34px "DejaVu Sans" }
.screen { min-height: 580px; padding: 12px 22px 26px; background: #000; color: #fff;
  --soft: #a3adba; --accent: #1ba1e2; font-size: 19px }
.status { display: flex; justify-content: space-between; font-size: 14px; margin-bottom: 18px }
.app { font-size: 16px; font-weight: bold; letter-spacing: .04em; text-transform: uppercase }
.title { font: 200 33px/1.15 "DejaVu Sans Light", "DejaVu Sans", sans-serif; letter-spacing: -.06em;
  margin: 2px 0 24px }
.screen .items { gap: 18px } .screen .entry { font-size: 23px; line-height: 1.25 }
.screen .buttons { justify-content: flex-start; margin-top: 6px }
.screen .buttons b, .screen .buttons b:last-child { border: 3px solid #fff; border-radius: 0;
  color: #fff; background: none; padding: 7px 14px; font-size: 18px; white-space: nowrap }
.screen .field > b { border: 0; border-radius: 0; background: #d9dde2; color: #111; font-size: 19px }
.screen .field > b i { color: #444 } .screen .check { font-size: 17px; line-height: 1.3 }
.screen .check b, .screen .mark { border-radius: 0 }
.screen .warning { padding: 0; border: 0; background: none; color: #ffb95a; font-size: 17px }
.items { display: flex; flex-direction: column; gap: 16px }
.entry { display: flex; gap: 14px; align-items: center }
.entry > i { flex: none; width: 50px; height: 50px; background: var(--accent); color: #fff;
  font: 27px/50px "DejaVu Sans"; text-align: center }
.tiles { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; margin-top: 14px }
.tile { height: 150px; background: var(--accent); position: relative; text-align: center;
  font: 56px/132px "DejaVu Sans" }
.tile.wide { grid-column: span 2 } .tile b { font: 44px "Liberation Sans"; margin-left: 16px }
.tile span { position: absolute; left: 10px; bottom: 7px; font: 16px "Liberation Sans" }
.window { width: 760px; background: #fff; border-radius: 12px; overflow: hidden; border: 2px solid #c3cedb }
.bar { display: flex; gap: 9px; align-items: center; padding: 12px 16px; background: #dfe7f0 }
.bar i { width: 14px; height: 14px; border-radius: 7px; background: #b3c0cf }
.bar b { flex: 1; margin-left: 10px }
.bar b.address { padding: 6px 16px; border-radius: 18px;
  background: #fff; font-weight: normal } .lock { display: inline-block; width: 12px; height: 10px;
  margin-right: 10px; border-radius: 2px; background: #2ca05a; position: relative }
.lock::before { content: ""; position: absolute; left: 2px; top: -7px; width: 8px; height: 8px;
  border: 2px solid #2ca05a; border-bottom: 0; border-radius: 5px 5px 0 0 }
.tabs { display: flex; gap: 28px; padding: 14px 26px 0; border-bottom: 2px solid var(--line) }
.tabs span { padding-bottom: 10px; color: var(--soft) }
.tabs .on { color: var(--accent); font-weight: bold; box-shadow: inset 0 -4px var(--accent) }
.window > .items { padding: 24px 26px 28px }
.window .entry > i { width: 30px; height: 30px; font-size: 17px; line-height: 30px;
  border-radius: 5px } .window .entry { font-size: 17px }
table { width: 100%; border-collapse: collapse } td, th { padding: 12px 14px; text-align: left }
th { font-size: 15px; color: var(--soft); background: #f1f5f9 }
td { border-top: 2px solid var(--line) } tr.mark { outline-offset: -3px }
.columns { display: grid; grid-template-columns: 1fr 1fr; gap: 26px }
.columns > .items:has(.heading) { padding: 16px; border: 2px solid var(--line); border-radius: 6px }
.terminal { width: 760px; border-radius: 12px; overflow: hidden; background: #14171c }
.terminal .bar { background: #2a313b; color: #c9d3df } .terminal .bar i { background: #566273 }
pre { padding: 22px 24px 26px; font: 16px/1.6 "DejaVu Sans Mono", monospace; color: #dbe3ec;
  white-space: pre-wrap } pre b { color: #5cc3ff }
"""


def tag(name: str, classes: str, *inside: Html) -> Html:
    return f'<{name} class="{classes}">{"".join(inside)}</{name}>'


def items(*inside: Html) -> Html:
    return tag("div", "items", *inside)


def entry(name: str, note: str = "", icon: str = "", mark: str = "") -> Html:
    """One line of a list; like every part, it is circled when `mark` is "mark"."""
    picture = tag("i", "", escape(icon)) if icon else ""
    words = tag("div", "", escape(name), tag("small", "", escape(note)))
    return tag("div", f"entry {mark}", picture, words)


def field(label: str, value: str, arrow: str = "") -> Html:
    """A labelled box; with an arrow in it, it is a menu."""
    box = tag("b", "", tag("i", "", arrow), escape(value))
    return tag("div", "field", tag("span", "", escape(label)), box)


def check(label: str) -> Html:
    return tag("div", "check", tag("b", "", "✓"), tag("span", "", escape(label)))


def note(text: str, kind: str = "plain") -> Html:
    """A line of text; `kind` is plain, heading, warning or good."""
    return tag("div", kind, escape(text))


def buttons(*names: str, mark: str = "") -> Html:
    """A row of buttons, with the one named `mark` circled."""
    row = (tag("b", "mark" if name == mark else "", escape(name)) for name in names)
    return tag("div", "buttons", *row)


def tile(name: str, icon: str, count: str = "", classes: str = "") -> Html:
    face = escape(icon) + tag("b", "", count)
    return tag("div", f"tile {classes}", face, tag("span", "", escape(name)))


def table(*rows: tuple[str, ...], mark: int = 0) -> Html:
    """A table whose first row is its head; row number `mark` is circled."""
    lines = []
    for number, row in enumerate(rows):
        cells = (tag("td" if number else "th", "", escape(text)) for text in row)
        lines.append(tag("tr", "mark" if number and number == mark else "", *cells))
    return tag("table", "", *lines)


def columns(*inside: Html) -> Html:
    return tag("div", "columns", *inside)


def phone(app: str, title: str, *inside: Html) -> Html:
    """A Windows Phone screen, with the name of the application above a large title."""
    status = tag("div", "status", "<span>3G</span><span>10:24</span>")
    head = tag("div", "app", escape(app)) + tag("div", "title", escape(title)) if title else ""
    keys = tag("div", "keys", "<span>←</span><span>⊞</span><span>⚲</span>")
    return tag("div", "phone", tag("div", "screen", status, head, items(*inside)), keys)


def dialogue(title: str, *inside: Html) -> Html:
    bar = tag("div", "bar", "<i></i><i></i><i></i>", tag("b", "", escape(title)))
    return tag("div", "window", bar, items(*inside))


def browser(
    address: str, title: str, *inside: Html, tabs: tuple[str, ...] = (), tab: str = ""
) -> Html:
    """A browser window on a page with a title and, where there are any, tabs."""
    place = tag("b", "address", tag("em", "lock"), escape(address))
    names = (tag("span", "on" if name == tab else "", escape(name)) for name in tabs)
    strip = tag("div", "tabs", *names) if tabs else ""
    bar = tag("div", "bar", "<i></i><i></i><i></i>", place)
    return tag("div", "window", bar, strip, items(note(title, "heading"), *inside))


def email_panel(tab: str, title: str, *inside: Html) -> Html:
    tabs = ("Informations générales", "Comptes e-mail", "Redirections")
    return browser("www.ovh.com/manager", title, *inside, tabs=tabs, tab=tab)


def hosting_panel(tab: str, title: str, *inside: Html) -> Html:
    tabs = ("Informations générales", "Multisite", "FTP - SSH", "Bases de données")
    return browser("www.ovh.com/manager", title, *inside, tabs=tabs, tab=tab)


def terminal(text: str) -> Html:
    """A terminal; what follows a `$` at the start of a line is what the reader types."""
    prompts = escape(text.strip()).replace("$", tag("b", "", "$"))
    bar = tag("div", "bar", "<i></i><i></i><i></i>", tag("b", "", "Terminal"))
    return tag("div", "terminal", bar, tag("pre", "", prompts))


def take_picture(chromium: Browser, scene: Html, target: Path) -> None:
    """Write the PNG of a scene to `target`, making its folder where there is none."""
    page = chromium.new_page(device_scale_factor=SCALE, viewport={"width": 900, "height": 900})
    page.set_content(f'<meta charset="utf-8"><style>{CSS}</style>{tag("div", "stage", scene)}')
    target.parent.mkdir(parents=True, exist_ok=True)
    page.locator(".stage").screenshot(path=target)
    page.close()
    if Image is not None:
        with Image.open(target) as picture:
            small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        small.save(target, optimize=True)


def main() -> None:
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if program is None:
        sys.exit("No Chromium on the path; name one in the environment variable CHROMIUM")
    wanted = sys.argv[1:] or [""]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=FLAGS)
        for path, scene in PICTURES.items():
            if any(part in path for part in wanted):
                take_picture(chromium, scene, HERE / path)
                sys.stdout.write(f"{path}\n")
        chromium.close()


PHONE = "web/emails/how_to_configure_windows_phone/images"
EMAILS = "web/emails"
HOSTING = "web/hosting"
ADDRESS = "claire@example.com"
HIDDEN = "●" * 12
MICROSOFT = entry("compte Microsoft", "contacts, calendrier", icon="⊞")

PICTURES: dict[str, Html] = {
    f"{PHONE}/1501.png": phone(
        "applications",
        "toutes",
        entry("Calculatrice", icon="±"),
        entry("Calendrier", icon="14"),
        entry("Internet Explorer", icon="e"),
        entry("Musique", icon="♫"),
        entry("Paramètres", icon="⚙", mark="mark"),
        entry("Photos", icon="▣"),
    ),
    f"{PHONE}/1502.png": phone(
        "paramètres",
        "système",
        entry("thème", "sombre, cyan"),
        entry("e-mail + comptes", "compte Microsoft", mark="mark"),
        entry("partage Internet", "désactivé"),
        entry("Wi-Fi", "connecté à Maison"),
        entry("Bluetooth", "désactivé"),
        entry("mode Avion", "désactivé"),
    ),
    f"{PHONE}/1503.png": phone(
        "paramètres",
        "e-mail + comptes",
        entry("ajouter un compte", icon="+", mark="mark"),
        MICROSOFT,
    ),
    f"{PHONE}/1504.png": phone(
        "ajouter",
        "un compte",
        entry("Outlook", "Exchange, Office 365", icon="O"),
        entry("compte Microsoft", "Outlook.com, Hotmail", icon="⊞"),
        entry("Yahoo! Mail", icon="Y"),
        entry("Google", icon="G"),
        entry("autre compte", "POP et IMAP", icon="✉", mark="mark"),
    ),
    f"{PHONE}/1505.png": phone(
        "ajouter",
        "autre compte",
        field("Adresse e-mail", ADDRESS),
        field("Mot de passe", HIDDEN),
        note(
            "Nous n'avons pas trouvé vos paramètres. Vérifiez l'adresse ou passez en mode avancé.",
            "warning",
        ),
        buttons("se connecter", "avancés", mark="avancés"),
    ),
    f"{PHONE}/1506.png": phone(
        "ajouter un compte",
        "avancés",
        note("Choisissez le type de compte à configurer."),
        entry("Exchange ActiveSync", "serveurs Exchange", icon="↻"),
        entry("E-mail sur Internet", "comptes POP ou IMAP", icon="✉", mark="mark"),
    ),
    f"{PHONE}/2401.png": phone(
        "e-mail",
        "compte Internet",
        field("Nom du compte", "Boîte OVH"),
        field("Votre nom", "Claire Martin"),
        field("Serveur de courrier entrant", "SSL0.OVH.NET"),
        field("Type de compte", "POP3", "▾"),
        field("Nom d'utilisateur", ADDRESS),
        field("Mot de passe", HIDDEN),
        field("Serveur de courrier sortant (SMTP)", "SSL0.OVH.NET"),
        check("Le serveur de courrier sortant exige une authentification"),
        check("Utiliser les mêmes nom d'utilisateur et mot de passe pour l'envoi d'e-mails"),
        buttons("se connecter", mark="se connecter"),
    ),
    f"{PHONE}/1508.png": phone(
        "paramètres",
        "e-mail + comptes",
        entry("ajouter un compte", icon="+"),
        entry("Boîte OVH", "synchronisée à 10:24", icon="✉", mark="mark"),
        MICROSOFT,
    ),
    f"{PHONE}/1509.png": phone(
        "",
        "",
        tag(
            "div",
            "tiles",
            tile("Téléphone", "☎"),
            tile("Messages", "☺"),
            tile("Boîte OVH", "✉", count="3", classes="wide mark"),
            tile("Calendrier", "14"),
            tile("Musique", "♫"),
        ),
    ),
    f"{EMAILS}/create_email_address/images/add-account.png": email_panel(
        "Comptes e-mail",
        "Ajouter un compte",
        field("Compte e-mail", ADDRESS),
        field("Nom à afficher", "Claire Martin"),
        columns(field("Mot de passe", HIDDEN), field("Confirmation", HIDDEN)),
        buttons("Annuler", "Valider", mark="Valider"),
    ),
    f"{EMAILS}/create_email_address/images/account-list.png": email_panel(
        "Comptes e-mail",
        "Comptes e-mail de example.com",
        table(
            ("Adresse", "Nom à afficher", "Espace utilisé", "État"),
            ("contact@example.com", "Accueil", "1,2 Go sur 5 Go", "Actif"),
            (ADDRESS, "Claire Martin", "0 Mo sur 5 Go", "Actif"),
            mark=2,
        ),
        buttons("Ajouter un compte"),
    ),
    f"{EMAILS}/change_email_password/images/change-password.png": email_panel(
        "Comptes e-mail",
        f"Modifier {ADDRESS}",
        field("Nouveau mot de passe", "●" * 18),
        field("Confirmation", "●" * 18),
        note("Mot de passe solide : 18 caractères", "good"),
        buttons("Annuler", "Valider", mark="Valider"),
    ),
    f"{EMAILS}/configure_thunderbird/images/account-setup.png": dialogue(
        "Configurer votre adresse électronique",
        columns(
            items(
                note("Serveur entrant", "heading"),
                field("Protocole", "IMAP", "▾"),
                field("Nom d'hôte", "ssl0.ovh.net"),
                field("Port", "993"),
                field("Sécurité", "SSL/TLS", "▾"),
                field("Nom d'utilisateur", ADDRESS),
            ),
            items(
                note("Serveur sortant", "heading"),
                field("Protocole", "SMTP"),
                field("Nom d'hôte", "ssl0.ovh.net"),
                field("Port", "465"),
                field("Sécurité", "SSL/TLS", "▾"),
                field("Nom d'utilisateur", ADDRESS),
            ),
        ),
        buttons("Retester", "Terminé", mark="Terminé"),
    ),
    f"{EMAILS}/configure_thunderbird/images/outgoing-server.png": dialogue(
        "Serveur SMTP",
        field("Nom du serveur", "ssl0.ovh.net"),
        columns(field("Port", "465"), field("Sécurité de la connexion", "SSL/TLS", "▾")),
        field("Méthode d'authentification", "Mot de passe normal", "▾"),
        field("Nom d'utilisateur", ADDRESS),
        buttons("Annuler", "OK"),
    ),
    f"{EMAILS}/email_spf_record/images/dns-zone.png": browser(
        "www.ovh.com/manager",
        "Zone DNS de example.com",
        table(
            ("Sous-domaine", "TTL", "Type", "Cible"),
            ("www", "3600", "A", "192.0.2.10"),
            ("(domaine)", "3600", "MX", "1 mx1.mail.ovh.net."),
            ("(domaine)", "3600", "TXT", '"v=spf1 include:mx.ovh.com ~all"'),
            mark=3,
        ),
        buttons("Ajouter une entrée"),
        tabs=("Informations générales", "Serveurs DNS", "Zone DNS"),
        tab="Zone DNS",
    ),
    f"{HOSTING}/ftp_login_and_transfer/images/ftp-ssh-tab.png": hosting_panel(
        "FTP - SSH",
        "Accès à l'espace de stockage",
        field("Serveur FTP et SFTP", "ftp.cluster021.hosting.ovh.net"),
        table(
            ("Utilisateur", "FTP", "SSH", "Dossier", ""),
            ("exemple", "Activé", "Activé", "/", "···"),
            mark=1,
        ),
    ),
    f"{HOSTING}/ftp_login_and_transfer/images/ftp-client.png": dialogue(
        "exemple@ftp.cluster021.hosting.ovh.net - FileZilla",
        note("Statut : contenu du dossier « /www » affiché avec succès", "good"),
        columns(
            items(
                note("Site local", "heading"),
                entry("images", icon="▤"),
                entry("index.php", "4 Ko"),
                entry(".htaccess", "1 Ko"),
            ),
            items(
                note("Site distant : /www", "heading"),
                entry("images", icon="▤"),
                entry("index.php", "4 Ko", mark="mark"),
            ),
        ),
    ),
    f"{HOSTING}/ssh_access/images/terminal-login.png": terminal("""
$ ssh exemple@ssh.cluster021.hosting.ovh.net
exemple@ssh.cluster021.hosting.ovh.net's password:

$ pwd
/home/exemple
$ ls -la
drwx---r-x  4 exemple users 4096 .
-rw----r--  1 exemple users  118 .ovhconfig
drwx---r-x  3 exemple users 4096 www
$
"""),
    f"{HOSTING}/activate_ssl_certificate/images/multisite-ssl.png": hosting_panel(
        "Multisite",
        "Domaines de l'hébergement",
        table(
            ("Domaine", "Dossier", "SSL", ""),
            ("example.com", "www", "Activé", "···"),
            ("www.example.com", "www", "À générer", "···"),
            ("blog.example.com", "blog", "Désactivé", "···"),
            mark=2,
        ),
    ),
    f"{HOSTING}/activate_ssl_certificate/images/secure-address.png": browser(
        "https://www.example.com",
        "Atelier Martin",
        note("La connexion à ce site est sécurisée. Certificat délivré par Let's Encrypt.", "good"),
        note("Meubles et menuiserie sur mesure, à Lille depuis 1998."),
    ),
    f"{HOSTING}/connect_mysql_database/images/database-tab.png": hosting_panel(
        "Bases de données",
        "Bases de données de l'hébergement",
        table(
            ("Nom de la base", "Utilisateur", "Adresse du serveur", "Type", ""),
            ("exemple-blog", "exemple-blog", "exemple-blog.mysql.db", "MySQL", "···"),
            mark=1,
        ),
        buttons("Créer une base de données"),
    ),
    f"{HOSTING}/php_version/images/php-version.png": hosting_panel(
        "Informations générales",
        "Changer la configuration",
        field("Version PHP globale", "8.4", "▾"),
        field("Moteur", "php (PHP-FPM)", "▾"),
        field("Mode", "production", "▾"),
        buttons("Annuler", "Valider", mark="Valider"),
    ),
}

if __name__ == "__main__":
    main()
