// What a reader has looked for, kept in this browser alone: the last queries that led to a page.

const MOST = 5;

// Shows them in `element` until they are removed; `choose` is called with the one that is taken up again.
export function recentSearches(element, root, choose) {
  const key = `${root.pathname}.balise.recent`;

  function kept() {
    try {
      const queries = JSON.parse(localStorage.getItem(key));
      return Array.isArray(queries) ? queries.filter((query) => query && typeof query === "string").slice(0, MOST) : [];
    } catch {
      return []; // somebody else's, or a browser that keeps nothing
    }
  }

  function keep(queries) {
    try { localStorage.setItem(key, JSON.stringify(queries.slice(0, MOST))); } catch { /* as above */ }
  }

  function without(query) {
    return kept().filter((other) => other !== query);
  }

  function show() {
    const queries = kept();
    element.hidden = !queries.length;
    element.querySelector("ul").replaceChildren(...queries.map(line));
  }

  function line(query) {
    const item = document.createElement("li");
    const again = button("balise-search__again", query, () => choose(query));
    const remove = button("balise-search__remove", "×", () => {
      keep(without(query));
      show();
      (element.querySelector("button") || element.closest(".balise-search").querySelector("input")).focus();
    });
    remove.title = element.dataset.remove.replace("#", () => query);
    remove.setAttribute("aria-label", remove.title);
    item.append(again, remove);
    return item;
  }

  // Moves the focus by `step` from the query that has it; before the first one is the input.
  function move(step) {
    const queries = [...element.querySelectorAll(".balise-search__again")];
    const at = queries.indexOf(document.activeElement.closest("li")?.firstElementChild) + step;
    if (at < 0) element.closest(".balise-search").querySelector("input").focus();
    else queries[at]?.focus();
  }

  element.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    move(step);
  });

  return { add: (query) => keep([query, ...without(query)]), show, hide: () => { element.hidden = true; }, move };
}

function button(name, text, act) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = name;
  element.textContent = text;
  element.addEventListener("click", act);
  return element;
}
