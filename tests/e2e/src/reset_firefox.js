// Resets the preferences, permissions and data that journeys leave in Firefox.
Services.prefs.setIntPref("layout.css.prefers-color-scheme.content-override", 1);
for (const name of ["ui.prefersReducedMotion", "dom.events.testing.asyncClipboard", "browser.download.dir"]) {
  Services.prefs.clearUserPref(name);
}
Services.perms.removeAll();
Cc["@mozilla.org/widget/clipboardhelper;1"].getService(Ci.nsIClipboardHelper).copyString("nothing");
// The storage of every origin, because the origins of one host share a quota.
return new Promise((done) => Services.clearData.deleteData(Ci.nsIClearDataService.CLEAR_DOM_STORAGES, { onDataDeleted: () => done() }));
