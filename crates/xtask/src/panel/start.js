import init, { policy } from "./switchboard.js";
// Until this has run the page is what index.html holds: a failure must show there, so style sheets can see it.
init().then(
  // The next start needs no network. What this one still loads goes first.
  () => setTimeout(keepFiles, 3000),
  (error) => {
    document.documentElement.dataset.start ??= "failed";
    throw error;
  },
);

function keepFiles() {
  const workers = navigator.serviceWorker;
  // Of a page that has a worker the browser itself looks for a newer one. To register it again would bring back one that
  // deploy/sw-off.js has just unregistered.
  if (!workers?.controller) workers?.register(policy.createScriptURL("/sw.js")).catch(() => {});
}
