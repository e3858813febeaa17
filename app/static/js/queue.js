// The queue: what was logged and who comes next is said to people who listen,
// and the time that is left counts down.
(() => {
  "use strict";
  const minute = 60000;
  const seen = new WeakMap();

  // From what the server said was left: a computer's own clock may be wrong.
  const count = () => document.querySelectorAll("time[data-counts]").forEach((time) => {
    if (!seen.has(time)) seen.set(time, Date.now());
    const left = time.dataset.counts - Math.floor((Date.now() - seen.get(time)) / minute);
    time.textContent = left > 0 ? time.dataset.left.replace("{}", left) : time.dataset.over;
  });

  // Taking away what has the focus makes a browser lay out the old card and the new one together first.
  document.addEventListener("htmx:before:swap", ({ detail: { ctx, tasks } }) => {
    const active = document.activeElement;
    if (ctx?.target?.id === "queue" && tasks[0]?.swapSpec.style === "outerHTML" && active?.closest("#queue")) active.blur();
  });

  document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
    const queue = document.getElementById("queue");
    if (!queue?.dataset.says || ctx?.swap === "none" || !ctx?.text?.includes('id="queue"')) return;
    document.dispatchEvent(new CustomEvent("announce", { detail: { message: queue.dataset.says } }));
    count();
  });
  count();
  setInterval(count, minute / 6);
  if (document.activeElement === document.body) document.querySelector("#queue [data-focus]")?.focus({ preventScroll: true });
})();
