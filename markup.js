// The rules for the HTML that the program may set, and for the script that it may load by name. Leptos sets the static parts of a view as
// HTML: texts of the program itself, never of the API. `cargo xtask` makes these rules the Trusted Types policy "switchboard" and routes
// the glue through it; a build by Trunk makes them the default policy (start.js).
const active = /<\/?(?:script|iframe|frame|object|embed|base|meta|link|style|form)\b|<[^>]*\s(?:on\w+|srcdoc)\s*=|javascript:/i;
const createHTML = (html) => {
  if (active.test(html)) throw new TypeError("Markup that could run is refused.");
  return html;
};
const createScriptURL = (url) => {
  if (url !== "/sw.js") throw new TypeError("No script but the service worker is loaded by name.");
  return url;
};
export const rules = { createHTML, createScriptURL };
