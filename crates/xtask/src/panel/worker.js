// The service worker of the panel. Once it has cached all files, a start needs no network, and never mixes two versions. docs/deploy.md
// says what a server of the panel has to do. API calls, and files that are not in the list below, bypass the worker.
const VERSION = "VERSION";
// The integrity of this version's page. Any difference makes another version, including a style sheet or script of another name.
const PAGE_INTEGRITY = "PAGE_INTEGRITY";
// The files, in the order in which a page needs them.
const FILES = [];

const PREFIX = "switchboard/";
const NAME = PREFIX + VERSION;
const PAGE = "/";
// The first segment names the organisation (src/route.rs), by a host with a dot or a colon.
const ROUTES = /^\/([^/]*[.:][^/]*\/)?(connect|organisation|operators|domains|activity|settings)?(\/|$)/;
const NAMED_BY_CONTENT = /-[0-9a-f]{16}\.\w+$/;

// Caches all files or none. If one is unavailable, the next start tries again.
addEventListener("install", (event) => event.waitUntil(install()));
// Keeps the cache of the previous version, because open pages may still need its files.
addEventListener("activate", (event) => event.waitUntil(tidy()));
addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  if (mode === "navigate" && ROUTES.test(pathname)) event.respondWith(page(event));
  if (mode !== "navigate" && NAMED_BY_CONTENT.test(pathname)) event.respondWith(file(event.request));
});

async function install() {
  const cache = await caches.open(NAME);
  try {
    // First, because a server that modifies the page makes all other downloads useless.
    if (!(await ask())) throw new Error("The server has another page than the one of this version.");
    // One after the other, because the page may be loading the same files and takes precedence.
    for (const [path, integrity] of FILES) {
      const response = await fetch(path, { integrity });
      if (!response.ok) throw new Error(`${path} is not there.`);
      await cache.put(path, response);
    }
  } catch (error) {
    await caches.delete(NAME);
    throw error;
  }
  await skipWaiting();
}

async function tidy() {
  const others = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== NAME);
  await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
}

// Returns the cached page, and checks the server in the background, so that a replaced version is shown for at most one more start.
async function page(event) {
  const kept = await caches.match(PAGE, { cacheName: NAME, ignoreVary: true });
  event.waitUntil(ask().catch(() => {}));
  return kept ?? fetch(event.request);
}

// Caches the server's page if it is identical to this version's. Otherwise removes the cached page, so that the next start uses the server.
async function ask() {
  const response = await fetch(PAGE, { cache: "no-cache", redirect: "error" });
  // An error of the server says nothing about versions.
  if (!response.ok) return false;
  const cache = await caches.open(NAME);
  // Hashed after decompression, so that the content encoding does not matter.
  const isThis = (await integrityOf(await response.clone().arrayBuffer())) === PAGE_INTEGRITY;
  await (isThis ? cache.put(PAGE, response) : cache.delete(PAGE));
  return isThis;
}

async function integrityOf(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-384", bytes));
  return `sha384-${btoa(String.fromCharCode(...hash))}`;
}

async function file(request) {
  for (const name of [NAME, ...(await caches.keys())]) {
    const kept = name.startsWith(PREFIX) && (await caches.match(request.url, { cacheName: name, ignoreVary: true }));
    if (kept) return kept;
  }
  return fetch(request);
}
