// data-copy="text" or data-copy-from="#field" puts text on the clipboard; data-copied is what is said afterwards.
(() => {
  "use strict";
  const copyOldWay = (text) => {
    const holder = document.createElement("textarea");
    holder.value = text;
    document.body.append(holder);
    holder.select();
    document.execCommand("copy"); // plain http on an office network has no clipboard interface
    holder.remove();
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-copy], [data-copy-from]");
    if (!button) return;
    const source = button.dataset.copyFrom && document.querySelector(button.dataset.copyFrom);
    const text = source ? (source.value ?? source.textContent) : button.dataset.copy;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      copyOldWay(text);
    }
    button.focus();
    document.dispatchEvent(new CustomEvent("toast", { detail: { message: button.dataset.copied } }));
  });
})();
