// The script that the embed code `link` loads: a chat bubble in the corner of the page with the domain and the operators online.
// It works alone, and in any order with socket.js, which keeps it up to date. All text is set as text, never as markup.
(() => {
  "use strict";

  const source = new URL(document.currentScript.src);
  const domain = source.searchParams.get("domain") || "this website";
  const statusUrl = new URL(`/widget/status?domain=${encodeURIComponent(domain)}`, source).href;

  // The shared state of the two scripts. Pasting the same code twice makes only one bubble.
  const shared = (window.chatwhizz ??= { widgets: [], follow: null });
  if (shared.widgets.some((widget) => widget.statusUrl === statusUrl)) return;

  const element = (name, style, properties = {}) => {
    const made = document.createElement(name);
    made.style.cssText = style;
    return Object.assign(made, properties);
  };

  const font = "font: 15px/1.4 system-ui, sans-serif; color: #1b1f27;";
  const card = `${font} background: #fff; border: 1px solid #c9ced8; box-shadow: 0 6px 24px #0003;`;

  const dot = element("span", "display: inline-block; width: 10px; height: 10px; border-radius: 50%;");
  dot.setAttribute("aria-hidden", "true");
  const label = element("span", "");
  const bubble = element(
    "button",
    `${card} display: flex; align-items: center; gap: 8px; max-width: calc(100vw - 32px); min-height: 44px; overflow-wrap: anywhere; padding: 8px 16px; border-radius: 22px; cursor: pointer;`,
    { type: "button" },
  );
  bubble.append(dot, label);
  bubble.dataset.domain = domain;
  bubble.setAttribute("aria-expanded", "false");

  const heading = element("h2", `${font} margin: 0 0 8px; font-weight: 600; overflow-wrap: anywhere;`, { textContent: domain });
  const summary = element("p", `${font} margin: 0;`);
  summary.setAttribute("role", "status");
  const people = element("ul", `${font} margin: 4px 0 0; padding-inline-start: 20px;`);
  const panel = element("section", `${card} box-sizing: border-box; width: min(300px, calc(100vw - 32px)); padding: 16px; border-radius: 12px;`);
  panel.setAttribute("aria-label", `Chat of ${domain}`);
  panel.append(heading, summary, people);

  const toggle = (open) => {
    bubble.setAttribute("aria-expanded", String(open));
    panel.style.display = open ? "block" : "none";
  };
  toggle(false);
  bubble.addEventListener("click", () => toggle(bubble.getAttribute("aria-expanded") !== "true"));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || bubble.getAttribute("aria-expanded") !== "true") return;
    toggle(false);
    bubble.focus();
  });

  const sentence = (status) => {
    if (!status) return "The chat cannot be reached.";
    if (!status.known) return "There is no chat for this domain.";
    if (!status.active) return "The chat of this domain is switched off.";
    return status.online.length ? "Online now:" : "Nobody is online right now.";
  };

  let shown = "";
  const show = (status) => {
    const state = JSON.stringify(status);
    if (state === shown) return;
    shown = state;
    const open = Boolean(status?.active);
    const online = open ? status.online : [];
    label.textContent = `Chat with ${domain}${open ? "" : " (offline)"}`;
    dot.style.background = online.length ? "#17803d" : "#8a919e";
    bubble.dataset.state = open ? (online.length ? "online" : "nobody") : "offline";
    summary.textContent = sentence(status);
    people.replaceChildren(...online.map((name) => element("li", "", { textContent: name, dir: "auto" })));
  };

  let asking = false;
  const refresh = async () => {
    if (asking) return;
    asking = true;
    try {
      const response = await fetch(statusUrl, { credentials: "omit", cache: "no-store" });
      show(response.ok ? await response.json() : null);
    } catch {
      show(null);
    }
    asking = false;
  };

  const host = () => {
    const there = document.getElementById("chatwhizz-widget");
    if (there) return there;
    const made = element(
      "div",
      "position: fixed; z-index: 2147483000; inset-block-end: 16px; inset-inline-end: 16px; display: flex; flex-direction: column; align-items: end; gap: 8px;",
      { id: "chatwhizz-widget" },
    );
    document.body.append(made);
    return made;
  };

  const widget = { statusUrl, refresh };
  shared.widgets.push(widget);
  shared.follow?.(widget);

  const start = async () => {
    await refresh();
    host().append(panel, bubble);
  };
  if (document.body) start();
  else document.addEventListener("DOMContentLoaded", start, { once: true });
})();
