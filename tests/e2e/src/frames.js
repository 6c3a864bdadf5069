// Returns once the browser has drawn the page twice, also an unchanged page: before that, a new size is no event yet.
const { style } = document.body;
let left = 2;
return new Promise((done) => {
  const paint = () => {
    if (left === 0) {
      style.removeProperty("background-position-x");
      return done(true);
    }
    // Has no visible effect.
    style.backgroundPositionX = `${left}px`;
    left -= 1;
    requestAnimationFrame(paint);
  };
  paint();
});
