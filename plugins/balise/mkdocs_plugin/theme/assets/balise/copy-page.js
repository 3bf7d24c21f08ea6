// "Copy page": puts the copy of the page in Markdown on the clipboard, and says whether that worked.
(() => {
  const place = document.querySelector(".copy-page");
  const copy = document.querySelector('link[type="text/markdown"]');
  if (!place || !copy || !navigator.clipboard) return;
  const button = place.querySelector("button");
  const said = place.querySelector("[role=status]");

  async function markdown() {
    const answer = await fetch(copy.href);
    if (!answer.ok) throw new Error(`${copy.href}: ${answer.status}`);
    return answer.text();
  }

  // Safari lets a page write only what it has promised while the button is being pressed.
  function write() {
    if (!window.ClipboardItem) return markdown().then((text) => navigator.clipboard.writeText(text));
    const promised = markdown().then((text) => new Blob([text], { type: "text/plain" }));
    return navigator.clipboard.write([new ClipboardItem({ "text/plain": promised })]);
  }

  let timer;
  async function press() {
    said.textContent = "";
    const worked = await write().then(() => true, () => false);
    said.textContent = worked ? button.dataset.copied : button.dataset.failed;
    clearTimeout(timer);
    timer = setTimeout(() => { said.textContent = ""; }, 8000);
  }

  button.addEventListener("click", press);
  place.hidden = false;
})();
