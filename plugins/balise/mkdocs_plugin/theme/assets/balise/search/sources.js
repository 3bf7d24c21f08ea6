// What is searched: the titles while somebody types, and the full texts. Each is loaded when it is needed first.
import { asked } from "./words.js";

const NARROWED = 60; // guides of the full texts that a filter chooses from

export function sourcesOf(bundle) {
  let titles = null; // of what is loaded; a site may have none

  const loadTitles = once(async () => {
    const [{ unpack }, packed] = await Promise.all([import("./typing.js"), fetch(new URL("typing.pack", bundle))]);
    titles = await unpack(packed);
    return titles;
  });
  const loadTexts = once(async () => (await import("./fulltext.js")).load(bundle));

  // What titles say of a query, within the filters, also where words are left to the texts; null where a site has no titles.
  async function byTitle(query, filters) {
    const typing = await loadTitles();
    return typing && typing.search(query, filters.holds, { leave: true });
  }

  // What titles and texts say: pages, and results of the full texts, whose `guide()` is still to be loaded.
  async function everything(query, filters) {
    const [typing, texts] = await Promise.all([loadTitles(), loadTexts()]);
    const readings = typing ? typing.readings(query) : [asked(query).map((word) => ({ word, meant: word, known: false, weight: 1 }))];
    const pages = typing ? typing.search(query, filters.holds) : [];
    const results = await narrowed(await texts.search(readings), filters);
    return { pages, results };
  }

  // Pagefind's own filters give other bytes with each build, so the guides themselves are asked where they stand.
  async function narrowed(results, filters) {
    if (!filters.areOn()) return results;
    const best = results.slice(0, NARROWED);
    const guides = await Promise.all(best.map((result) => result.guide()));
    return best.filter((_, at) => filters.holdsGuide(guides[at].meta));
  }

  return {
    byTitle,
    everything,
    loadTitles,
    loadTexts,
    titles: () => titles,
    meant: (query) => (titles ? titles.readings(query).flat().map((word) => word.meant) : asked(query)),
  };
}

// What has failed is tried again by the next key.
function once(start) {
  let loading;
  return () => {
    loading ||= start();
    loading.catch(() => { loading = undefined; });
    return loading;
  };
}
