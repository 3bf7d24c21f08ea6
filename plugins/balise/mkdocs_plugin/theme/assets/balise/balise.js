// What pages do beyond reading: pictures open large, tabs become a strip, anchors open what hides them.
// Without this script pictures are links to themselves and all panels of tabs are shown.
(() => {
  const given = document.getElementById("__words");
  const words = { close: "Close", previous: "Previous picture", next: "Next picture", ...JSON.parse(given ? given.textContent : "{}") };

  // Pictures (WAI-ARIA Authoring Practices, "Dialog (Modal)") --------------------------------------

  const ICONS = { close: "M6 6l12 12M18 6L6 18", previous: "M15 5l-7 7 7 7", next: "M9 5l7 7-7 7" };
  let lightbox;

  function button(name, act) {
    const element = document.createElement("button");
    element.type = "button";
    element.className = `balise-lightbox__${name}`;
    element.title = words[name];
    element.setAttribute("aria-label", words[name]);
    element.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${ICONS[name]}"/></svg>`;
    element.addEventListener("click", act);
    return element;
  }

  function buildLightbox() {
    const dialog = document.createElement("dialog");
    dialog.className = "balise-lightbox";
    const figure = document.createElement("figure");
    const image = document.createElement("img");
    const caption = document.createElement("figcaption");
    const count = document.createElement("span");
    count.className = "balise-lightbox__count";
    figure.append(image, caption);
    let links = [];
    let now = 0;

    function show(index) {
      now = (index + links.length) % links.length;
      const link = links[now];
      const alt = link.querySelector("img").alt;
      image.src = link.href;
      image.alt = alt;
      caption.textContent = alt;
      count.textContent = links.length > 1 ? `${now + 1} / ${links.length}` : "";
      dialog.setAttribute("aria-label", alt || decodeURIComponent(link.pathname.split("/").pop()));
    }

    const previous = button("previous", () => show(now - 1));
    const next = button("next", () => show(now + 1));
    const close = button("close", () => dialog.close());
    dialog.append(figure, count, close, previous, next);
    figure.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => links[now].focus());
    dialog.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step && links.length > 1) show(now + step);
    });
    document.body.append(dialog);
    return {
      dialog,
      open(link) {
        links = [...document.querySelectorAll("a.lightbox")].filter((a) => a === link || a.offsetParent);
        previous.hidden = next.hidden = links.length < 2;
        show(links.indexOf(link));
        dialog.showModal();
      },
    };
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.lightbox");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    if (!lightbox || !lightbox.dialog.isConnected) lightbox = buildLightbox();
    lightbox.open(link);
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

  // What Material's script leaves without a name or out of reach of the keyboard -------------------

  const sizes = new ResizeObserver((entries) => entries.forEach(({ target }) => {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }));
  addEventListener("load", () => {
    document.querySelectorAll(".md-typeset__scrollwrap").forEach((table) => sizes.observe(table));
    document.querySelectorAll("nav.md-code__nav").forEach((buttons) => buttons.setAttribute("role", "none"));
  });
  document.querySelectorAll(".md-search[role=dialog]:not([aria-label])").forEach((search) => {
    const input = search.querySelector("input");
    search.setAttribute("aria-label", (input && input.placeholder) || "Search");
  });

  // The bar ---------------------------------------------------------------------------------------

  // Material opens the drawer and the search with the state of a checkbox; here buttons change it.
  const drawer = document.getElementById("__drawer");
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    const opened = opener && document.querySelector(opener.dataset.opens);
    if (opened) opened.click();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !drawer.checked) return;
    drawer.click();
    document.querySelector(".opens-drawer").focus();
  });

  const tab = document.querySelector(".md-tabs__item--active");
  if (tab) tab.parentElement.scrollLeft = tab.offsetLeft - tab.parentElement.offsetLeft - 48;

  const menu = document.querySelector("details.translations");
  if (menu) {
    document.addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  }

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
