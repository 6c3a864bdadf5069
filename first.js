// Sets what is known about the page's look before the program has loaded, for the first paint: theme, density, and the frame of
// index.html. Also reports that the program cannot run or has not loaded. Reads only names and flags from the storage, never a token.
// Ignores a storage that is blocked or has another format. Works around a fault of WebKit, too.
(() => {
  const { dataset } = document.documentElement;
  // A module that uses reference types, the newest feature that the program needs.
  const module = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 1, 111, 0];
  if (!globalThis.WebAssembly?.validate(new Uint8Array(module))) dataset.start = "outdated";
  // A script that fails to load cannot report that itself. The script reports a failure of the module.
  addEventListener("error", ({ target }) => target instanceof HTMLScriptElement && (dataset.start ??= "failed"), true);
  const told = (ask) => {
    try {
      return ask();
    } catch {}
  };
  const kept = told(() => JSON.parse(localStorage.getItem("switchboard/1/preferences"))) ?? {};
  if (["light", "dark"].includes(kept.theme)) dataset.theme = kept.theme;
  if (kept.density === "compact") dataset.density = kept.density;

  const saved = told(() => localStorage.getItem("switchboard/1/connections")) ?? "";
  const path = location.pathname;
  const isPage = /^\/([^/]*[.:][^/]*\/)?(connect|organisation|operators|domains|activity|settings)?(\/|$)/.test(path);
  // The organisation in the address, in the form of src/route/organisation_segment.rs.
  const named = /^\/([^/]*[.:][^/]*)\//.exec(path)?.[1];
  const opens = () => {
    const end = `//${decodeURIComponent(named).replace(/^https?:/, "").replaceAll("~", "/")}/`;
    return JSON.parse(saved).some(({ open, connection }) => open && connection.baseUrl.endsWith(end));
  };
  const isConnected =
    told(() => "switchboard/1/connection" in sessionStorage) || (named ? told(opens) : saved.includes('"current":true'));
  if (isConnected && !/^\/connect\/?$/.test(path)) dataset.frame = "connected";
  // Another tab may be connected to this organisation: until it has answered, neither frame is right.
  else if (isPage && !named) dataset.frame = saved.includes('"current":') ? "saved" : "connect";

  // WebKit keeps the media queries of the old size until the next layout of the whole page, if the page has container queries
  // and viewport units: https://bugs.webkit.org/show_bug.cgi?id=310086. So every change of size ends with such a layout.
  const root = document.documentElement;
  addEventListener("resize", () => {
    for (const padding of ["", "1px", ""]) {
      root.style.paddingBottom = padding;
      root.getBoundingClientRect();
    }
  });
})();
