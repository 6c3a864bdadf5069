// Returns whether the whole page is rendered in the requested colour scheme, and has animations disabled.
const [name] = arguments;
const probe = document.createElement("i");
probe.style.cssText = "color-scheme: light dark; color: light-dark(rgb(1, 1, 1), rgb(2, 2, 2))";
document.documentElement.append(probe);
const colour = getComputedStyle(probe).color;
probe.remove();
// A finished animation that keeps its last frame counts as ended.
const moving = document.getAnimations().filter((animation) => animation.playState !== "finished");
const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
return isStill && colour === (name === "dark" ? "rgb(2, 2, 2)" : "rgb(1, 1, 1)") && moving.length === 0;
