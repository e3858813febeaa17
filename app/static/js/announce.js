// Says a sentence to people who listen: the event `announce` with {message} fills the polite live region;
// with {after} it comes behind what was said last, which may still be spoken.
(() => {
  "use strict";
  let last = "";

  document.addEventListener("announce", (event) => {
    const region = document.getElementById("announcer");
    const message = event.detail?.message ?? event.detail?.value;
    if (!region || !message) return;
    last = event.detail.after ? `${last} ${message}`.trim() : message;
    region.textContent = "";
    setTimeout(() => { region.textContent = last; }, 50); // the same sentence twice is spoken twice
  });
})();
