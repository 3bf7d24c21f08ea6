// The page of results: a list of links, whose address has what is asked for.
import { addressOf, pathIn } from "./address.js";
import { finderIn } from "./finder.js";
import { handOver } from "./found.js";

const TYPED = 10; // pages of which titles tell all, before those of the full texts

// The search in the page `root`, of what stands in its `input`.
export function searchIn(root, input) {
  const hits = root.querySelector(".balise-search__hits");
  const products = document.querySelector(".all-products");
  const title = document.title;
  const look = { most: TYPED, path: pathIn(location.href), scroller: null, changed, idle, answered, nothing() {} };
  const finder = finderIn(root, input, look);

  // Where nothing is listed, all products are offered.
  function changed(any) {
    if (products) products.hidden = any;
  }

  function idle() {
    show("");
  }

  function answered(query) {
    show(query);
  }

  function show(query) {
    document.title = query ? `${query} - ${title}` : title;
    history.replaceState(history.state, "", addressOf(location.href, query, query ? finder.filters.path() : []));
  }

  hits.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (link) handOver(link.pathname, finder.sources.meant(input.value.trim()));
  });

  // Arrows lead through the links, and back into the field.
  function move(step) {
    const stops = [input, ...hits.querySelectorAll("a")];
    stops[Math.max(0, stops.indexOf(document.activeElement) + step)]?.focus();
  }

  hits.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    move(step);
  });

  finder.sources.loadTitles().catch(() => {}); // said when something is searched

  return {
    typed: finder.typed,
    search: finder.search,
    press: (key) => (key === "Enter" ? finder.search() : move(key === "ArrowDown" ? 1 : -1)),
  };
}
