// The service worker of the panel: a start needs no network once everything was here, and never mixes two versions. docs/deploy.md says
// what that means for whoever serves the panel. Nothing of the API, and nothing that is not in the list below, goes through here.
const VERSION = "VERSION";
// The integrity of this version's page. Any difference makes another version: a style sheet of another name is one as much as a script is.
const PAGE_INTEGRITY = "PAGE_INTEGRITY";
// In the order in which a page needs them.
const FILES = [];

const PREFIX = "switchboard/";
const NAME = PREFIX + VERSION;
const PAGE = "/";
// The first segment names the organisation (src/route.rs), by a host with a dot or a colon.
const ROUTES = /^\/([^/]*[.:][^/]*\/)?(connect|organisation|operators|domains|activity|settings)?(\/|$)/;
const NAMED_BY_CONTENT = /-[0-9a-f]{16}\.\w+$/;

// Whole or not at all: what cannot be had now is tried again at the next start.
addEventListener("install", (event) => event.waitUntil(install()));
// Open pages keep the files that they were made of: those of the version before this one stay.
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
    // First, because a server that changes the page on its way need not send all files for nothing.
    if (!(await ask())) throw new Error("The server has another page than the one of this version.");
    // One after the other: the page may be loading the same files, and goes first.
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

// The page that was kept; behind it the server is asked, so that no version is shown for more than one start after it was replaced.
async function page(event) {
  const kept = await caches.match(PAGE, { cacheName: NAME, ignoreVary: true });
  event.waitUntil(ask().catch(() => {}));
  return kept ?? fetch(event.request);
}

// Keeps the server's page if it is this version's to the byte, and otherwise none: then the next start goes to the server.
async function ask() {
  const response = await fetch(PAGE, { cache: "no-cache", redirect: "error" });
  // A server in trouble says nothing of versions.
  if (!response.ok) return false;
  const cache = await caches.open(NAME);
  // Hashed after decompression, so that it does not matter how the page came.
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
