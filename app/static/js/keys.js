// Every key is written on the control it presses: data-key="1", data-key="/", data-key="g v".
(() => {
  "use strict";
  const patience = 1200;
  let first = "";
  let waiting = 0;

  const typing = (element) => element.isContentEditable
    || element.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])");

  // While the focus is in a group with keys of its own, digits mean its answers; else they never do.
  const meant = (element, keys) => {
    const near = /^\d$/.test(keys) ? document.activeElement?.closest("[data-own-keys]") : null;
    return (element.parentElement?.closest("[data-own-keys]") ?? null) === (near ?? null);
  };

  const control = (keys) => {
    const scope = [...document.querySelectorAll("dialog[open]")].pop() ?? document;
    const usable = [...scope.querySelectorAll(`[data-key="${CSS.escape(keys)}"]`)]
      .filter((element) => meant(element, keys))
      .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.disabled);
    return usable.find((element) => !element.closest(".sidebar")) ?? usable[0];
  };

  const press = (element) => {
    const taking = "input:not([type=radio], [type=checkbox]), textarea, select, [data-own-keys]";
    if (element.matches(taking)) return element.focus();
    element.click();
    if (element.parentElement?.matches("details[open]")) element.parentElement.querySelector("textarea")?.focus();
  };

  const forget = () => { first = ""; };

  const open = (id) => {
    if (!document.querySelector("dialog[open]")) document.getElementById(id)?.showModal();
  };

  document.addEventListener("keydown", (event) => {
    if (document.body.dataset.keys === "off" || event.defaultPrevented || event.isComposing) return;
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      return open("palette");
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1 || typing(event.target)) return;
    if (event.repeat) return; // a key held down logs once
    const keys = first ? `${first} ${event.key}` : event.key;
    const found = control(keys) ?? (first ? control(event.key) : undefined);
    forget();
    clearTimeout(waiting);
    if (found) {
      event.preventDefault();
      press(found);
    } else if (event.key === "?") {
      open("keys");
    } else if (event.key === "g") {
      first = "g";
      waiting = setTimeout(forget, patience);
    }
  });
})();
