// What the scripts of a page share: its words, drawings of buttons, and the moment when there is a page.
const balise = (() => {
  const given = document.getElementById("__words");
  const words = { close: "Close", previous: "Previous picture", next: "Next picture", ...JSON.parse(given ? given.textContent : "{}") };
  const ICONS = { close: "M6 6l12 12M18 6L6 18", previous: "M15 5l-7 7 7 7", next: "M9 5l7 7-7 7" };

  // A button with a drawing; `name` is that of its word and of its drawing.
  function button(name, className, act) {
    const element = document.createElement("button");
    element.type = "button";
    element.className = className;
    element.title = words[name];
    element.setAttribute("aria-label", words[name]);
    element.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${ICONS[name]}"/></svg>`;
    element.addEventListener("click", act);
    return element;
  }

  // Does something for the page that is here, and for those that instant navigation puts in its place.
  // It is called more than once for a page.
  function onPage(act) {
    act();
    window.document$?.subscribe(act);
  }

  return { button, onPage };
})();
