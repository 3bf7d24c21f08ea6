// Looks for what stands in a field: lists at once what titles say, and what the texts say when the typing pauses.
import { filtersIn } from "./filters.js";
import { listIn } from "./list.js";
import { sourcesOf } from "./sources.js";

const WAIT = 200; // milliseconds without a key before a search of the full texts
const LITTLE = 40; // where titles say nothing, and somebody waits for the texts
const SHORTEST = 2; // letters; one alone would load much of the index

// Lists in `root` what `input` asks for, as `look` says: see `listIn`, and what it is to be told of. `idle` is called where
// nothing is asked for, `nothing` with the titles where nothing is found, `answered` with a query that was looked for.
export function finderIn(root, input, look) {
  const bundle = new URL(root.dataset.bundle, document.baseURI);
  const home = new URL("..", bundle);
  const status = root.querySelector("[role='status']");
  const sources = sourcesOf(bundle);
  const filters = filtersIn(root.querySelector(".balise-search__filters"), search, look.path);
  const list = listIn(root, { home, ...look });
  let timer, number = 0;

  function say(text) {
    if (status.textContent !== text) status.textContent = text;
  }

  function queryIn() {
    const query = input.value.trim();
    return [...query].length < SHORTEST ? "" : query;
  }

  // The texts are waited for from when the titles are there: at the first key, these take longer than the next key.
  async function typed() {
    clearTimeout(timer);
    const own = ++number;
    const query = queryIn();
    const pages = query && (await sources.byTitle(query, filters).catch(() => null)); // said when the texts are searched
    if (own !== number) return;
    if (pages?.length) list.showPages(pages);
    timer = setTimeout(search, query && !pages?.length ? LITTLE : WAIT);
    if (query) sources.loadTexts().catch(() => {}); // as above
  }

  async function search() {
    clearTimeout(timer);
    const query = queryIn();
    const own = ++number;
    if (!query) {
      list.clear();
      filters.hide();
      say(root.dataset.initial);
      look.idle();
      return;
    }
    try {
      const { pages, results } = await sources.everything(query, filters);
      const loaded = await list.load(pages, results);
      if (own !== number) return;
      const titles = sources.titles();
      list.show(loaded);
      const found = Math.max(results.length, pages.length);
      if (titles && (found || filters.areOn())) filters.show(titles.trails, titles.search(query));
      else filters.hide();
      say(counted(found));
      look.answered(query);
      if (!found && titles) look.nothing(titles);
    } catch (error) {
      if (own !== number) return;
      list.clear();
      say(root.dataset.failed);
      console.warn("balise:", error);
    }
  }

  function counted(guides) {
    if (!guides) return root.dataset.none;
    return guides === 1 ? root.dataset.one : root.dataset.other.replace("#", guides);
  }

  return { typed, search, list, sources, filters, home };
}
