// After a swap: to the first field that is wrong, else to [data-focus] when the person's own control is gone.
(() => {
  "use strict";
  const firstWrong = (root) => root.querySelector('[aria-invalid="true"], fieldset:has(> .error) input');

  const focusOn = (element) => {
    if (!element) return;
    if (element.tabIndex < 0 && !element.hasAttribute("tabindex")) element.tabIndex = -1;
    element.focus({ preventScroll: element.matches("[data-focus]") });
    if (element.matches("[data-focus]")) element.scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("htmx:after:swap", (event) => {
    const { target, response, sourceEvent } = event.detail.ctx ?? {};
    if (sourceEvent?.type === "every") return; // nobody asked for it
    const root = target?.isConnected ? target : document;
    const wrong = response?.status === 422 && firstWrong(root);
    if (wrong) return focusOn(wrong);
    const lost = document.activeElement === document.body || document.activeElement === null;
    if (lost) focusOn(document.querySelector("dialog[open] [data-focus]") ?? document.querySelector("[data-focus]"));
  });

  focusOn(firstWrong(document));
})();
