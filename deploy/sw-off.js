// Turns the panel's service worker off in every browser that has it: put this file in place of sw.js. docs/deploy.md tells more.
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(leave()));

async function leave() {
  const names = (await caches.keys()).filter((name) => name.startsWith("switchboard/"));
  await Promise.all(names.map((name) => caches.delete(name)));
  await registration.unregister();
}
