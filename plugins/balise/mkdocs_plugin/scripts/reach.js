// What Material's script leaves without a name or out of reach of the keyboard.
(() => {
  const sizes = new ResizeObserver((entries) => entries.forEach(({ target }) => {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }));

  // What Material adds is there when the page has been loaded.
  function name() {
    document.querySelectorAll(".md-typeset__scrollwrap, .md-typeset table[class]").forEach((table) => sizes.observe(table));
    document.querySelectorAll("nav.md-code__nav").forEach((buttons) => buttons.setAttribute("role", "none"));
  }

  balise.onPage(() => {
    if (document.readyState === "complete") setTimeout(name);
    else addEventListener("load", name, { once: true });
    document.querySelectorAll(".md-search[role=dialog]:not([aria-label])").forEach((search) => {
      const input = search.querySelector("input");
      search.setAttribute("aria-label", (input && input.placeholder) || "Search");
    });
  });
})();
