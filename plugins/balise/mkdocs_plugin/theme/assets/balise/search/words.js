// The words of a text as they are compared: without accents and case.

const LETTERS = { "ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ı": "i" };
const BEYOND_ASCII = /[^\x00-\x7f]/;
const ABBREVIATED = /(^|[^\p{L}\p{N}])(\p{L}{1,2})-(?=\p{L})/gu; // e-mail, wi-fi

export const LONGEST = 200; // letters of a query
const MOST = 12; // words of a query

export function fold(text) {
  if (!BEYOND_ASCII.test(text)) return text.toLowerCase();
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[łøßæœđı]/g, (letter) => LETTERS[letter]);
}

export function wordsOf(text) {
  return fold(text).match(/[\p{L}\p{N}]+/gu) || [];
}

// Those of a page also as they are written in one: `email` for `e-mail`.
export function searchable(text) {
  const joined = text.includes("-") ? text.replace(ABBREVIATED, "$1$2") : text;
  return joined === text ? wordsOf(text) : [...new Set([...wordsOf(text), ...wordsOf(joined)])];
}

// Those that somebody asks for; single letters, as in `l'adresse`, only where there is nothing else.
export function asked(query, common = new Set()) {
  const words = [...new Set(wordsOf(query.slice(0, LONGEST).replace(ABBREVIATED, "$1$2")))];
  const long = words.filter((word) => word.length > 1 || /\p{N}/u.test(word));
  const telling = long.filter((word) => !common.has(word));
  return (telling.length ? telling : long.length ? long : words).slice(0, MOST);
}

// Whether a word of a text is what was asked for: a short one only as it is, others also as what that is the stem of.
export function stands(asked, word) {
  if (asked.length < 4) return word === asked;
  return word.startsWith(asked.length < 5 ? asked : asked.slice(0, asked.length < 8 ? -1 : -2));
}

// The id of a heading that the index does not give.
export function idOf(text) {
  const plain = text.normalize("NFKD").replace(/[^\x00-\x7f]/g, "");
  return plain.replace(/[^A-Za-z0-9_\s-]/g, "").trim().toLowerCase().replace(/[-\s]+/g, "-");
}
