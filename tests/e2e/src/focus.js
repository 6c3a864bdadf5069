// Whether it can be seen where the focus is: true, or what has it. A control that is drawn by what is around it may show it there.
const drawn = (element) => {
  const style = getComputedStyle(element);
  return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
};
const focused = document.activeElement;
const around = getComputedStyle(focused).opacity === "0" ? focused.parentElement : focused;
const box = around.getBoundingClientRect();
const isInSight = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
return (drawn(around) && isInSight) || focused.outerHTML.slice(0, 200);
