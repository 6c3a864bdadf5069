import init, { policy } from "./switchboard.js";
// Until this has run the page is what index.html holds: a failure must show there, so style sheets can see it.
init().then(
  // The next start needs no network. What this one still loads goes first.
  () => setTimeout(() => navigator.serviceWorker?.register(policy.createScriptURL("/sw.js")).catch(() => {}), 3000),
  (error) => {
    document.documentElement.dataset.start ??= "failed";
    throw error;
  },
);
