// Takes back what journeys have Firefox prefer, permit and remember.
Services.prefs.setIntPref("layout.css.prefers-color-scheme.content-override", 1);
for (const name of ["ui.prefersReducedMotion", "dom.events.testing.asyncClipboard", "browser.download.dir"]) {
  Services.prefs.clearUserPref(name);
}
Services.perms.removeAll();
Cc["@mozilla.org/widget/clipboardhelper;1"].getService(Ci.nsIClipboardHelper).copyString("nothing");
// The storage of every origin: those of one host share their quota.
return new Promise((done) => Services.clearData.deleteData(Ci.nsIClearDataService.CLEAR_DOM_STORAGES, { onDataDeleted: () => done() }));
