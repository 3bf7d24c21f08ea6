// The list of what is found: pages that titles find, then those of the full texts, a few at a time.
import { hitsOf } from "./hits.js";

const BATCH = 5; // guides that are loaded at once

// Lists in `root` up to `most` pages that titles find; `changed` is told whether the list has any. `scroller` is what is
// scrolled to see more of it, null for the page.
export function listIn(root, { home, most, asOptions, scroller, changed }) {
  const element = root.querySelector(".balise-search__hits");
  const mark = root.querySelector(".balise-search__end");
  const hits = hitsOf(home, root.dataset.without, asOptions);
  let waiting = [], shown = new Set(), coming = null;

  const end = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    end.disconnect();
    more();
  }, { root: scroller });

  function clear() {
    waiting = [];
    shown = new Set();
    element.replaceChildren();
    element.hidden = true;
    changed(false);
  }

  // What `show` takes: the best of the pages that titles find, and of the results of the full texts as many guides as there is room for.
  async function load(pages, results) {
    const best = bestOf(pages);
    const room = Math.max(0, BATCH - best.length);
    return { best, guides: await guidesOf(results.slice(0, room)), rest: results.slice(room) };
  }

  function bestOf(pages) {
    const whole = pages.filter(({ missing }) => !missing.length);
    return (whole.length ? whole : pages).slice(0, most);
  }

  // Lists these in place of what was there; a link that has the focus keeps it.
  function show({ best, guides, rest }) {
    const focused = element.contains(document.activeElement) && document.activeElement.href;
    clear();
    for (const { page } of best) shown.add(page.url);
    append(best.map(hits.typedElement));
    waiting = rest;
    appendGuides(guides);
    if (focused) [...element.querySelectorAll("a")].find(({ href }) => href === focused)?.focus();
  }

  function appendGuides(guides) {
    const unknown = guides.filter((guide) => !shown.has(addressOf(guide)));
    for (const guide of unknown) shown.add(addressOf(guide));
    append(unknown.map((guide) => hits.guideElement(addressOf(guide), guide)));
  }

  function append(elements) {
    element.append(...elements);
    if (!element.childElementCount) return;
    element.hidden = false;
    changed(true);
    // The end may be in view already, of which an observer that goes on would not tell
    end.disconnect();
    if (waiting.length) end.observe(mark);
  }

  // Shows the next guides, and tells whether there were any; who asks meanwhile waits for the same ones.
  function more() {
    coming ||= next().catch((error) => console.warn("balise:", error)).finally(() => { coming = null; });
    return coming;
  }

  async function next() {
    const from = waiting;
    const batch = await guidesOf(from.splice(0, BATCH));
    if (from === waiting) appendGuides(batch);
    return batch.length > 0;
  }

  return { clear, load, show, showPages: (pages) => show({ best: bestOf(pages), guides: [], rest: [] }), more, offer: (name, pages) => append([hits.offeredElement(name, pages)]) };
}

// Those with all words first: what a guide lacks is known of some words only when it is there.
async function guidesOf(results) {
  const guides = await Promise.all(results.map((result) => result.guide()));
  return guides.sort((a, b) => a.missing.length - b.missing.length);
}

function addressOf({ raw_url: url }) {
  return url.replace(/^\//, "");
}
