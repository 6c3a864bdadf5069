// Takes back what journeys have Firefox prefer, permit and remember.
Services.prefs.setIntPref("layout.css.prefers-color-scheme.content-override", 1);
for (const name of ["ui.prefersReducedMotion", "dom.events.testing.asyncClipboard", "browser.download.dir"]) {
  Services.prefs.clearUserPref(name);
}
Services.perms.removeAll();
// A panel whose files are taken away would find them there, once its port comes round.
Services.cache2.clear();
