// When the server cannot be reached or fails: one clear sentence; the page and what was typed stay as they were.
(() => {
  "use strict";
  const region = document.getElementById("toasts");
  let told = 0;

  const ticking = (context) => context?.sourceEvent?.type === "every";
  const tell = (key, context) => {
    document.documentElement.dataset.connection = "lost";
    if (!region || ticking(context) || Date.now() - told < 3000) return;
    told = Date.now();
    document.dispatchEvent(new CustomEvent("toast", { detail: { message: region.dataset[key], kind: "error" } }));
  };

  document.addEventListener("htmx:error", (event) => {
    if (event.detail.ctx?.request && !event.detail.ctx.response) tell("offline", event.detail.ctx);
  });
  document.addEventListener("htmx:response:error", (event) => {
    const status = event.detail.ctx.response.status;
    if (status >= 500) tell(status === 503 ? "busy" : "failed", event.detail.ctx);
  });
  document.addEventListener("htmx:before:response", (event) => {
    if (event.detail.ctx.response.status < 500) delete document.documentElement.dataset.connection;
  });
})();
