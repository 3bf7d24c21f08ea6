// Marks what was looked for on the page that a hit leads to, without a change of the page: by highlights of CSS.
import { fold, stands } from "./words.js";

export const KEY = "balise.found";
const NAME = "balise-found";
const MOST = 1000; // places on a page
const WORD = /[\p{L}\p{N}\p{M}]+/gu;

// Hands `words` over to the page at `path`, in this tab.
export function handOver(path, words) {
  try { sessionStorage.setItem(KEY, JSON.stringify({ path, words })); } catch { /* a browser may refuse to keep anything */ }
}

// Marks what was handed over to this page, once; Escape takes the marks away.
export function mark() {
  const { path, words } = JSON.parse(sessionStorage.getItem(KEY));
  if (path !== location.pathname) return;
  sessionStorage.removeItem(KEY);
  const highlight = new Highlight(...places(words.map(fold)));
  CSS.highlights.set(NAME, highlight);
  document.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") CSS.highlights.delete(NAME);
  });
}

function places(words) {
  const text = document.createTreeWalker(document.querySelector("article") ?? document.body, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest("script, style, .headerlink") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  const found = [];
  while (found.length < MOST && text.nextNode()) {
    for (const { 0: word, index } of text.currentNode.data.matchAll(WORD)) {
      if (!words.some((asked) => stands(asked, fold(word)))) continue;
      const range = new StaticRange({
        startContainer: text.currentNode, startOffset: index, endContainer: text.currentNode, endOffset: index + word.length,
      });
      found.push(range);
    }
  }
  return found;
}
