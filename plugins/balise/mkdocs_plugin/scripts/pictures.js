// Pictures open large (WAI-ARIA Authoring Practices, "Dialog (Modal)"). Without this they are links to themselves.
(() => {
  let lightbox;

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

    const previous = balise.button("previous", "balise-lightbox__previous", () => show(now - 1));
    const next = balise.button("next", "balise-lightbox__next", () => show(now + 1));
    const close = balise.button("close", "balise-lightbox__close", () => dialog.close());
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
})();
