// Null when the page needs no sideways scrolling; else how far it sticks out, and what sticks out furthest.
const width = document.documentElement.clientWidth;
const content = document.documentElement.scrollWidth;
if (content <= width) return null;
const [widest] = [...document.body.querySelectorAll("*")]
  .map((element) => [element, element.getBoundingClientRect().right])
  .sort(([, one], [, other]) => other - one)[0] ?? [document.body];
return `${content} px in ${width} px: ${widest.outerHTML.slice(0, 200)}`;
