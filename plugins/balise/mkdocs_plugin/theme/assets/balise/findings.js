// The writer's panel, only while serving: it stays as it was left, copies places, and shows a finding in the text.
(() => {
  const panel = document.getElementById("__findings");
  const details = panel.querySelector("details");
  const KEY = "balise.findings";

  try {
    const left = localStorage.getItem(KEY);
    details.open = left ? left === "open" : details.open && innerWidth > 960;
  } catch { /* a browser that keeps nothing shows the panel as the page has it */ }
  details.addEventListener("toggle", () => {
    try { localStorage.setItem(KEY, details.open ? "open" : "closed"); } catch { /* as above */ }
  });

  panel.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) {
      try {
        await navigator.clipboard.writeText(button.dataset.copy);
      } catch { // over plain http, a browser has a clipboard for pages of its own machine alone
        select(button);
        return;
      }
      button.classList.add("findings__copied");
      setTimeout(() => button.classList.remove("findings__copied"), 1200);
      return;
    }
    const finding = event.target.closest(".finding");
    const found = finding && event.target.closest("a") && elementWith(finding.dataset.excerpt);
    if (found) setTimeout(() => point(found));
  });

  // Puts a field in the place of the button, with the text selected, until something else is clicked.
  function select(button) {
    const field = document.createElement("input");
    field.value = button.dataset.copy;
    field.readOnly = true;
    field.setAttribute("aria-label", "To be copied");
    field.addEventListener("blur", () => field.replaceWith(button), { once: true });
    button.replaceWith(field);
    field.select();
  }

  const plain = (text) => text.replace(/\s+/g, " ").trim();

  // The innermost element of the text with the longest run of the excerpt that has no marks of Markdown in it.
  function elementWith(excerpt) {
    const runs = excerpt.split(/[`*_[\](){}<>#|!\\]+|https?:\S+/).map(plain);
    const wanted = runs.sort((a, b) => b.length - a.length)[0];
    if (!wanted || wanted.length < 4) return null;
    let found = null;
    for (const element of document.querySelectorAll(".md-content__inner *")) {
      if ((!found || found.contains(element)) && plain(element.textContent).includes(wanted)) found = element;
    }
    return found;
  }

  function point(element) {
    element.scrollIntoView({ block: "center" });
    element.classList.add("findings__here");
    setTimeout(() => element.classList.remove("findings__here"), 2500);
  }
})();
