// The bar at the top and the drawer beside it.
(() => {
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
})();
