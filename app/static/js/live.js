// Parts that refresh themselves rest while nobody looks, and catch up when somebody does.
(() => {
  "use strict";
  if (matchMedia("(prefers-reduced-motion)").matches) document.startViewTransition = null; // rows move at once
  document.addEventListener("htmx:before:request", (event) => {
    if (document.hidden && event.detail.ctx.sourceEvent?.type === "every") event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    document.querySelectorAll('[hx-trigger*="every "]').forEach((part) => htmx.trigger(part, "every", {}, false));
  });
})();
