// Polls until the result fits, for at most `limit` milliseconds: after each change of the document, and periodically for other changes.
// Returns the last result. wait.rs inserts `look` and `fits` before this text.
// Arguments: the limit, then what `look` takes.
const [limit, ...given] = arguments;
const deadline = performance.now() + limit;
const change = () => new Promise((done) => {
  let timer;
  const end = () => {
    observer.disconnect();
    done();
  };
  // Changes come in bursts.
  const observer = new MutationObserver(() => {
    observer.disconnect();
    clearTimeout(timer);
    setTimeout(done, 15);
  });
  observer.observe(document, { attributes: true, characterData: true, childList: true, subtree: true });
  timer = setTimeout(end, 120);
});
return (async () => {
  for (;;) {
    const seen = await look(...given);
    if (fits(seen) || performance.now() >= deadline) return seen;
    await change();
  }
})();
