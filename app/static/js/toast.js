// Toasts leave by themselves after ten seconds, but not while a pointer or the keyboard is with them.
(() => {
  "use strict";
  const stay = 10000;
  const region = document.getElementById("toasts");
  if (!region) return;

  const held = (toast) => toast.matches(":hover") || toast.contains(document.activeElement);
  const leave = (toast) => (held(toast) ? setTimeout(leave, 1000, toast) : toast.remove());
  const start = (toast) => {
    if (toast.dataset.timed !== undefined) return;
    toast.dataset.timed = "";
    if (!toast.matches(".error")) setTimeout(leave, stay, toast);
  };
  const startAll = () => region.querySelectorAll(".toast").forEach(start);

  region.addEventListener("click", (event) => event.target.closest("[data-dismiss]")?.closest(".toast").remove());
  new MutationObserver(startAll).observe(region, { childList: true });
  startAll();

  // {message, kind} shows one; a region without a template has nothing to show it in.
  document.addEventListener("toast", (event) => {
    const toast = document.getElementById("toast-template")?.content.firstElementChild.cloneNode(true);
    if (!toast) return;
    if (event.detail.kind) toast.classList.add(event.detail.kind);
    toast.querySelector(".text").textContent = event.detail.message;
    region.prepend(toast);
  });
})();
