// The queue: what was logged and who comes next is said to people who listen,
// and the time that is left counts down.
(() => {
  "use strict";
  const minute = 60000;

  const count = () => document.querySelectorAll("time[data-counts]").forEach((time) => {
    const left = Math.ceil((Date.parse(time.dateTime) - Date.now()) / minute);
    time.textContent = left > 0 ? time.dataset.left.replace("{}", left) : time.dataset.over;
  });

  document.addEventListener("htmx:after:swap", (event) => {
    const queue = document.getElementById("queue");
    if (!queue?.dataset.says || !event.detail.ctx?.text?.includes('id="queue"')) return;
    document.dispatchEvent(new CustomEvent("announce", { detail: { message: queue.dataset.says } }));
    count();
  });
  setInterval(count, minute / 6);
})();
