/* A report of a problem names the section that its reader has before them. */
document.addEventListener("click", event => {
  const link = event.target.closest(".guide-report a");
  if (!link) return;
  link.dataset.href ??= link.getAttribute("href");
  const headings = [...document.querySelectorAll("article :is(h2, h3, h4, h5, h6)[id]")];
  const end = link.getBoundingClientRect().top;
  const above = location.hash ? headings.find(h => `#${h.id}` === decodeURIComponent(location.hash)) : null;
  const shown = above ?? headings.findLast(h => h.getBoundingClientRect().top < Math.min(end, innerHeight) / 2);
  const place = link.dataset.page + (shown ? encodeURIComponent(`#${shown.id}`) : "");
  link.setAttribute("href", link.dataset.href.replaceAll(link.dataset.page, place));
});
