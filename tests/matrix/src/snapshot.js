// Returns everything visible on the page at one moment, so that its parts are consistent with each other.
const plain = (text) => (text ?? "").replace(/\s+/g, " ").trim();
const isThere = (element) => element.checkVisibility({ visibilityProperty: true });
const all = (selector, root = document) => [...root.querySelectorAll(selector)].filter(isThere);
const dialog = all("dialog").findLast((dialog) => dialog.matches(":modal"));
const described = (control) =>
  control.ariaInvalid === "true"
    ? (control.getAttribute("aria-describedby") ?? "").split(" ").map((id) => document.getElementById(id)?.innerText ?? "").join(" ")
    : "";
const said = (element) => ({ text: plain(element.innerText), inDialog: dialog?.contains(element) ?? false });
return {
  title: plain(document.querySelector("h1")?.innerText),
  isFilled: plain(document.querySelector("main")?.innerText) !== "",
  isBroken: document.querySelector(".panic") !== null,
  isBusy: all("[aria-busy=true]").length > 0,
  dialog: dialog ? plain(dialog.querySelector("h1, h2, h3")?.innerText) : null,
  alerts: all("[role=alert]").map(said),
  notices: all("[role=status]").map(said),
  buttons: all("button", dialog ?? document).map((button) => plain(button.ariaLabel ?? button.innerText)),
  fields: all("input:not([type=checkbox]), textarea").map((field) => ({
    label: plain(field.labels?.[0]?.innerText), value: field.value, error: plain(described(field)),
  })),
  switches: all("[role=switch]").map((one) => ({ label: plain(one.ariaLabel), isOn: one.ariaChecked === "true" })),
  text: plain(document.body.innerText),
};
