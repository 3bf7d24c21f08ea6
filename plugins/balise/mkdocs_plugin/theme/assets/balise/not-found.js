// An address that leads nowhere: its last words stand in a search, and the guides that are nearest to them below it.
(() => {
  const form = document.querySelector(".lost__search");
  if (!form) return;
  const input = form.querySelector("input");
  const section = document.querySelector(".lost__nearest");
  const list = section.querySelector("ul");
  const file = new URL(form.dataset.guides, document.baseURI);

  const SHOWN = 6;
  const LEAST = 0.3; // of 1, which is the same words

  const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const wordsOf = (text) => folded(text).match(/[\p{L}\p{N}]+/gu) || [];

  // The words of the last part of the address that has any, without the end of a file's name.
  function asked() {
    const parts = location.pathname.split("/").map((part) => {
      try { return decodeURIComponent(part); } catch { return part; }
    });
    const words = parts.map((part) => part.replace(/\.\w{1,5}$/, "").match(/[\p{L}\p{N}]+/gu) || []);
    const home = file.pathname.split("/").length - 1;
    return (words.slice(home).filter((found) => found.length).pop() || []).join(" ").slice(0, 200);
  }

  function grams(words) {
    const found = new Set();
    for (const word of words) {
      const padded = ` ${word} `;
      for (let i = 0; i + 3 <= padded.length; i++) found.add(padded.slice(i, i + 3));
    }
    return found;
  }

  // How alike two texts are: the share of three letters in a row that they have in common (Dice).
  function likeness(a, b) {
    let common = 0;
    for (const gram of a) if (b.has(gram)) common++;
    return a.size + b.size ? (2 * common) / (a.size + b.size) : 0;
  }

  let guides;

  function load() {
    guides ||= fetch(file).then((answer) => (answer.ok ? answer.json() : [])).then((pages) => pages.map(([url, title]) => ({
      url,
      title,
      slug: grams(wordsOf(url.split("/").filter(Boolean).pop() || "")),
      words: grams(wordsOf(title)),
    })));
    return guides;
  }

  async function show() {
    const wanted = grams(wordsOf(input.value));
    const found = (await load())
      .map((guide) => ({ ...guide, score: Math.max(likeness(wanted, guide.slug), likeness(wanted, guide.words)) }))
      .filter(({ score }) => score >= LEAST)
      .sort((a, b) => b.score - a.score)
      .slice(0, SHOWN);
    list.replaceChildren(...found.map(({ url, title }) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      const name = document.createElement("span");
      link.className = "card";
      link.href = new URL(`./${url}`, file);
      name.className = "card__title";
      name.textContent = title;
      link.append(name);
      item.append(link);
      return item;
    }));
    section.hidden = !found.length;
  }

  const trying = () => show().catch((error) => console.warn("balise:", error));

  input.addEventListener("input", trying);
  form.addEventListener("submit", (event) => {
    if (!form.hasAttribute("action")) event.preventDefault(); // a site without a search
  });
  input.value = asked();
  if (input.value) trying();
})();
