// The search box: loads the indexes and all that it needs from `search/` at its first use, and lists what they find.
// A combobox with a list box (WAI-ARIA Authoring Practices): the focus stays in the input.
(() => {
  const box = document.querySelector(".balise-search");
  const toggle = document.getElementById("__search"); // Material's styles look at it
  if (!box || !toggle) return;
  const opener = document.querySelector(".balise-search-open");
  const input = box.querySelector("[role='combobox']");
  const list = box.querySelector("[role='listbox']");
  const status = box.querySelector("[role='status']");
  const scroller = box.querySelector(".md-search__scrollwrap");
  const bundle = new URL(box.dataset.bundle, document.baseURI);
  const root = new URL("..", bundle);

  const modules = new URL(box.dataset.modules, document.baseURI);

  const WAIT = 200; // milliseconds without a key before a search of the full texts
  const SHORTEST = 2; // letters; one alone would load much of the index
  const BATCH = 5; // guides that are loaded at once
  const TYPED = 5; // guides that are shown while somebody types
  const NARROWED = 60; // guides of the full texts that a filter chooses from
  const OFFERED = 40; // products that are offered where nothing is found; of more, the universes
  const canLoad = location.protocol !== "file:"; // browsers load no scripts from there

  // The indexes: `typing` is null where a site has none ------------------------------------------

  let words, found, hits, recent, filters, titles;
  const loadParts = once(async () => {
    const names = ["words", "found", "hits", "recent", "filters"];
    const [folding, marks, elements, queries, buttons] = await Promise.all(names.map((name) => import(new URL(`${name}.js`, modules))));
    words = folding;
    found = marks;
    hits ||= elements.hitsOf(root, box.dataset.without);
    recent ||= queries.recentSearches(box.querySelector(".balise-search__recent"), root, again);
    filters ||= buttons.filtersIn(box.querySelector(".balise-search__filters"), search);
  });
  const loadTyping = once(async () => {
    const [typing] = await Promise.all([import(new URL("typing.js", modules)), loadParts()]);
    titles = await typing.load(bundle);
    return titles;
  });
  const loadTexts = once(async () => (await import(new URL("fulltext.js", modules))).load(bundle));

  // What has failed is tried again by the next key.
  function once(start) {
    let loading;
    return () => {
      loading ||= start();
      loading.catch(() => { loading = undefined; });
      return loading;
    };
  }

  // Results -------------------------------------------------------------------------------------

  let timer, asked = 0, answered = 0, waiting = [], shown = new Set(), coming = null, active = null;

  function say(text) {
    if (status.textContent !== text) status.textContent = text;
  }

  function clear() {
    waiting = [];
    shown = new Set();
    point(null);
    list.replaceChildren();
    list.hidden = true;
    recent?.hide();
    input.setAttribute("aria-expanded", "false");
    scroller.scrollTop = 0;
  }

  // Shows at once what titles say, and what the texts say when the typing pauses.
  async function typed() {
    clearTimeout(timer);
    timer = setTimeout(search, WAIT);
    const number = ++asked;
    const query = input.value.trim();
    if ([...query].length < SHORTEST || !canLoad) return;
    const typing = await loadTyping().catch(() => null); // said when the texts are searched
    if (!typing || input.value.trim() !== query || answered >= number) return;
    const pages = typing.search(query, filters.holds);
    if (pages.length) showTyped(pages);
  }

  function showTyped(pages) {
    clear();
    const whole = pages.filter(({ missing }) => !missing.length);
    const best = (whole.length ? whole : pages).slice(0, TYPED);
    for (const { page } of best) shown.add(page.url);
    show(best.map(hits.typedElement));
  }

  function showGuides(guides) {
    const unknown = guides.filter((guide) => !shown.has(addressOf(guide)));
    for (const guide of unknown) shown.add(addressOf(guide));
    show(unknown.map((guide) => hits.guideElement(addressOf(guide), guide)));
  }

  function addressOf({ raw_url: url }) {
    return url.replace(/^\//, "");
  }

  // In an empty box: what was looked for before.
  async function showRecent() {
    await loadParts().catch(() => {}); // said when something is searched
    if (!input.value && toggle.checked) recent?.show();
  }

  function again(query) {
    input.value = query;
    input.focus();
    search();
  }

  async function search() {
    clearTimeout(timer);
    const query = input.value.trim();
    const number = ++asked;
    if ([...query].length < SHORTEST || !canLoad) {
      clear();
      say(canLoad ? box.dataset.initial : box.dataset.file);
      filters?.hide();
      if (canLoad) showRecent();
      return;
    }
    try {
      const [typing, texts] = await Promise.all([loadTyping(), loadTexts()]);
      const readings = typing ? typing.readings(query) : [words.asked(query).map((word) => ({ word, meant: word, known: false }))];
      const pages = typing ? typing.search(query, filters.holds) : [];
      const within = filters.areOn();
      const results = await narrowed(await texts.search(readings), within);
      const first = await Promise.all(results.slice(0, BATCH).map(loaded));
      if (number !== asked) return;
      answered = number;
      if (pages.length) showTyped(pages);
      else clear();
      if (typing && (results.length || pages.length || within)) filters.show(typing.trails, typing.search(query));
      else filters.hide();
      say(count(Math.max(results.length, pages.length)));
      waiting = results.slice(BATCH);
      showGuides(first);
      if (!results.length && !pages.length && typing) offer(typing);
    } catch (error) {
      if (number !== asked) return;
      clear();
      say(box.dataset.failed);
      console.warn("balise:", error);
    }
  }

  // Pagefind's own filters give other bytes with each build, so the guides themselves are asked where they stand.
  async function narrowed(results, within) {
    if (!within) return results;
    const best = results.slice(0, NARROWED);
    const guides = await Promise.all(best.map(loaded));
    return best.filter((_, at) => filters.holdsGuide(guides[at].meta));
  }

  async function loaded({ data, missing }) {
    return { ...(await data()), missing };
  }

  // Where nothing was found: what there is.
  function offer({ universes, products }) {
    const offered = products.length && products.length <= OFFERED ? products : universes;
    if (offered.length) show([hits.offeredElement(box.dataset.products, offered)]);
  }

  // Shows the next guides; who asks meanwhile waits for the same ones.
  function more() {
    coming ||= next().catch((error) => console.warn("balise:", error)).finally(() => { coming = null; });
    return coming;
  }

  async function next() {
    const number = asked;
    const batch = await Promise.all(waiting.splice(0, BATCH).map(loaded));
    if (number === asked) showGuides(batch);
  }

  function count(guides) {
    if (!guides) return box.dataset.none;
    return guides === 1 ? box.dataset.one : box.dataset.other.replace("#", guides);
  }

  function show(elements) {
    list.append(...elements);
    if (!list.childElementCount) return;
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    // The end may be in view already, of which an observer that goes on would not tell
    end.disconnect();
    if (waiting.length) end.observe(box.querySelector(".balise-search__end"));
  }

  const end = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    end.disconnect();
    more();
  }, { root: scroller });

  // Open and close, keys ------------------------------------------------------------------------

  function open() {
    if (!toggle.checked) toggle.click();
    if (opener) opener.setAttribute("aria-expanded", "true");
    input.focus();
    if (!canLoad) {
      say(box.dataset.file);
      return;
    }
    showRecent();
    Promise.all([loadTyping(), loadTexts()]).catch(() => {}); // said when something is searched
  }

  function close(back) {
    if (!toggle.checked) return;
    toggle.click();
    point(null);
    if (opener) opener.setAttribute("aria-expanded", "false");
    input.blur();
    remember("");
    if (back && opener && opener.offsetParent) opener.focus();
  }

  function point(link) {
    if (active) active.setAttribute("aria-selected", "false");
    active = link || null;
    if (!active) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    link.setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", link.id);
    link.scrollIntoView({ block: "nearest" });
  }

  async function move(step) {
    if (step > 0 && active && !following(active, step)) await more();
    const links = list.querySelectorAll("a");
    point(active ? following(active, step) : links[step > 0 ? 0 : links.length - 1]);
    if (!active) scroller.scrollTop = 0;
  }

  function following(link, step) {
    const links = [...list.querySelectorAll("a")];
    return links[links.indexOf(link) + step];
  }

  // Puts a query into the address, so that whoever comes back finds it again.
  function remember(query) {
    const address = new URL(location);
    if ((address.searchParams.get("q") || "") === query) return;
    if (query) address.searchParams.set("q", query);
    else address.searchParams.delete("q");
    history.replaceState(history.state, "", address);
  }

  function meant(query) {
    return titles ? titles.readings(query).flat().map((word) => word.meant) : words.asked(query);
  }

  // Marks what was found on the page that a hit has led to; where browsers lack highlights, nothing happens.
  async function markFound() {
    let left;
    try { left = sessionStorage.getItem("balise.found"); } catch { /* a browser may refuse to keep anything */ }
    if (left && canLoad && globalThis.CSS?.highlights) (await import(new URL("found.js", modules))).mark();
  }

  // Opens the search with what the address asks for.
  function recall() {
    const query = new URLSearchParams(location.search).get("q")?.trim().slice(0, input.maxLength);
    if (!query) return;
    input.value = query;
    open();
    search();
  }

  // To the hit that is pointed at, or to the best one for what stands in the input by now.
  async function go() {
    if (!active) await search();
    (active || list.querySelector(":not([data-offered]) > a"))?.click();
  }

  const KEYS = {
    ArrowDown: () => (input.value || !recent ? move(1) : recent.move(1)),
    ArrowUp: () => move(-1),
    Enter: () => go(),
    Escape: () => close(true),
  };

  input.addEventListener("focus", open);
  input.addEventListener("input", typed);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const act = KEYS[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  box.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
  box.querySelector("form").addEventListener("reset", () => {
    clearTimeout(timer);
    setTimeout(search); // the input is emptied after this event
    input.focus();
  });
  box.querySelector(".md-search__overlay").addEventListener("click", () => close(true));
  box.querySelector(".balise-search__back").addEventListener("click", () => close(true));
  if (opener) opener.addEventListener("click", open);
  list.addEventListener("click", (event) => {
    const plain = !(event.ctrlKey || event.metaKey || event.shiftKey);
    const link = event.target.closest("a");
    if (!link) return;
    const query = input.value.trim();
    const answers = !link.closest("[data-offered]");
    if (answers) recent.add(query);
    if (!plain) return;
    if (answers) found.handOver(link.pathname, meant(query));
    close(false); // it may lead to a place on this page
    if (link.pathname !== location.pathname) remember(query);
    else markFound();
  });
  box.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !box.contains(relatedTarget)) close(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey) return;
    if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey) {
      event.preventDefault();
      open();
    }
    if (event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") close(true);
    if (!["/", "s", "f"].includes(event.key)) return;
    if (event.target.closest?.("input, select, textarea, dialog[open]") || event.target.isContentEditable) return;
    event.preventDefault();
    open();
  });
  addEventListener("pageshow", recall);
  // A page that was fetched before the hit was clicked does not know yet what was looked for
  if (document.prerendering) document.addEventListener("prerenderingchange", markFound);
  else markFound();
})();
