// Returns true if the focus is visible and nothing covers it, else the focused element. The focus ring may be on an element around
// the control.
const drawn = (element) => {
  const style = getComputedStyle(element);
  return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
};
const focused = document.activeElement;
const around = getComputedStyle(focused).opacity === "0" ? focused.parentElement : focused;
const box = around.getBoundingClientRect();
const isInSight = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
// Between the lines of a wrapped link, the text around it is hit.
const hit = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
const label = focused.closest("label") ?? focused;
const isCovered = hit && ![around, label].some((element) => element.contains(hit) || hit.contains(element));
return (drawn(around) && isInSight && !isCovered) || focused.outerHTML.slice(0, 200);
