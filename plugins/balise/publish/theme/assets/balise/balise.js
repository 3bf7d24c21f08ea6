// What pages do beyond reading: pictures open large, tabs become a strip, anchors open what hides them.
// Without this script pictures are links to themselves and all panels of tabs are shown.
(() => {
  const CLOSE = { cs: "Zavřít", de: "Schließen", es: "Cerrar", fi: "Sulje", fr: "Fermer", it: "Chiudi", lt: "Uždaryti", nl: "Sluiten", pl: "Zamknij", pt: "Fechar" };

  // Pictures ------------------------------------------------------------------------------------

  let dialog;

  function buildDialog() {
    dialog = document.createElement("dialog");
    dialog.className = "balise-lightbox";
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-label", CLOSE[document.documentElement.lang.slice(0, 2)] || "Close");
    button.textContent = "×";
    const figure = document.createElement("figure");
    figure.append(document.createElement("img"), document.createElement("figcaption"));
    dialog.append(figure, button);
    dialog.addEventListener("click", () => dialog.close());
    document.body.append(dialog);
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.lightbox");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    if (!dialog || !dialog.isConnected) buildDialog();
    const alt = link.querySelector("img").alt;
    const image = dialog.querySelector("img");
    image.src = link.href;
    image.alt = alt;
    dialog.querySelector("figcaption").textContent = alt;
    dialog.setAttribute("aria-label", alt || image.src);
    dialog.addEventListener("close", () => link.focus(), { once: true });
    dialog.showModal();
  });

  // Tabs (WAI-ARIA Authoring Practices, "Tabs with automatic activation") -------------------------

  function select(tabs, index, focus) {
    tabs.forEach(({ button, panel }, i) => {
      const chosen = i === index;
      button.setAttribute("aria-selected", String(chosen));
      button.tabIndex = chosen ? 0 : -1;
      panel.hidden = !chosen;
    });
    if (focus) tabs[index].button.focus();
  }

  function buildTabs(block, number) {
    const panels = [...block.querySelectorAll(":scope > .tab")];
    if (panels.length < 2) return;
    const strip = document.createElement("div");
    strip.className = "tab-strip";
    strip.setAttribute("role", "tablist");
    const tabs = panels.map((panel, i) => {
      const title = panel.querySelector(":scope > .tab-title");
      const button = document.createElement("button");
      button.type = "button";
      button.id = `tab-${number}-${i + 1}`;
      button.setAttribute("role", "tab");
      button.innerHTML = title ? title.innerHTML : String(i + 1);
      button.querySelectorAll("[id], a[name]").forEach((anchor) => anchor.remove());
      if (title) title.hidden = true;
      panel.id = panel.id || `panel-${number}-${i + 1}`;
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", button.id);
      panel.tabIndex = 0;
      button.setAttribute("aria-controls", panel.id);
      strip.append(button);
      return { button, panel };
    });
    tabs.forEach(({ button, panel }, i) => {
      button.addEventListener("click", () => select(tabs, i, false));
      panel.addEventListener("balise:reveal", () => select(tabs, i, false));
    });
    strip.addEventListener("keydown", (event) => {
      const now = tabs.findIndex(({ button }) => button === document.activeElement);
      const last = tabs.length - 1;
      const next = { ArrowRight: now === last ? 0 : now + 1, ArrowLeft: now === 0 ? last : now - 1, Home: 0, End: last }[event.key];
      if (now < 0 || next === undefined) return;
      event.preventDefault();
      select(tabs, next, true);
    });
    block.prepend(strip);
    block.classList.add("tabs-ready");
    select(tabs, 0, false);
  }

  document.querySelectorAll(".tabs").forEach(buildTabs);

  // The search is a dialog to a screen reader; Material leaves it without a name.
  document.querySelectorAll(".md-search[role=dialog]:not([aria-label])").forEach((search) => {
    const input = search.querySelector("input");
    search.setAttribute("aria-label", (input && input.placeholder) || "Search");
  });

  // Anchors and print -----------------------------------------------------------------------------

  function reveal() {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch { return; }
    const target = id && (document.getElementById(id) || document.getElementsByName(id)[0]);
    if (!target) return;
    for (let node = target; node; node = node.parentElement) {
      if (node.matches(".tab[hidden]")) node.dispatchEvent(new Event("balise:reveal"));
      if (node.matches("details:not([open])")) node.open = true;
    }
    (target.closest("[hidden]") ? target.closest(".tabs") || target : target).scrollIntoView();
  }

  addEventListener("hashchange", reveal);
  if (location.hash) reveal();

  addEventListener("beforeprint", () => {
    document.querySelectorAll(".md-content details:not([open])").forEach((details) => {
      details.open = true;
      addEventListener("afterprint", () => { details.open = false; }, { once: true });
    });
  });
})();
