// The search: opens the box in the bar, or begins on the page of results. What it does there is loaded from `search/` at its first use.
(() => {
  const box = document.querySelector(".balise-search");
  const results = document.querySelector(".balise-results");
  const place = results || box;
  if (!place) return;
  const input = place.querySelector("input");
  const status = place.querySelector("[role='status']");
  const modules = new URL(place.dataset.modules, document.baseURI);
  const parts = ["finder", "sources", "list", "filters", "hits", "words", "found", "address", "typing", "../vendor/minisearch"];
  const canLoad = location.protocol !== "file:"; // browsers load no scripts from there
  const view = results ? pageView() : boxView();
  let loaded; // the view's module, once it is there

  // Calls `act` with what the view's module makes of the view; what has failed is tried again by the next key.
  async function withModule(act) {
    if (!canLoad) {
      status.textContent = place.dataset.file;
      return;
    }
    try {
      if (!loaded) {
        preload();
        const { searchIn } = await import(new URL(view.module, modules));
        loaded ||= searchIn(place, input, view);
      }
      await act(loaded);
    } catch (error) {
      status.textContent = place.dataset.failed;
      console.warn("balise:", error);
    }
  }

  // All at once what a view imports: one after the other, each would wait for the one before it.
  function preload() {
    for (const part of parts.splice(0)) {
      const link = document.createElement("link");
      link.rel = "modulepreload";
      link.href = new URL(`${part}.js`, modules);
      document.head.append(link);
    }
  }

  // The box in the bar: it lies over the page while it is open.
  function boxView() {
    const toggle = document.getElementById("__search"); // Material's styles look at it
    const opener = document.querySelector(".balise-search-open");

    function open() {
      if (!toggle.checked) toggle.click();
      opener?.setAttribute("aria-expanded", "true");
      input.focus();
      withModule((module) => module.opened());
    }

    function close(back) {
      if (!toggle.checked) return;
      toggle.click();
      opener?.setAttribute("aria-expanded", "false");
      input.blur();
      loaded?.closed();
      if (back && opener?.offsetParent) opener.focus();
    }

    input.addEventListener("focus", open);
    opener?.addEventListener("click", open);
    for (const near of [box, opener]) {
      near?.addEventListener("pointerenter", () => canLoad && withModule((module) => module.near()), { once: true });
    }
    for (const element of box.querySelectorAll(".md-search__overlay, .balise-search__back")) element.addEventListener("click", () => close(true));
    box.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && !box.contains(relatedTarget)) close(false);
    });
    return { module: "box.js", open, close, isOpen: () => toggle.checked };
  }

  function pageView() {
    return { module: "results.js", open: () => input.focus(), close() {} };
  }

  // Marks what was found on the page that a hit has led to; where browsers lack highlights, nothing happens.
  async function markFound() {
    let left;
    try { left = sessionStorage.getItem("balise.found"); } catch { /* a browser may refuse to keep anything */ }
    if (left && canLoad && globalThis.CSS?.highlights) (await import(new URL("found.js", modules))).mark();
  }

  // Looks for what the address asks for.
  function recall() {
    const query = new URLSearchParams(location.search).get("q")?.trim().slice(0, input.maxLength);
    if (!query) return;
    input.value = query;
    if (box) view.open();
    withModule((module) => module.search());
  }

  const form = place.querySelector("form");
  input.addEventListener("input", () => withModule((module) => module.typed()));
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key === "Escape" && box) view.close(true);
    else if (!["ArrowDown", "ArrowUp", "Enter"].includes(event.key)) return;
    else withModule((module) => module.press(event.key));
    event.preventDefault();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    withModule((module) => module.press("Enter"));
  });
  form.addEventListener("reset", () => {
    setTimeout(() => withModule((module) => module.search())); // the input is emptied after this event
    input.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey) return;
    if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey) {
      event.preventDefault();
      view.open();
    }
    if (event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") view.close(true);
    if (!["/", "s", "f"].includes(event.key)) return;
    if (event.target.closest?.("input, select, textarea, dialog[open]") || event.target.isContentEditable) return;
    event.preventDefault();
    view.open();
  });
  addEventListener("pageshow", recall);
  // A page that was fetched before the hit was clicked does not know yet what was looked for
  if (document.prerendering) document.addEventListener("prerenderingchange", markFound);
  else markFound();
})();
