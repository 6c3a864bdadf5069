import init from "./switchboard.js";
// Until this has run the page is what index.html holds: a failure must show there, so style sheets can see it.
init().catch((error) => {
  document.documentElement.dataset.start = "failed";
  throw error;
});
