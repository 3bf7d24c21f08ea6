// What is found in the full texts, by Pagefind: pages with all words, then those with most of them.
import { fold, stands, wordsOf } from "./words.js";

const EXCERPT = 24; // words
const FEW = 3; // pages with all words that are enough
const ENOUGH = 0.5; // part of the words, by weight, that other pages must have
const TELLING = 3; // words that are looked up: each loads a part of the index, of 35 kB
const RANKING = { termSimilarity: 2, pageLength: 0.4, metaWeights: { title: 6, context: 0.5, image: 0, image_alt: 0 } };

export async function load(bundle) {
  const pagefind = await import(new URL("pagefind.js", bundle));
  await pagefind.options({ excerptLength: EXCERPT, ranking: RANKING });
  await pagefind.init();
  return { search: (readings) => search(pagefind, readings) };
}

// `readings` are the words of each way to put the query: what is asked, what is meant, whether titles know it, and how rare
// it is in them. A result has the words that it is known to lack, and `guide()`, which loads it and looks for all others.
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
  const real = [], lost = [], others = [];
  for (const word of [...reading].sort((a, b) => b.weight - a.weight)) {
    if (real.length === TELLING) {
      others.push(word);
      continue;
    }
    const { results } = await pagefind.search(word.meant);
    if (word.known || (await isThere(word.meant, results))) real.push(word);
    else lost.push(word.word);
    alone.set(word, results);
  }
  if (!real.length || lost.length > real.length + others.length) return [];
  const text = real.map(({ meant }) => meant).join(" ");
  const { results } = real.length > 1 ? await pagefind.search(text) : { results: alone.get(real[0]) };
  const whole = results.map((result) => resultOf(result, lost, others));
  if (real.length < 2 || whole.length >= FEW) return whole;
  return [...whole, ...most(real, alone, new Set(whole.map(({ id }) => id)), lost, others)];
}

// Pages that lack some of the words.
function most(words, alone, known, lost, others) {
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
    .map(({ result, words: there }) => {
      const lacking = words.filter((word) => !there.includes(word)).map(({ word }) => word);
      return resultOf(result, [...lost, ...lacking], others);
    });
}

function resultOf({ id, data }, missing, others) {
  return { id, missing, guide };

  async function guide() {
    const found = await data();
    return { ...found, missing: [...missing, ...lackedBy(found, others)] };
  }
}

// Those of the words that were not looked up which a page has nowhere.
function lackedBy({ content, meta }, words) {
  if (!words.length) return [];
  const there = wordsOf(`${meta.title} ${content}`);
  return words.map(({ meant, word }) => ({ asked: fold(meant), word })).filter(({ asked }) => !there.some((one) => stands(asked, one))).map(({ word }) => word);
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
