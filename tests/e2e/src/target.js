// Finds elements by role and name, as users and assistive technology do.
// Arguments: a role, a name, and optionally the element to search in. Returns the matches, the names of all elements of that role,
// and the path of the page.
const [role, name, within] = arguments;

const selectors = {
  alert: "[role=alert]",
  button: "button:not([role=switch], [role=tab]), [role=button], input[type=submit]",
  checkbox: "input[type=checkbox]",
  dialog: "dialog, [role=dialog]",
  field: "input:not([type=checkbox], [type=hidden]), select, textarea",
  group: "fieldset, [role=group]",
  heading: "h1, h2, h3, h4, h5, h6",
  link: "a[href]",
  main: "main",
  navigation: "nav",
  region: "section",
  "switch that is off": "[role=switch][aria-checked=false]",
  "switch that is on": "[role=switch][aria-checked=true]",
  tab: "[role=tab]",
  table: "table",
  title: "h1",
  toolbar: "[role=toolbar]",
};

const plain = (text) => (text ?? "").replace(/\s+/g, " ").trim();

// Returns the text of an element without the parts that are hidden from assistive technology.
const said = (element) => {
  if (element.nodeType === Node.TEXT_NODE) return element.data;
  if (element.nodeType !== Node.ELEMENT_NODE || element.getAttribute("aria-hidden") === "true") return "";
  return [...element.childNodes].map(said).join(element.childElementCount ? " " : "");
};

const named = (element) => {
  const by = element.getAttribute("aria-labelledby");
  if (by) return plain(by.split(/\s+/).map((id) => said(document.getElementById(id) ?? document.createElement("i"))).join(" "));
  const label = element.getAttribute("aria-label");
  if (label) return plain(label);
  if (element.labels?.length) return plain([...element.labels].map(said).join(" "));
  if (role === "group") return plain(said(element.querySelector("legend") ?? document.createElement("i")));
  return ["button", "heading", "link", "tab", "title", "alert"].includes(role) ? plain(said(element)) : "";
};

const isThere = (element) =>
  element.checkVisibility({ visibilityProperty: true }) && !element.closest("[aria-hidden=true], [inert]");

// While a modal dialog is open, nothing outside it can be reached. Of two dialogs, the later one in the document is on top.
const root = within ?? [...document.querySelectorAll("dialog")].findLast((dialog) => dialog.matches(":modal")) ?? document;
const those = [...root.querySelectorAll(selectors[role])];
if (root !== document && root.matches?.(selectors[role])) those.unshift(root);
const there = those.filter(isThere);
const wanted = plain(name);
// An alert has no name, so it is identified by its text.
const fits = (element) => wanted === "" || (role === "alert" ? named(element).includes(wanted) : named(element) === wanted);
return {
  found: there.filter(fits),
  names: there.map(named),
  path: location.pathname,
};
