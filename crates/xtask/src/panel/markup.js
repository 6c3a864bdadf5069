// Leptos sets the unchanging parts of a view as HTML: texts of the program itself, never what came from elsewhere. Where the browser knows
// Trusted Types, this policy is the only way to set any (`trusted-types switchboard`), and it lets nothing through that could run. The one
// script that it lets be loaded by name is the service worker.
const active = /<\/?(?:script|iframe|frame|object|embed|base|meta|link|style|form)\b|<[^>]*\s(?:on\w+|srcdoc)\s*=|javascript:/i;
const createHTML = (html) => {
  if (active.test(html)) throw new TypeError("Markup that could run is refused.");
  return html;
};
const createScriptURL = (url) => {
  if (url !== "/sw.js") throw new TypeError("No script but the service worker is loaded by name.");
  return url;
};
const rules = { createHTML, createScriptURL };
export const policy = globalThis.trustedTypes?.createPolicy("switchboard", rules) ?? rules;
