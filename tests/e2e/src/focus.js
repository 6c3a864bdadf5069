// Returns true if the focus is visible, else the focused element. The focus ring may be on an element around the control.
const drawn = (element) => {
  const style = getComputedStyle(element);
  return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
};
const focused = document.activeElement;
const around = getComputedStyle(focused).opacity === "0" ? focused.parentElement : focused;
const box = around.getBoundingClientRect();
const isInSight = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
return (drawn(around) && isInSight) || focused.outerHTML.slice(0, 200);
