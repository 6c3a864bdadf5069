// Presses the reload button and waits for the page. The driver's own reload would bypass the service worker and all caches.
const { STATE_START, STATE_STOP, STATE_IS_WINDOW } = Ci.nsIWebProgressListener;
const browser = gBrowser.selectedBrowser;
return new Promise((done) => {
  let hasBegun = false;
  const listener = {
    onStateChange(where, progress, request, state) {
      if (where !== browser || !progress.isTopLevel || !(state & STATE_IS_WINDOW)) return;
      if (state & STATE_START) hasBegun = true;
      if (!hasBegun || !(state & STATE_STOP)) return;
      gBrowser.removeTabsProgressListener(listener);
      done();
    },
  };
  gBrowser.addTabsProgressListener(listener);
  browser.reload();
});
