// The hand-written list of operators: the limit of plain DOM calls, with which the panel is compared (docs/performance). It shows the same
// as the panel's list, from the same calls: a search over a prepared text, sorting by each column, checkboxes, switches that write. Only
// the visible rows are in the document, and they are recycled. It has nothing else: no URL, no error messages, no other page.
"use strict";

const API = "/auth/addon/live_chat/operator/";
const ROW = 56;
/** The number of rows rendered above and below the visible ones. */
const SPARE = 4;

const PRESENCE = ["Offline", "Online", "Away", "Busy"];
/** Online, away, busy, offline. */
const PRESENCE_ORDER = [3, 0, 1, 2];
const ADDON = ["Inactive", "Active", "Not set up"];
const ADDON_ORDER = [1, 0, 2];

const byId = (id) => document.getElementById(id);
const [count, search, frame, table, all, body, template] = ["count", "search", "frame", "table", "all", "rows", "row"].map(byId);
const [above, below] = document.querySelectorAll(".space td");
const heads = [...document.querySelectorAll(".sort")];
const number = new Intl.NumberFormat("en");

/** All operators, in the API's order. */
let operators = [];
/** All operators, in the order of the sorted column. */
let order = [];
/** The operators who match the search. */
let shown = [];
let sorted = { column: null, backwards: false };
let ticked = 0;
/** The height of the visible part of the list, in pixels. */
let height = 0;

const headers = { api_token: localStorage.getItem("token") ?? "", "content-type": "application/json" };

function prepared({ name: { firstName, lastName }, email, status, active, addOns }) {
  const name = `${firstName} ${lastName}`;
  return {
    name,
    email,
    initials: (firstName.slice(0, 1) + lastName.slice(0, 1)).toUpperCase(),
    status,
    active,
    addon: addOns.length === 0 ? 2 : addOns[0].status,
    key: name.toLowerCase(),
    text: `${name} ${email}`.toLowerCase(),
    ticked: false,
  };
}

const KEYS = {
  name: (one) => one.key,
  presence: (one) => PRESENCE_ORDER[one.status],
  login: (one) => 1 - one.active,
  addon: (one) => ADDON_ORDER[one.addon],
};

function sort() {
  const { column, backwards } = sorted;
  order = operators;
  if (column) {
    const key = KEYS[column];
    const sign = backwards ? -1 : 1;
    order = operators.toSorted((a, b) => {
      const [one, other] = [key(a), key(b)];
      return one < other ? -sign : one > other ? sign : 0;
    });
  }
  for (const head of heads) {
    const now = head.dataset.column === column ? (backwards ? "descending" : "ascending") : null;
    if (now) head.parentElement.setAttribute("aria-sort", now);
    else head.parentElement.removeAttribute("aria-sort");
  }
}

function find() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  shown = words.length === 0 ? order : order.filter((one) => words.every((word) => one.text.includes(word)));
}

/** The rendered rows in order, each with its parts and its operator, and the index of the first in the list. */
const rows = [];
let first = 0;

function newRow() {
  const row = template.content.firstElementChild.cloneNode(true);
  const [tickCell, head, presence, login, addon] = row.children;
  const [initials, person] = head.children;
  const parts = {
    row,
    tick: tickCell.firstElementChild,
    initials: initials.appendChild(document.createTextNode("")),
    name: person.children[0].appendChild(document.createTextNode("")),
    email: person.children[1].appendChild(document.createTextNode("")),
    presence: presence.firstElementChild.appendChild(document.createTextNode("")),
    login: login.firstElementChild.appendChild(document.createTextNode("")),
    toggle: addon.children[0],
    addon: addon.children[1].appendChild(document.createTextNode("")),
    operator: null,
    index: -1,
    ticked: false,
    state: -1,
  };
  parts.tick.addEventListener("change", () => {
    parts.operator.ticked = parts.tick.checked;
    ticked += parts.tick.checked ? 1 : -1;
    draw();
  });
  parts.toggle.addEventListener("click", () => flip(parts.operator));
  return parts;
}

/** Writes only what has changed. */
function fill(parts, operator, index) {
  const { row, tick, toggle } = parts;
  if (parts.operator !== operator) {
    parts.operator = operator;
    parts.initials.data = operator.initials;
    parts.name.data = operator.name;
    parts.email.data = operator.email;
    parts.presence.data = PRESENCE[operator.status];
    parts.login.data = operator.active ? "Can log in" : "Cannot log in";
    tick.setAttribute("aria-label", `Select ${operator.name}`);
    toggle.setAttribute("aria-label", `Live chat addon: ${operator.name}`);
  }
  if (parts.index !== index) {
    parts.index = index;
    row.setAttribute("aria-rowindex", index + 2);
  }
  if (parts.ticked !== operator.ticked) {
    parts.ticked = operator.ticked;
    row.classList.toggle("ticked", operator.ticked);
  }
  if (parts.state !== operator.addon) {
    parts.state = operator.addon;
    toggle.setAttribute("aria-checked", operator.addon === 1);
    parts.addon.data = ADDON[operator.addon];
  }
  tick.checked = operator.ticked;
}

/** Renders the visible rows. Rows that stay visible are not touched; those that leave at one end are recycled at the other. */
function show() {
  const top = Math.max(0, Math.floor(frame.scrollTop / ROW) - SPARE);
  const wanted = Math.min(shown.length - top, Math.ceil(height / ROW) + 2 * SPARE);
  const by = top - first;
  first = top;
  if (by > 0 && by < rows.length) {
    const gone = rows.splice(0, by);
    body.append(...gone.map(({ row }) => row));
    rows.push(...gone);
  } else if (by < 0 && -by < rows.length) {
    const gone = rows.splice(by);
    body.prepend(...gone.map(({ row }) => row));
    rows.unshift(...gone);
  }
  while (rows.length < wanted) {
    const parts = newRow();
    body.append(parts.row);
    rows.push(parts);
  }
  for (const { row } of rows.splice(wanted)) row.remove();
  rows.forEach((parts, index) => fill(parts, shown[top + index], top + index));
  above.style.height = `${top * ROW}px`;
  below.style.height = `${Math.max(0, shown.length - top - wanted) * ROW}px`;
}

function scrolled() {
  if (Math.max(0, Math.floor(frame.scrollTop / ROW) - SPARE) !== first) show();
}

function draw() {
  show();
  table.setAttribute("aria-rowcount", shown.length + 1);
  const found = shown.length === operators.length ? "" : `${number.format(shown.length)} of `;
  count.textContent = `${found}${number.format(operators.length)} operators${ticked ? `, ${number.format(ticked)} selected` : ""}`;
  all.checked = ticked > 0 && ticked === operators.length;
  all.indeterminate = ticked > 0 && ticked < operators.length;
}

async function flip(operator) {
  const before = operator.addon;
  operator.addon = before === 1 ? 0 : 1;
  draw();
  const change = { email: operator.email, status: operator.addon };
  const answer = await fetch(`${API}update`, { method: "PUT", headers, body: JSON.stringify(change) });
  if ((await answer.json()).status !== 1) operator.addon = before;
  draw();
}

search.addEventListener("input", () => {
  find();
  frame.scrollTop = 0;
  draw();
});
for (const head of heads) {
  head.addEventListener("click", () => {
    const { column } = head.dataset;
    if (sorted.column !== column) sorted = { column, backwards: false };
    else if (!sorted.backwards) sorted = { column, backwards: true };
    else sorted = { column: null, backwards: false };
    sort();
    find();
    draw();
  });
}
all.addEventListener("change", () => {
  for (const one of shown) {
    if (one.ticked !== all.checked) ticked += all.checked ? 1 : -1;
    one.ticked = all.checked;
  }
  draw();
});
frame.addEventListener("scroll", scrolled, { passive: true });
new ResizeObserver(() => {
  height = frame.clientHeight;
  draw();
}).observe(frame);

fetch(`${API}list`, { headers })
  .then((answer) => answer.json())
  .then(({ message }) => {
    operators = message.map(prepared);
    sort();
    find();
    draw();
  });
