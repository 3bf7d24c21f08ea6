// A reader's own locale: remembered when it is chosen, named in the choice of languages where it lacks the page, and
// suggested at the entrance.
(() => {
  const KEY = "balise.locale";
  const menu = document.querySelector("details.translations[data-locales]");
  const list = menu && menu.querySelector("ul");
  const suggestion = document.querySelector(".entrance__suggestion");

  function remember(locale) {
    try { localStorage.setItem(KEY, locale); } catch { /* a browser may refuse to keep anything */ }
  }

  function remembered() {
    try { return localStorage.getItem(KEY); } catch { return null; }
  }

  // The locale of a reader among those of the site: the one chosen last, or else that of the browser.
  function own(locales) {
    const wanted = [remembered(), ...navigator.languages].filter(Boolean).map((tag) => tag.toLowerCase());
    for (const tag of wanted) {
      const language = tag.split("-")[0];
      const found = locales.find(({ locale }) => locale === tag)
        || locales.find(({ locale }) => locale === `${language}-${language}`)
        || locales.find(({ locale }) => locale.startsWith(`${language}-`));
      if (found) return found;
    }
    return undefined;
  }

  async function tell() {
    const answer = await fetch(menu.dataset.locales);
    if (!answer.ok) return;
    const found = own(await answer.json());
    const there = [...list.querySelectorAll("a")].map((link) => link.dataset.locale.split("-")[0]);
    if (!found || there.includes(found.locale.split("-")[0])) return;
    const link = document.createElement("a");
    link.href = new URL(found.url, new URL(menu.dataset.locales, document.baseURI));
    link.lang = link.hreflang = found.locale.split("-")[0];
    link.dataset.locale = found.locale;
    const note = document.createElement("small");
    note.textContent = found.missing;
    link.append(found.name, note);
    const item = document.createElement("li");
    item.className = "translations__missing";
    item.append(link);
    list.append(item);
  }

  function suggest() {
    const cards = [...document.querySelectorAll(".entrance a")];
    const found = own(cards.map((card) => ({ locale: card.dataset.locale, card })));
    if (!found) return;
    found.card.dataset.own = "";
    suggestion.href = found.card.href;
    suggestion.lang = suggestion.hreflang = found.card.lang;
    suggestion.dataset.locale = found.locale;
    suggestion.textContent = found.card.dataset.goOn;
    suggestion.hidden = false;
  }

  if (menu) menu.addEventListener("toggle", () => tell().catch(() => {}), { once: true });
  if (suggestion) suggest();
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-locale]");
    if (link) remember(link.dataset.locale);
  });
})();
