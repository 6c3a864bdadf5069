// The script that the embed code `socketLink` loads. It keeps the bubbles of widget.js up to date while their page is visible.
// It may be loaded before widget.js, after it, or twice.
(() => {
  "use strict";

  const EVERY = 2000; // milliseconds

  const shared = (window.chatwhizz ??= { widgets: [], follow: null });
  if (shared.follow) return;
  shared.follow = (widget) => {
    setInterval(() => {
      if (!document.hidden) widget.refresh();
    }, EVERY);
  };
  shared.widgets.forEach(shared.follow);
})();
