// What of the page's look is known before the program is there, for the first paint: theme, density, and which frame of index.html will
// be the right one; and that the program cannot run or did not come. It reads names and flags, and no token leaves its storage. Storage that is shut, or
// holds something else, tells nothing.
(() => {
  const { dataset } = document.documentElement;
  // A module that only browsers with the program's newest need, reference types, take.
  const module = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 1, 111, 0];
  if (!globalThis.WebAssembly?.validate(new Uint8Array(module))) dataset.start = "outdated";
  // A script that does not arrive cannot say so itself; of the module the script says it.
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
  // The organisation that the address names, as src/route/organisation.rs writes it.
  const named = /^\/([^/]*[.:][^/]*)\//.exec(path)?.[1];
  const opens = () => {
    const end = `//${decodeURIComponent(named).replace(/^https?:/, "").replaceAll("~", "/")}/`;
    return JSON.parse(saved).some(({ open, connection }) => open && connection.baseUrl.endsWith(end));
  };
  const isConnected =
    told(() => "switchboard/1/connection" in sessionStorage) || (named ? told(opens) : saved.includes('"current":true'));
  if (isConnected && !/^\/connect\/?$/.test(path)) dataset.frame = "connected";
  // Another tab may be connected to the organisation that is named: until it has answered, neither frame is the right one.
  else if (isPage && !named) dataset.frame = saved.includes('"current":') ? "saved" : "connect";
})();
