// The search box: loads the index at its first use, lists guides with the places in them that match.
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
  const PLACES = 3; // of a guide
  const OFFERED = 40; // products that are offered where nothing is found; of more, the universes
  const canLoad = location.protocol !== "file:"; // browsers load no scripts from there

  // The indexes: `typing` is null where a site has none ------------------------------------------

  let words;
  const loadTyping = once(async () => {
    words = await import(new URL("words.js", modules));
    return (await import(new URL("typing.js", modules))).load(bundle);
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

  let timer, asked = 0, answered = 0, made = 0, waiting = [], shown = new Set(), coming = null, active = null;

  function say(text) {
    if (status.textContent !== text) status.textContent = text;
  }

  function clear() {
    waiting = [];
    shown = new Set();
    point(null);
    list.replaceChildren();
    list.hidden = true;
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
    const hits = typing.search(query);
    if (hits.length) showTyped(hits);
  }

  function showTyped(hits) {
    clear();
    const whole = hits.filter(({ missing }) => !missing.length);
    show((whole.length ? whole : hits).slice(0, TYPED).map(typedElement));
  }

  async function search() {
    clearTimeout(timer);
    const query = input.value.trim();
    const number = ++asked;
    if ([...query].length < SHORTEST || !canLoad) {
      clear();
      say(canLoad ? box.dataset.initial : box.dataset.file);
      return;
    }
    try {
      const [typing, texts] = await Promise.all([loadTyping(), loadTexts()]);
      const readings = typing ? typing.readings(query) : [words.asked(query).map((word) => ({ word, meant: word, known: false }))];
      const hits = typing ? typing.search(query) : [];
      const results = await texts.search(readings);
      const first = await Promise.all(results.slice(0, BATCH).map(loaded));
      if (number !== asked) return;
      answered = number;
      if (hits.length) showTyped(hits);
      else clear();
      say(count(Math.max(results.length, hits.length)));
      waiting = results.slice(BATCH);
      show(first.filter(isNew).map(guideElement));
      if (!results.length && !hits.length && typing) offer(typing);
    } catch (error) {
      if (number !== asked) return;
      clear();
      say(box.dataset.failed);
      console.warn("balise:", error);
    }
  }

  async function loaded({ data, missing }) {
    return { ...(await data()), missing };
  }

  // Where nothing was found: what there is.
  function offer({ universes, products }) {
    const offered = products.length && products.length <= OFFERED ? products : universes;
    const group = groupElement(box.dataset.products, offered.map((page) => hit(page.url, [page.title], "", page.trail.join(" › "))));
    group.dataset.offered = "";
    if (offered.length) show([group]);
  }

  // Shows the next guides; who asks meanwhile waits for the same ones.
  function more() {
    coming ||= next().catch((error) => console.warn("balise:", error)).finally(() => { coming = null; });
    return coming;
  }

  async function next() {
    const number = asked;
    const batch = await Promise.all(waiting.splice(0, BATCH).map(loaded));
    if (number === asked) show(batch.filter(isNew).map(guideElement));
  }

  function count(guides) {
    if (!guides) return box.dataset.none;
    return guides === 1 ? box.dataset.one : box.dataset.other.replace("#", guides);
  }

  function isNew({ raw_url: url }) {
    return !shown.has(url.replace(/^\//, ""));
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

  function guideElement(guide) {
    const address = guide.raw_url.replace(/^\//, "");
    const places = best(guide.sub_results.filter((place) => place.anchor));
    const intro = guide.sub_results.find((place) => !place.anchor) || (places.length ? { excerpt: "" } : guide);
    const [title, text] = apart(guide.meta.title, intro.excerpt);
    const excerpt = !places.length || text.includes("<mark>") ? text : "";
    shown.add(address);
    return groupElement(guide.meta.title, [
      hit(address, title, excerpt, guide.meta.context, guide.missing),
      ...places.map((place) => placeElement(address, place)),
    ]);
  }

  // A page that is found by its title, its product, its headings or its keywords.
  function typedElement({ page, missing, terms, places }) {
    shown.add(page.url);
    return groupElement(page.title, [
      hit(page.url, underlined(page.title, terms), "", page.trail.join(" › "), missing),
      ...places.map(({ text, id }) => {
        const link = hit(`${page.url}#${encodeURIComponent(id)}`, underlined(text, terms), "");
        link.classList.add("balise-search__place");
        return link;
      }),
    ]);
  }

  function underlined(text, terms) {
    return text.split(/([\p{L}\p{N}\p{M}]+)/u).map((piece, at) => {
      if (at % 2 === 0 || !terms.has(words.fold(piece))) return piece;
      const mark = document.createElement("mark");
      mark.textContent = piece;
      return mark;
    });
  }

  function groupElement(name, links) {
    const element = document.createElement("div");
    element.className = "balise-search__guide";
    element.setAttribute("role", "group");
    element.setAttribute("aria-label", name);
    element.append(...links);
    return element;
  }

  function placeElement(address, { anchor, title, excerpt }) {
    const [heading, text] = apart(title, excerpt);
    const link = hit(`${address}#${encodeURIComponent(anchor.id)}`, heading, text);
    link.classList.add("balise-search__place");
    return link;
  }

  // An excerpt may begin with the heading of its place, or with the end of that, and a stop behind it:
  // then these words are shown once, with their marks.
  function apart(heading, text) {
    const title = heading.trim().split(/\s+/), excerpt = text.split(" ");
    for (let from = 0; from < title.length; from++) {
      const rest = title.slice(from).join(" ");
      const words = excerpt.slice(0, title.length - from).join(" ");
      const stop = /\.(<\/mark>)?$/;
      if (plain(words) === `${rest}.` || (!from && plain(words) === rest)) {
        const before = title.slice(0, from).map((word) => `${word} `);
        const repeated = plain(words) === rest ? words : words.replace(stop, "$1");
        return [[...before, ...marked(repeated)], excerpt.slice(title.length - from).join(" ")];
      }
    }
    return [[title.join(" ")], excerpt.join(" ")];
  }

  // The places that match best, in the order of the guide.
  function best(places) {
    const score = (place) => place.weighted_locations.reduce((sum, word) => sum + word.balanced_score, 0);
    const chosen = new Set([...places].sort((a, b) => score(b) - score(a)).slice(0, PLACES));
    return places.filter((place) => chosen.has(place));
  }

  function hit(address, title, excerpt, context, missing = []) {
    const link = document.createElement("a");
    link.className = "balise-search__hit";
    link.id = `balise-search-hit-${++made}`;
    link.href = new URL(`./${address}`, root);
    link.tabIndex = -1;
    link.setAttribute("role", "option");
    link.setAttribute("aria-selected", "false");
    if (context) link.append(line("context", context));
    link.append(line("title", ...title));
    if (excerpt) link.append(line("excerpt", ...marked(excerpt)));
    if (missing.length) link.append(line("missing", `${box.dataset.without} `, ...struck(missing)));
    return link;
  }

  function struck(words) {
    return words.flatMap((word, at) => {
      const element = document.createElement("s");
      element.textContent = word;
      return at ? [", ", element] : [element];
    });
  }

  function line(name, ...content) {
    const element = document.createElement("span");
    element.className = `balise-search__${name}`;
    element.append(...content);
    return element;
  }

  // Pagefind escapes angle brackets in an excerpt and then puts its marks in; all else is text.
  function marked(excerpt) {
    return excerpt.split(/(<mark>.*?<\/mark>)/s).map((piece) => {
      if (!piece.startsWith("<mark>")) return plain(piece);
      const mark = document.createElement("mark");
      mark.textContent = plain(piece);
      return mark;
    });
  }

  function plain(excerpt) {
    return excerpt.replace(/<\/?mark>/g, "").replace(/&lt;/g, "<").replace(/&gt;/g, ">");
  }

  // Open and close, keys ------------------------------------------------------------------------

  function open() {
    if (!toggle.checked) toggle.click();
    if (opener) opener.setAttribute("aria-expanded", "true");
    input.focus();
    if (canLoad) Promise.all([loadTyping(), loadTexts()]).catch(() => {}); // said when something is searched
    else say(box.dataset.file);
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
    ArrowDown: () => move(1),
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
    if (!link || !plain) return;
    const query = input.value.trim();
    close(false); // it may lead to a place on this page
    if (link.pathname !== location.pathname) remember(query);
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
})();
