export const byId = (id) => document.getElementById(id);

/** An element with properties and children; strings become text, never markup. */
export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** Runs the task once in the next frame, however often it is asked for. */
export function eachFrame(task) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      task();
    });
  };
}

/** Colours a change and lets its background flash for a moment. */
export function flash(target, change) {
  const rises = change >= 0;
  target.classList.toggle("rise", rises);
  target.classList.toggle("fall", !rises);
  target.classList.remove("flash-rise", "flash-fall");
  void target.offsetWidth; // restarts the animation
  target.classList.add(rises ? "flash-rise" : "flash-fall");
}

export const clock = (time) => new Date(time).toLocaleTimeString(undefined, { hour12: false });
