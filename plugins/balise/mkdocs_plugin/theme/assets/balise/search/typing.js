// What is found while somebody types: titles, products, headings and keywords; slips of the pen do not matter.
// How it ranks is told in docs/architecture.md.
import MiniSearch from "../vendor/minisearch.js";
import { asked, fold, idOf, searchable, wordsOf } from "./words.js";

const FIELDS = { title: 5, keywords: 2.5, headings: 1, trail: 0.8 };
const PREFIX = 0.6, STEM = 0.5, SLIP = 0.4; // what a word counts that is not quite the one that was asked for
const ENOUGH = 0.55; // part of what was asked for, by weight, that a page must have
const AT_ONCE = 100; // pages that are put into the index at once; keys are heard between
const PLACES = 3; // headings that are shown of a page

// The index of what `packed`, a response with the bundle's file of titles, has; null where there is none.
export async function unpack(packed) {
  if (!packed.ok) return null;
  const unpacked = packed.body.pipeThrough(new DecompressionStream("gzip"));
  return index(await new Response(unpacked).json());
}

async function index({ trails, pages, synonyms, common, sections = [] }) {
  const documents = pages.map(([url, title, trail, product, keywords, headings], id) => ({
    id, url, title, keywords, product: Boolean(product), trail: trails[trail],
    headings: headings.map((heading) => (typeof heading === "string" ? [heading] : heading)),
  }));
  const engine = new MiniSearch({
    fields: Object.keys(FIELDS),
    extractField: (page, field) => {
      if (field === "headings") return page.headings.map(([text]) => text).join("\n");
      return field === "trail" ? page.trail.join("\n") : page[field];
    },
    tokenize: searchable,
    processTerm: (term) => term,
    searchOptions: { boost: FIELDS, tokenize: (text) => [text] },
  });
  await engine.addAllAsync(documents, { chunkSize: AT_ONCE });
  const unimportant = new Set(common.map(fold));
  const phrases = synonyms.map((circle) => circle.map((phrase) => wordsOf(phrase).join(" ")));

  // The query, and as it reads with other words for the same.
  function readings(query) {
    const said = ` ${wordsOf(query).join(" ")} `;
    const found = [query];
    for (const circle of phrases) {
      const phrase = circle.find((one) => said.includes(` ${one} `));
      if (phrase) found.push(...circle.filter((one) => one !== phrase).map((one) => said.replace(phrase, one).trim()));
    }
    return found.slice(0, 6);
  }

  // All pages that have a word, by id, with the words of the index that stand for it.
  function pagesWith(word) {
    const wordAsWritten = { queries: [word], prefix: word.length > 1, weights: { prefix: PREFIX, fuzzy: 0 } };
    const stem = word.slice(0, word.length < 8 ? -1 : -2);
    const alternatives = [wordAsWritten];
    if (word.length > 4) alternatives.push({ queries: [stem], prefix: true, boostTerm: () => STEM, weights: { prefix: 1, fuzzy: 0 } });
    let found = engine.search({ combineWith: "OR", queries: alternatives });
    if (!found.length && word.length > 3) {
      const slips = { queries: [word], fuzzy: word.length < 8 ? 1 : 2, maxFuzzy: 2, weights: { prefix: 0, fuzzy: SLIP } };
      const swapped = { queries: swaps(word), prefix: true, boostTerm: () => SLIP, weights: { prefix: PREFIX, fuzzy: 0 } };
      found = engine.search({ combineWith: "OR", queries: [slips, { combineWith: "OR", ...swapped }] });
    }
    return new Map(found.map((hit) => [hit.id, hit]));
  }

  function ask(query, wanted, leave) {
    const words = asked(query, unimportant);
    const found = new Map(words.map((word) => [word, pagesWith(word)]));
    const weights = new Map(words.map((word) => [word, weight(found.get(word).size, documents.length)]));
    const counted = leave ? words.filter((word) => found.get(word).size) : words;
    const whole = counted.reduce((sum, word) => sum + weights.get(word), 0);
    const hits = [];
    for (const page of documents) {
      if (!wanted(page)) continue;
      const there = words.filter((word) => found.get(word).has(page.id));
      const part = there.reduce((sum, word) => sum + weights.get(word), 0) / whole;
      if (!there.length || part < ENOUGH) continue;
      const matches = there.map((word) => found.get(word).get(page.id));
      hits.push(hit(page, words.filter((word) => !there.includes(word)), part, matches));
    }
    return hits;
  }

  function hit(page, missing, part, matches) {
    const terms = new Set(matches.flatMap(({ match }) => Object.keys(match)));
    const title = wordsOf(page.title);
    const telling = title.filter((word) => !unimportant.has(word));
    const inTitle = matches.filter(({ match }) => Object.values(match).some((fields) => fields.includes("title"))).length;
    const covered = telling.filter((word) => terms.has(word)).length / (telling.length || 1);
    let score = matches.reduce((sum, match) => sum + match.score, 0) * part ** 2;
    if (inTitle === matches.length) score *= (1 + 2 * covered) * (page.product ? 2 : 1);
    return { page, missing, terms, score, places: places(page, matches, inTitle < matches.length) };
  }

  return {
    // The pages that a query finds, the best first: those with all words, then those with most of them. Words that no
    // title knows are most of a query, but where they are left to the full texts, as long as these are not there.
    search(query, wanted = () => true, { leave = false } = {}) {
      const best = new Map();
      for (const reading of readings(query)) {
        for (const found of ask(reading, wanted, leave)) {
          const known = best.get(found.page.id);
          if (!known || better(found, known) < 0) best.set(found.page.id, found);
        }
      }
      return [...best.values()].sort(better);
    },
    // The query as the full text is asked, with the words that were meant: one text for each reading.
    readings: (query) => readings(query).map((reading) => asked(reading, unimportant).map(meant)),
    trails,
    universes: documents.filter((page) => page.product && !page.trail.length),
    sections: sections.map(([id, title]) => ({ ...documents[id], title })),
    products: documents.filter((page) => page.product && page.trail.length === 1),
  };

  // What is meant by a word: itself, or the word of the index that it is a slip of; `known` tells whether either.
  function meant(word) {
    const found = [...pagesWith(word).values()];
    const terms = new Set(found.flatMap(({ terms }) => terms));
    const spelt = !found.length || [...terms].some((term) => term.startsWith(word.slice(0, word.length < 5 ? word.length : word.length < 8 ? -1 : -2)));
    return { word, meant: spelt ? word : found[0].terms[0], known: found.length > 0, weight: weight(found.length, documents.length) };
  }
}

function weight(pages, all) {
  return Math.log(1 + all / (pages || 1));
}

function better(one, other) {
  return one.missing.length - other.missing.length || other.score - one.score || one.page.id - other.page.id;
}

// The word with two letters swapped, in all ways.
function swaps(word) {
  return Array.from({ length: word.length - 1 }, (_, at) => word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2));
}

// The headings with most of the words; where the title has them all, only such as have them all, too.
function places(page, matches, needed) {
  const counted = page.headings.map(([text, id], at) => {
    const words = new Set(searchable(text));
    const count = matches.filter(({ match }) => Object.keys(match).some((term) => words.has(term))).length;
    return { text, at, count, id: count && (id ?? idOf(text)) };
  });
  const chosen = counted.filter(({ id, count }) => id && (needed || count === matches.length));
  return chosen.sort((a, b) => b.count - a.count || a.at - b.at).slice(0, PLACES).sort((a, b) => a.at - b.at);
}
