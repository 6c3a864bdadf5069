// Has the browser paint the page again and again, the same each time, until it is told to let it rest.
const { style } = document.body;
let turn = 0;
let frame = 0;
const paint = () => {
  // There is no picture that it would move.
  style.backgroundPositionX = `${(turn += 1) % 2}px`;
  frame = requestAnimationFrame(paint);
};
paint();
window[Symbol.for("restless")] = () => {
  cancelAnimationFrame(frame);
  style.removeProperty("background-position-x");
};
