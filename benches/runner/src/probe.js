// The probe that measures the page. It is installed in every document before any of its scripts, and renders and changes nothing.
//
// "Painted" is the time of the task after the frame that shows a change. A frame runs the callbacks of requestAnimationFrame, then
// style, layout and paint on the main thread. A message that is sent in such a callback arrives right after them.
(() => {
  if (window !== window.top) return;
  const bench = {};
  Object.defineProperty(window, "__bench", { value: bench });

  const painted = (then) =>
    requestAnimationFrame(() => {
      const frame = performance.now();
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => then({ frame, painted: performance.now() });
      port2.postMessage(null);
    });
  bench.nextPaint = () => new Promise(painted);

  // Signs: conditions on the document, and when each first held.
  const signs = new Map();
  const look = () => {
    for (const sign of signs.values()) {
      if (!sign.seen && sign.holds()) {
        sign.seen = performance.now();
        painted((when) => sign.resolve({ seen: sign.seen, ...when }));
      }
    }
  };
  /** Resolves with the time when `holds` first returned true. */
  bench.sign = (name, holds) => {
    const sign = { holds, seen: 0 };
    sign.promise = new Promise((resolve) => (sign.resolve = resolve));
    signs.set(name, sign);
    if (document.documentElement) look();
    return sign.promise;
  };
  bench.when = (name) => signs.get(name).promise;
  bench.rows = () => document.querySelectorAll("tbody tr").length;
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });

  // Actions: from an event to the last change that it causes on the screen.
  const QUIET = 250;
  const NOTHING = 20_000;
  /**
   * Measures the next event of this type: when it happened (`at`), when the page's listeners started (`start`), when it last changed the
   * document (`changed`), and the frame that showed that (`frame` to `painted`). The action ends once nothing has changed for a while;
   * with `holds`, once that returns true.
   */
  bench.act = (type, holds) => {
    bench.acting = new Promise((resolve) => {
      const heard = (event) => {
        const result = { at: event.timeStamp, start: performance.now() };
        let [timer, open] = [0, true];
        const finish = () => {
          open = false;
          watcher.disconnect();
          resolve(result);
        };
        const changed = () => {
          if (!open) return;
          result.changed = performance.now();
          clearTimeout(timer);
          const done = !holds || holds();
          if (holds && done) watcher.disconnect();
          painted((when) => {
            if (!done) return;
            Object.assign(result, when);
            clearTimeout(timer);
            timer = setTimeout(finish, holds ? 0 : QUIET);
          });
        };
        const watcher = new MutationObserver(changed);
        watcher.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
        timer = setTimeout(finish, NOTHING);
      };
      addEventListener(type, heard, { capture: true, once: true });
    });
  };
  /** Returns the point at which to press an element. */
  bench.point = (selector) => {
    const element = document.querySelector(selector);
    element.scrollIntoView({ block: "nearest" });
    const box = element.getBoundingClientRect();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };

  // Frames during scrolling: the time between two.
  bench.startFrames = () => {
    bench.frames = [];
    let last = 0;
    const tick = (now) => {
      if (last) bench.frames.push(now - last);
      last = now;
      bench.ticking = requestAnimationFrame(tick);
    };
    bench.ticking = requestAnimationFrame(tick);
  };
  bench.stopFrames = () => {
    cancelAnimationFrame(bench.ticking);
    return bench.frames;
  };

  // Long tasks (over 50 ms), and layout shifts.
  bench.tasks = [];
  bench.shifts = [];
  const observe = (type, take) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  observe("longtask", ({ startTime, duration }) => bench.tasks.push({ startTime, duration }));
  observe("layout-shift", ({ startTime, value, hadRecentInput }) => bench.shifts.push({ startTime, value, hadRecentInput }));

  // The memory of WebAssembly is accessible only where the instance is created.
  bench.memories = new Set();
  const note = (instance) => {
    for (const value of Object.values(instance.exports)) if (value instanceof WebAssembly.Memory) bench.memories.add(value);
  };
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const result = await original.apply(WebAssembly, given);
      note(result.instance ?? result);
      return result;
    };
  }
  bench.wasmBytes = () => [...bench.memories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0);
})();
