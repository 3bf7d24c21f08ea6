// Pictures in a row get buttons and dots, or a count where they are many. Without this they are a strip that scrolls.
(() => {
  const MOST_DOTS = 8; // as many as fit on a phone
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  function dots(slides, go) {
    return slides.map((slide, index) => {
      const dot = document.createElement("button");
      dot.type = "button";
      dot.className = "carousel-dot";
      dot.setAttribute("aria-label", `${index + 1} / ${slides.length}`);
      dot.addEventListener("click", () => go(index));
      return dot;
    });
  }

  function build(strip) {
    const slides = [...strip.querySelectorAll(":scope > .slide")];
    if (slides.length < 2 || strip.children.length > slides.length) return; // text among the pictures stays with them
    let now = 0;

    function go(index) {
      const left = slides[Math.min(Math.max(index, 0), slides.length - 1)].offsetLeft - slides[0].offsetLeft;
      strip.scrollTo({ left, behavior: still.matches ? "instant" : "smooth" });
    }

    const previous = balise.button("previous", "carousel-previous", () => go(now - 1));
    const next = balise.button("next", "carousel-next", () => go(now + 1));
    const count = document.createElement("span");
    count.className = "carousel-count";
    const marks = slides.length > MOST_DOTS ? [] : dots(slides, go);
    const steps = document.createElement("div");
    steps.className = "carousel-steps";
    steps.append(previous, ...(marks.length ? marks : [count]), next);

    function show() {
      const step = slides[1].offsetLeft - slides[0].offsetLeft;
      now = step ? Math.round(Math.abs(strip.scrollLeft) / step) : 0;
      count.textContent = `${now + 1} / ${slides.length}`;
      previous.setAttribute("aria-disabled", String(now === 0));
      next.setAttribute("aria-disabled", String(now === slides.length - 1));
      marks.forEach((dot, index) => {
        if (index === now) dot.setAttribute("aria-current", "true");
        else dot.removeAttribute("aria-current");
      });
    }

    const frame = document.createElement("div");
    frame.className = "carousel-ready";
    strip.before(frame);
    frame.append(strip, steps);
    strip.addEventListener("scroll", show, { passive: true });
    show();
  }

  balise.onPage(() => document.querySelectorAll(":not(.carousel-ready) > .carousel").forEach(build));
})();
