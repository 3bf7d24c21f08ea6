// What is shown from other sites takes the place of its link when the link is clicked.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".click-to-load > a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const place = link.parentElement;
  const template = document.createElement("template");
  template.innerHTML = place.dataset.html;
  const shown = template.content.firstElementChild;
  place.replaceWith(template.content);
  if (shown.localName !== "a") shown.tabIndex = -1;
  shown.focus();
});
