// Text that is hidden is shown where an anchor leads to it, and on paper.
(() => {
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
