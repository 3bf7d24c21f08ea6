// Buttons above the list that narrow it to a universe, and to a product in it.
const SEPARATOR = " › ";

// Shows them in `element`; `changed` is called when another one is pressed. `path` are those that are pressed at first.
export function filtersIn(element, changed, path = []) {
  let chosen = path; // names, the outermost first

  // The names that a page is in, its own among them if others are in it.
  function pathOf({ trail, product, title }) {
    return product ? [...trail, title] : trail;
  }

  function holds(page) {
    const path = pathOf(page);
    return chosen.every((name, level) => path[level] === name);
  }

  // The same of a guide whose full text is found; `context` are the names above it.
  function holdsGuide({ title, context }) {
    const path = [...(context ? context.split(SEPARATOR) : []), title];
    return chosen.every((name, level) => path[level] === name);
  }

  // The universes, or the one that is pressed with its products; of these, only those with one of `pages`, which titles find.
  function show(trails, pages) {
    const universes = new Set(trails.map(([universe]) => universe).filter(Boolean));
    const products = pages.map(({ page }) => pathOf(page)).filter(([universe, product]) => product && universe === chosen[0]);
    draw([chosen.length ? chosen.slice(0, 1) : [...universes], [...new Set([...products.map(([, product]) => product), ...chosen.slice(1)])]]);
    element.hidden = universes.size < 2;
  }

  function draw(levels) {
    const known = new Map([...element.children].map((button) => [button.dataset.path, button]));
    const wanted = levels.flatMap((names, level) => names.map((name) => [...chosen.slice(0, level), name]));
    const buttons = wanted.map((path) => known.get(path.join(SEPARATOR)) || made(path));
    // One that has the focus would lose it where it is put anew
    if (buttons.length !== known.size || buttons.some((button, at) => button !== element.children[at])) {
      const focused = document.activeElement;
      element.replaceChildren(...buttons);
      if (buttons.includes(focused)) focused.focus();
    }
    for (const [at, button] of buttons.entries()) {
      const path = wanted[at];
      button.setAttribute("aria-pressed", String(chosen[path.length - 1] === path.at(-1)));
    }
  }

  function made(path) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.path = path.join(SEPARATOR);
    button.textContent = path.at(-1);
    button.addEventListener("click", () => {
      const above = path.slice(0, -1);
      chosen = button.getAttribute("aria-pressed") === "true" ? above : path;
      changed();
    });
    return button;
  }

  function hide() {
    chosen = [];
    element.hidden = true;
  }

  return { holds, show, hide, holdsGuide, areOn: () => chosen.length > 0, path: () => chosen };
}
