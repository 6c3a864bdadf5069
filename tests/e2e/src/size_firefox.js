// Gives the page the requested size, whatever the window's size.
const [width, height] = arguments;
const { style } = gBrowser.selectedBrowser;
for (const [side, pixels] of [["width", width], ["height", height]]) {
  for (const name of [side, `min-${side}`, `max-${side}`]) style.setProperty(name, `${pixels}px`);
}
