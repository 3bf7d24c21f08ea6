// Thumbnails open large in a dialog. Without this script they are links to the picture itself.
(() => {
  const closeWord = { cs: "Zavřít", de: "Schließen", es: "Cerrar", fi: "Sulje", fr: "Fermer", it: "Chiudi", lt: "Uždaryti", nl: "Sluiten", pl: "Zamknij", pt: "Fechar" };
  let dialog;

  function build() {
    dialog = document.createElement("dialog");
    dialog.className = "balise-lightbox";
    const word = closeWord[document.documentElement.lang.slice(0, 2)] || "Close";
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-label", word);
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
    if (!dialog || !dialog.isConnected) build();
    const alt = link.querySelector("img").alt;
    const image = dialog.querySelector("img");
    image.src = link.href;
    image.alt = alt;
    dialog.querySelector("figcaption").textContent = alt;
    dialog.setAttribute("aria-label", alt || image.src);
    dialog.addEventListener("close", () => link.focus(), { once: true });
    dialog.showModal();
  });
})();
