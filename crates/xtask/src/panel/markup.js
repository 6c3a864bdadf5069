// Leptos sets the unchanging parts of a view as HTML: texts of the program itself, never what came from elsewhere. Where the browser knows
// Trusted Types, this policy is the only way to set any (`trusted-types switchboard`), and it lets nothing through that could run.
const active = /<\/?(?:script|iframe|frame|object|embed|base|meta|link|style|form)\b|<[^>]*\s(?:on\w+|srcdoc)\s*=|javascript:/i;
const createHTML = (html) => {
  if (active.test(html)) throw new TypeError("Markup that could run is refused.");
  return html;
};
const policy = globalThis.trustedTypes?.createPolicy("switchboard", { createHTML }) ?? { createHTML };
