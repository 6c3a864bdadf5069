// Returns null if the page needs no horizontal scrolling and cuts nothing off, else the overflowing or truncated elements.
const outline = (element) => element.outerHTML.slice(0, 200);
const width = document.documentElement.clientWidth;
const content = document.documentElement.scrollWidth;
if (content > width) {
  // An element that an ancestor clips does not widen the page.
  const isCut = (element) => element !== document.body && (["clip", "hidden", "auto", "scroll"].includes(getComputedStyle(element.parentElement).overflowX) || isCut(element.parentElement));
  const [widest] = [...document.body.querySelectorAll("*")]
    .filter((element) => !isCut(element))
    .map((element) => [element, element.getBoundingClientRect().right])
    .sort(([, one], [, other]) => other - one)[0] ?? [document.body];
  return `${content} px in ${width} px: ${outline(widest)}`;
}
// Excludes fields, which scroll, and text that is clipped on purpose: with an ellipsis, or for assistive technology only.
const cut = [...document.body.querySelectorAll("*")].find((element) => {
  const style = getComputedStyle(element);
  return !element.matches("input, textarea") && ["clip", "hidden"].includes(style.overflowX) && style.textOverflow !== "ellipsis" && style.clipPath === "none" && element.scrollWidth > element.clientWidth + 1;
});
return cut ? `${cut.scrollWidth} px cut off at ${cut.clientWidth} px: ${outline(cut)}` : null;
