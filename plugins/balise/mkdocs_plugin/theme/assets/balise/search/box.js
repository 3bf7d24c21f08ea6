// The search over a page: a combobox with a list box (WAI-ARIA Authoring Practices), the focus stays in the input.
import { addressOf } from "./address.js";
import { finderIn } from "./finder.js";
import { handOver, mark } from "./found.js";
import { recentSearches } from "./recent.js";

const TYPED = 5; // pages that are shown while somebody types
const OFFERED = 40; // products, or sections of a manual, that are offered where nothing is found; of more products, the universes

// The search in `box`, of what stands in its `input`; `view` opens and closes it.
export function searchIn(box, input, { open, close, isOpen }) {
  const scroller = box.querySelector(".md-search__scrollwrap");
  const hits = box.querySelector(".balise-search__hits");
  const all = box.querySelector(".balise-search__all");
  const finder = finderIn(box, input, { most: TYPED, asOptions: true, scroller, changed, idle, answered, nothing });
  const { list, sources } = finder;
  const recent = recentSearches(box.querySelector(".balise-search__recent"), finder.home, again);
  let active = null;

  // In an empty box: what was looked for before.
  function idle() {
    if (all) all.hidden = true;
    if (!input.value && isOpen()) recent.show();
  }

  function changed(any) {
    if (!any) {
      point(null);
      recent.hide();
      scroller.scrollTop = 0;
    }
    input.setAttribute("aria-expanded", String(any));
  }

  function answered(query) {
    if (!all) return;
    all.href = addressOf(all.href, query, finder.filters.path());
    all.hidden = false;
  }

  // Where nothing was found: what there is.
  function nothing({ sections, universes, products }) {
    const offered = products.length && products.length <= OFFERED ? products : universes;
    if (sections.length) list.offer(box.dataset.sections, sections.slice(0, OFFERED));
    else if (offered.length) list.offer(box.dataset.products, offered);
  }

  function again(query) {
    input.value = query;
    input.focus();
    finder.search();
  }

  // Keys --------------------------------------------------------------------------------------

  function point(link) {
    active?.setAttribute("aria-selected", "false");
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
    while (step > 0 && active && !following(active, step) && (await list.more()));
    const links = hits.querySelectorAll("a");
    point(active ? following(active, step) : links[step > 0 ? 0 : links.length - 1]);
    if (!active) scroller.scrollTop = 0;
  }

  function following(link, step) {
    const links = [...hits.querySelectorAll("a")];
    return links[links.indexOf(link) + step];
  }

  // To the hit that is pointed at, or to the best one for what stands in the input by now.
  async function go() {
    if (!active) await finder.search();
    (active || hits.querySelector(":not([data-offered]) > a"))?.click();
  }

  const KEYS = {
    ArrowDown: () => (input.value ? move(1) : recent.move(1)),
    ArrowUp: () => move(-1),
    Enter: go,
  };

  // To a hit ----------------------------------------------------------------------------------

  // Puts a query into the address, so that whoever comes back finds it again.
  function remember(query) {
    history.replaceState(history.state, "", addressOf(location, query));
  }

  hits.addEventListener("click", (event) => {
    const plain = !(event.ctrlKey || event.metaKey || event.shiftKey);
    const link = event.target.closest("a");
    if (!link) return;
    const query = input.value.trim();
    const answers = !link.closest("[data-offered]");
    if (answers) recent.add(query);
    if (!plain) return;
    if (answers) handOver(link.pathname, sources.meant(query));
    close(false); // it may lead to a place on this page
    if (link.pathname !== location.pathname) remember(query);
    else if (globalThis.CSS?.highlights) mark();
  });

  return {
    near: () => sources.loadTitles(),
    opened() {
      idle();
      sources.loadTitles().catch(() => {}); // said when something is searched
    },
    closed() {
      point(null);
      remember("");
    },
    typed: finder.typed,
    search: finder.search,
    press: (key) => KEYS[key]?.(),
  };
}
