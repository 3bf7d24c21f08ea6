// The elements of the list: for each page one with a link to it and links to places in it.
import { fold } from "./words.js";

const PLACES = 3; // of a guide

// `home` is the address that those of pages are relative to; `without` stands before the words that a page lacks. As options
// of a list box links are pointed at, and have no focus; else they are links in a list.
export function hitsOf(home, without, asOptions) {
  let made = 0;

  // A page that is found in its text, by Pagefind.
  function guideElement(address, guide) {
    const places = best(guide.sub_results.filter((place) => place.anchor));
    const intro = guide.sub_results.find((place) => !place.anchor) || (places.length ? { excerpt: "" } : guide);
    const [title, text] = apart(guide.meta.title, intro.excerpt);
    const excerpt = !places.length || text.includes("<mark>") ? text : "";
    return groupElement(guide.meta.title, [
      hit(address, title, excerpt, guide.meta.context, guide.missing),
      ...places.map((place) => placeElement(address, place)),
    ]);
  }

  // A page that is found by its title, its product, its headings or its keywords.
  function typedElement({ page, missing, terms, places }) {
    return groupElement(page.title, [
      hit(page.url, underlined(page.title, terms), "", page.trail.join(" › "), missing),
      ...places.map(({ text, id }) => {
        const link = hit(`${page.url}#${encodeURIComponent(id)}`, underlined(text, terms), "");
        link.classList.add("balise-search__place");
        return link;
      }),
    ]);
  }

  // Pages that are offered where nothing is found, below a heading.
  function offeredElement(name, pages) {
    const heading = line("heading", name);
    heading.setAttribute("aria-hidden", "true");
    const element = groupElement(name, [heading, ...pages.map((page) => hit(page.url, [page.title], "", page.trail.join(" › ")))]);
    element.dataset.offered = "";
    return element;
  }

  function underlined(text, terms) {
    return text.split(/([\p{L}\p{N}\p{M}]+)/u).map((piece, at) => {
      if (at % 2 === 0 || !terms.has(fold(piece))) return piece;
      const mark = document.createElement("mark");
      mark.textContent = piece;
      return mark;
    });
  }

  function groupElement(name, links) {
    const element = document.createElement(asOptions ? "div" : "li");
    element.className = "balise-search__guide";
    if (asOptions) {
      element.setAttribute("role", "group");
      element.setAttribute("aria-label", name);
    }
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
    link.href = new URL(`./${address}`, home);
    if (asOptions) {
      link.id = `balise-search-hit-${++made}`;
      link.tabIndex = -1;
      link.setAttribute("role", "option");
      link.setAttribute("aria-selected", "false");
    }
    if (context) link.append(line("context", context));
    link.append(line("title", ...title));
    if (excerpt) link.append(line("excerpt", ...marked(excerpt)));
    if (missing.length) link.append(line("missing", `${without} `, ...struck(missing)));
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

  return { guideElement, typedElement, offeredElement };
}
