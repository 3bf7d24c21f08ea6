// What is found in the full texts, by Pagefind: pages with all words, then those with most of them.
import { fold, wordsOf } from "./words.js";

const EXCERPT = 24; // words
const FEW = 3; // pages with all words that are enough
const ENOUGH = 0.5; // part of the words, by weight, that other pages must have
const RANKING = { termSimilarity: 2, pageLength: 0.4, metaWeights: { title: 6, context: 0.5, image: 0, image_alt: 0 } };

export async function load(bundle) {
  const pagefind = await import(new URL("pagefind.js", bundle));
  await pagefind.options({ excerptLength: EXCERPT, ranking: RANKING });
  await pagefind.init();
  return { search: (readings) => search(pagefind, readings) };
}

// `readings` are the words of each way to put the query: what is asked, what is meant, and whether titles know it.
async function search(pagefind, readings) {
  const found = new Map();
  for (const reading of readings) {
    for (const result of await read(pagefind, reading)) {
      if (!found.has(result.id)) found.set(result.id, result);
    }
  }
  return [...found.values()].sort((a, b) => a.missing.length - b.missing.length);
}

async function read(pagefind, reading) {
  const alone = new Map();
  const real = [];
  for (const word of reading) {
    const { results } = await pagefind.search(word.meant);
    if (word.known || (await isThere(word.meant, results))) real.push(word);
    alone.set(word, results);
  }
  const lost = reading.filter((word) => !real.includes(word)).map(({ word }) => word);
  if (!real.length || lost.length > real.length) return [];
  const text = real.map(({ meant }) => meant).join(" ");
  const { results } = real.length > 1 ? await pagefind.search(text) : { results: alone.get(real[0]) };
  const whole = results.map((result) => ({ id: result.id, data: result.data, missing: lost }));
  if (real.length < 2 || whole.length >= FEW) return whole;
  return [...whole, ...most(real, alone, new Set(whole.map(({ id }) => id)), lost)];
}

// Pages that lack some of the words.
function most(words, alone, known, lost) {
  const pages = new Map();
  const weight = (word) => 1 / Math.log(2 + alone.get(word).length);
  const all = words.reduce((sum, word) => sum + weight(word), 0);
  for (const word of words) {
    for (const result of alone.get(word)) {
      const page = pages.get(result.id) || { result, words: [], score: 0, part: 0 };
      page.words.push(word);
      page.score += result.score;
      page.part += weight(word) / all;
      pages.set(result.id, page);
    }
  }
  return [...pages.values()]
    .filter(({ result, part }) => part >= ENOUGH && !known.has(result.id))
    .sort((a, b) => b.part - a.part || b.score - a.score)
    .map((page) => ({
      id: page.result.id,
      data: page.result.data,
      missing: [...lost, ...words.filter((word) => !page.words.includes(word)).map(({ word }) => word)],
    }));
}

// Pagefind takes any word that begins alike for one that is nowhere: such a match does not count.
async function isThere(word, results) {
  if (!results.length) return false;
  const { content, excerpt, meta } = await results[0].data();
  const marked = `${excerpt} ${meta.title}`.match(/<mark>.*?<\/mark>/gs) || [];
  const words = wordsOf([...marked, meta.title, content ?? ""].join(" ").replace(/<\/?mark>/g, " "));
  const start = fold(word).slice(0, Math.max(Math.min(3, word.length), Math.ceil(word.length * 0.6)));
  return words.some((other) => other.startsWith(start));
}
