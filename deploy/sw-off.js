// Unregisters the panel's service worker in every browser that has it. Put this file in place of sw.js; see docs/deploy.md.
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(leave()));

async function leave() {
  const names = (await caches.keys()).filter((name) => name.startsWith("switchboard/"));
  await Promise.all(names.map((name) => caches.delete(name)));
  await registration.unregister();
}
