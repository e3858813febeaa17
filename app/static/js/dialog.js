// Dialogs: data-opens="id" opens, data-close closes; a part that is swapped into a closed sheet opens it.
(() => {
  "use strict";
  const closest = (event, selector) => event.target.closest?.(selector);

  document.addEventListener("click", (event) => {
    const opener = closest(event, "[data-opens]");
    const dialog = opener && document.getElementById(opener.dataset.opens);
    if (dialog) {
      event.preventDefault();
      if (!dialog.open) dialog.showModal();
      return;
    }
    if (closest(event, "[data-close]")) return closest(event, "dialog")?.close();
    if (event.target.matches?.("dialog[open]")) return event.target.close(); // the shade around it
    document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
      if (!menu.contains(event.target) && matchMedia("(width < 60rem)").matches) menu.open = false;
    });
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !event.target.matches("dialog input[type=search]")) return;
    event.preventDefault(); // else the first Escape only empties the field
    event.target.closest("dialog").close();
  });

  document.addEventListener("htmx:after:swap", (event) => {
    const sheet = event.detail.ctx?.target?.closest?.("dialog[data-sheet]");
    if (!sheet || sheet.open || !sheet.querySelector("[data-sheet-content] *")) return;
    sheet.showModal();
    sheet.querySelector("[autofocus]")?.focus();
  });
  document.addEventListener("sheet:close", () => document.querySelector("dialog[data-sheet][open]")?.close());

  // An emptied sheet leaves no second copy of an id on the page.
  document.querySelectorAll("dialog[data-sheet]").forEach((sheet) => sheet.addEventListener("close", () => {
    sheet.querySelector("[data-sheet-content]").replaceChildren();
  }));
})();
