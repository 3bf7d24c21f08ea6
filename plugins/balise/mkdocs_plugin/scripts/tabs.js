// Tabs are a strip (WAI-ARIA Authoring Practices, "Tabs with automatic activation"). What is chosen in one block is
// chosen in all that have a tab of that title, on this page and on the next ones. Without this all panels are shown.
(() => {
  const KEY = "__tabs"; // where Material keeps the choice in its own tabs: the titles, the last one first
  const KEPT = 20;

  function chosen() {
    try {
      const titles = __md_get(KEY);
      return Array.isArray(titles) ? titles : [];
    } catch { return []; } // a browser that keeps nothing
  }

  const keep = (title) => __md_set(KEY, [...new Set([title, ...chosen()])].slice(0, KEPT));

  function show(tabs, index) {
    tabs.forEach(({ button, panel }, i) => {
      button.setAttribute("aria-selected", String(i === index));
      button.tabIndex = i === index ? 0 : -1;
      panel.hidden = i !== index;
    });
    const { button } = tabs[index];
    const strip = button.parentElement;
    const room = (strip.clientWidth - button.offsetWidth) / 2;
    strip.scrollLeft = button.offsetLeft - strip.offsetLeft - Math.max(room, 0);
  }

  // All blocks of the page, as lists of their tabs.
  let blocks = [];

  // Chooses a tab for all blocks that have one of its title; the one that was clicked stays where it is.
  function choose(tabs, index) {
    const { button, title } = tabs[index];
    const before = button.getBoundingClientRect().top;
    show(tabs, index);
    for (const others of blocks) {
      const same = others === tabs ? -1 : others.findIndex((other) => other.title === title);
      if (same >= 0) show(others, same);
    }
    scrollBy({ top: button.getBoundingClientRect().top - before, behavior: "instant" });
    keep(title);
  }

  function build(block, number) {
    const panels = [...block.querySelectorAll(":scope > .tab")];
    if (panels.length < 2) return;
    const strip = document.createElement("div");
    strip.className = "tab-strip";
    strip.setAttribute("role", "tablist");
    const tabs = panels.map((panel, i) => {
      const heading = panel.querySelector(":scope > .tab-title");
      const button = document.createElement("button");
      button.type = "button";
      button.id = `tab-${number}-${i + 1}`;
      button.setAttribute("role", "tab");
      button.innerHTML = heading ? heading.innerHTML : String(i + 1);
      button.querySelectorAll("[id], a[name]").forEach((anchor) => anchor.remove());
      if (heading) heading.hidden = true;
      panel.id = panel.id || `panel-${number}-${i + 1}`;
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", button.id);
      panel.tabIndex = 0;
      button.setAttribute("aria-controls", panel.id);
      strip.append(button);
      return { button, panel, title: button.textContent.replace(/\s+/g, " ").trim() };
    });
    tabs.forEach(({ button, panel }, i) => {
      button.addEventListener("click", () => choose(tabs, i));
      panel.addEventListener("balise:reveal", () => show(tabs, i));
    });
    strip.addEventListener("keydown", (event) => {
      const now = tabs.findIndex(({ button }) => button === document.activeElement);
      const last = tabs.length - 1;
      const next = { ArrowRight: now === last ? 0 : now + 1, ArrowLeft: now === 0 ? last : now - 1, Home: 0, End: last }[event.key];
      if (now < 0 || next === undefined) return;
      event.preventDefault();
      choose(tabs, next);
      tabs[next].button.focus();
    });
    block.prepend(strip);
    block.classList.add("tabs-ready");
    const known = chosen().map((title) => tabs.findIndex((tab) => tab.title === title));
    show(tabs, known.find((index) => index >= 0) ?? 0);
    blocks.push(tabs);
  }

  balise.onPage(() => {
    blocks = blocks.filter(([{ button }]) => button.isConnected);
    document.querySelectorAll(".tabs").forEach((block, number) => {
      if (!block.matches(".tabs-ready")) build(block, number);
    });
  });
})();
