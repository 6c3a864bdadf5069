// Makes the browser repaint the unchanged page until it is stopped.
const { style } = document.body;
let turn = 0;
let frame = 0;
const paint = () => {
  // Has no visible effect.
  style.backgroundPositionX = `${(turn += 1) % 2}px`;
  frame = requestAnimationFrame(paint);
};
paint();
window[Symbol.for("restless")] = () => {
  cancelAnimationFrame(frame);
  style.removeProperty("background-position-x");
};
