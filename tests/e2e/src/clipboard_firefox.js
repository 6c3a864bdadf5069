// Returns the text on the clipboard.
const transferable = Cc["@mozilla.org/widget/transferable;1"].createInstance(Ci.nsITransferable);
transferable.init(null);
transferable.addDataFlavor("text/plain");
Services.clipboard.getData(transferable, Services.clipboard.kGlobalClipboard);
const found = {};
transferable.getTransferData("text/plain", found);
return found.value.QueryInterface(Ci.nsISupportsString).data;
