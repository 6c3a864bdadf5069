// Null when the page needs no sideways scrolling and cuts nothing off; else what sticks out, or is cut off.
const outline = (element) => element.outerHTML.slice(0, 200);
const width = document.documentElement.clientWidth;
const content = document.documentElement.scrollWidth;
if (content > width) {
  // What is cut off further out makes nothing wider.
  const isCut = (element) => element !== document.body && (["clip", "hidden", "auto", "scroll"].includes(getComputedStyle(element.parentElement).overflowX) || isCut(element.parentElement));
  const [widest] = [...document.body.querySelectorAll("*")]
    .filter((element) => !isCut(element))
    .map((element) => [element, element.getBoundingClientRect().right])
    .sort(([, one], [, other]) => other - one)[0] ?? [document.body];
  return `${content} px in ${width} px: ${outline(widest)}`;
}
// A field scrolls by itself. What ends in an ellipsis, and what only assistive technology is meant to find, is cut off on purpose.
const cut = [...document.body.querySelectorAll("*")].find((element) => {
  const style = getComputedStyle(element);
  return !element.matches("input, textarea") && ["clip", "hidden"].includes(style.overflowX) && style.textOverflow !== "ellipsis" && style.clipPath === "none" && element.scrollWidth > element.clientWidth + 1;
});
return cut ? `${cut.scrollWidth} px cut off at ${cut.clientWidth} px: ${outline(cut)}` : null;
