// Starts the program as Trunk builds it. `cargo xtask` bundles crates/xtask/src/panel/start.js instead.
import init from "./switchboard.js";
import { rules } from "./markup.js";

globalThis.trustedTypes?.createPolicy("default", rules);
init({ module_or_path: new URL("switchboard_bg.wasm", import.meta.url) }).catch((error) => {
  document.documentElement.dataset.start ??= "failed";
  throw error;
});
