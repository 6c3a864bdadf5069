// Whether the page is drawn in the scheme that was asked for, down to its last part, and knows that nothing is to move.
const [name] = arguments;
const probe = document.createElement("i");
probe.style.cssText = "color-scheme: light dark; color: light-dark(rgb(1, 1, 1), rgb(2, 2, 2))";
document.documentElement.append(probe);
const colour = getComputedStyle(probe).color;
probe.remove();
// One that has come to its end and holds what it drew is at rest.
const moving = document.getAnimations().filter((animation) => animation.playState !== "finished");
const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
return isStill && colour === (name === "dark" ? "rgb(2, 2, 2)" : "rgb(1, 1, 1)") && moving.length === 0;
