// Reports errors to the journey, in browsers whose driver does not: uncaught errors, and those in the console.
// The harness inserts it before everything else on the page; COLLECTOR is the address of the server that collects them.
(() => {
  const { fetch, console, Promise, String } = window;
  const waiting = [];
  let isBeingLeft = false;
  window.addEventListener("beforeunload", () => (isBeingLeft = true));
  // These browsers report aborted requests to a page that is being unloaded; in Chromium the page is gone before.
  const brokenOff = /^(TypeError: (NetworkError when attempting|Load failed)|AbortError: The operation was aborted)/;
  const weigh = (level, text) => (isBeingLeft && brokenOff.test(text) ? "left" : level);
  const tell = (level, text) => {
    const body = JSON.stringify({ origin: location.origin, level, text });
    // Only a caller that flushes the reports waits for the answers.
    waiting.push(fetch.call(window, "COLLECTOR", { method: "POST", mode: "no-cors", keepalive: body.length < 50_000, body }).catch(() => {}));
  };
  const told = (what) => {
    if (what instanceof Error) return `${what}\n${what.stack}`;
    return typeof what === "object" ? JSON.stringify(what) : String(what);
  };
  for (const level of ["debug", "log", "info", "warn", "error"]) {
    const say = console[level];
    console[level] = (...words) => {
      const text = words.map(told).join(" ");
      tell(weigh(level, text), text);
      say.apply(console, words);
    };
  }
  window.addEventListener("error", (event) => event.message && tell("error", `${event.message} ${told(event.error)}`));
  window.addEventListener("unhandledrejection", (event) => {
    const text = told(event.reason);
    tell(weigh("error", text), `not caught: ${text}`);
  });
  document.addEventListener("securitypolicyviolation", (event) =>
    tell("error", `forbidden by ${event.violatedDirective}: ${event.blockedURI}`));
  Object.defineProperty(window, Symbol.for("everything was told"), { value: () => Promise.all(waiting).then(() => true) });
})();
