// What of the page's look is known before the program is there, for the first paint: theme, density, and which frame of index.html will
// be the right one; and that the program did not come. It reads names and flags, and no token leaves its storage. Storage that is shut, or
// holds something else, tells nothing.
(() => {
  const { dataset } = document.documentElement;
  // A script that does not arrive cannot say so itself; of the module the script says it.
  addEventListener("error", ({ target }) => target instanceof HTMLScriptElement && (dataset.start = "failed"), true);
  const told = (ask) => {
    try {
      return ask();
    } catch {}
  };
  const kept = told(() => JSON.parse(localStorage.getItem("switchboard/1/preferences"))) ?? {};
  if (["light", "dark"].includes(kept.theme)) dataset.theme = kept.theme;
  if (kept.density === "compact") dataset.density = kept.density;

  const saved = told(() => localStorage.getItem("switchboard/1/connections")) ?? "";
  const isConnected = told(() => "switchboard/1/connection" in sessionStorage) || saved.includes('"current":true');
  const path = location.pathname;
  const isPage = /^\/(connect|organisation|operators|domains|activity|settings)?(\/|$)/.test(path);
  if (isConnected && !/^\/connect\/?$/.test(path)) dataset.frame = "connected";
  else if (isPage) dataset.frame = saved.includes('"current":') ? "saved" : "connect";
})();
