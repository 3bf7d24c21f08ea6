"use strict";
const get = (id) => document.getElementById(id);
const AT_ONCE = 200;
const matrix = get("matrix"), body = matrix.tBodies[0], rows = [...body.rows];
let limit = AT_ONCE;
const data = JSON.parse(get("data").textContent);
const fields = { text: get("text"), area: get("area"), locale: get("locale"), state: get("state") };
const only = document.head.appendChild(document.createElement("style"));
const SIGNS = Object.keys(data.states);
const texts = new Map(rows.map((row) => [row, row.cells[0].textContent.toLowerCase()]));

// Filters

function matches(row, { text, area, locale, state }) {
  if (text && !texts.get(row).includes(text)) return false;
  if (area && !`${row.dataset.a}//`.startsWith(`${area}//`)) return false;
  if (!state) return true;
  const cells = locale ? [row.cells[2 + data.locales.indexOf(locale)]] : [...row.cells].slice(2);
  return cells.some((cell) => isIn(cell, row, state));
}

function isIn(cell, row, state) {
  if (state === "ill") return cell.className && !"hm".includes(cell.className);
  if (cell.className === state) return true;
  const one = detail(row, cell.cellIndex - 2);
  return Boolean(one) && one[1].includes(state);
}

function detail(row, locale) {
  return data.guides[row.dataset.n].find((one) => one[0] === locale);
}

function chosen() {
  const values = Object.entries(fields).map(([name, field]) => [name, field.value.trim()]);
  const found = Object.fromEntries(values);
  return { ...found, text: found.text.toLowerCase() };
}

function show() {
  const wanted = chosen();
  const found = rows.filter((row) => matches(row, wanted));
  body.replaceChildren(...found.slice(0, limit));
  const left = found.length - limit;
  get("more").hidden = left <= 0;
  get("more").textContent = `Show ${Math.min(left, AT_ONCE)} more of ${left}`;
  get("shown").textContent = `${found.length} of ${rows.length} guides`;
}

function filter() {
  limit = AT_ONCE;
  const column = data.locales.indexOf(fields.locale.value) + 3;
  only.textContent = column > 2 ? `#matrix tr > :nth-child(n + 3):not(:nth-child(${column})) { display: none; }` : "";
  matrix.style.setProperty("--columns", column > 2 ? 1 : data.locales.length);
  show();
}

function keep() {
  const kept = new URLSearchParams(Object.entries(chosen()).filter(([, value]) => value));
  history.replaceState(null, "", kept.size ? `#${kept}` : location.pathname + location.search);
  filter();
}

// Sorting

function weight(cell) {
  return SIGNS.indexOf(cell.className) * 1e6 - Number(cell.textContent.replace(/\D/g, ""));
}

function sort(header) {
  const column = header.cellIndex;
  const up = header.getAttribute("aria-sort") === "descending" || (column === 0 && !header.hasAttribute("aria-sort"));
  for (const other of matrix.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", up ? "ascending" : "descending");
  const key = (row) => column === 0 ? row.cells[0].textContent : column === 1 ? -Number(row.cells[1].textContent) : weight(row.cells[column]);
  const keys = new Map(rows.map((row) => [row, key(row)]));
  const compare = column === 0 ? new Intl.Collator().compare : (a, b) => a - b;
  const direction = column === 0 ? (up ? 1 : -1) : up ? -1 : 1;
  rows.sort((a, b) => direction * compare(keys.get(a), keys.get(b)) || a.dataset.n - b.dataset.n);
  show();
}

// Details

function node(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

function item(row, one) {
  const [locale, states, messages, rules] = one;
  const made = node("li", "");
  made.append(node("strong", `${data.locales[locale]} `));
  for (const state of states) made.append(node("b", data.states[state], state));
  for (const message of messages) made.append(node("p", message));
  if (rules.length) made.append(node("p", rules.map(([rule, number]) => `${data.rules[rule]}: ${number}`).join(", ")));
  const path = node("p", "");
  path.append(node("code", `${row.dataset.p}.${data.locales[locale]}.md`));
  made.append(path);
  return made;
}

function open(row, locale) {
  const all = data.guides[row.dataset.n];
  const wanted = all.filter((one) => locale === undefined || one[0] === locale);
  get("details-title").textContent = row.querySelector("th button").textContent;
  get("details-folder").textContent = row.dataset.p;
  const items = wanted.map((one) => item(row, one));
  get("details-list").replaceChildren(...(items.length ? items : [node("li", "Nothing to tell: the pages that are there are healthy.")]));
  get("details").showModal();
}

// What needs this script is put into the page by it.

for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
  if (fields[name]) fields[name].value = value;
}
for (const field of Object.values(fields)) {
  if (field.tagName === "SELECT" && field.selectedIndex < 0) field.value = "";
  field.addEventListener("input", keep);
}
for (const row of rows) {
  const title = row.cells[0].querySelector("b");
  const button = node("button", title.textContent);
  button.type = "button";
  button.title = title.textContent;
  title.replaceWith(button);
}
for (const header of matrix.tHead.rows[0].cells) {
  const button = node("button", header.textContent);
  button.type = "button";
  button.addEventListener("click", () => sort(header));
  header.replaceChildren(button);
}
body.addEventListener("click", (event) => {
  const cell = event.target.closest("td, button");
  const row = cell && cell.closest("tr");
  if (row) open(row, cell.tagName === "TD" && detail(row, cell.cellIndex - 2) ? cell.cellIndex - 2 : undefined);
});
get("close").addEventListener("click", () => get("details").close());
get("details").addEventListener("click", (event) => {
  if (event.target === get("details")) get("details").close();
});
get("reset").addEventListener("click", () => {
  for (const field of Object.values(fields)) field.value = "";
  keep();
});
get("more").addEventListener("click", () => {
  const first = body.rows.length;
  limit += AT_ONCE;
  show();
  body.rows[first].querySelector("button").focus();
});
addEventListener("beforeprint", () => {
  limit = Infinity;
  show();
});
get("filters").hidden = false;
filter();
get("late").remove();
