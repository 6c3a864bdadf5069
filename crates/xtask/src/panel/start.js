import init, { policy } from "./switchboard.js";
// Until this has run, the page shows the frame of index.html. The style sheet shows a failure there.
init().then(
  // Makes the next start independent of the network. Waits for the loads of this start.
  () => setTimeout(keepFiles, 3000),
  (error) => {
    document.documentElement.dataset.start ??= "failed";
    throw error;
  },
);

function keepFiles() {
  const workers = navigator.serviceWorker;
  // If the page has a worker, the browser itself checks for a newer one. Registering again would bring back a worker that
  // deploy/sw-off.js has just unregistered.
  if (!workers?.controller) workers?.register(policy.createScriptURL("/sw.js")).catch(() => {});
}
