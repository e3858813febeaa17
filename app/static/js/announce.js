// Says a sentence to people who listen: the event `announce` with {message} fills the polite live region.
(() => {
  "use strict";
  document.addEventListener("announce", (event) => {
    const region = document.getElementById("announcer");
    const message = event.detail?.message ?? event.detail?.value;
    if (!region || !message) return;
    region.textContent = "";
    setTimeout(() => { region.textContent = message; }, 50); // the same sentence twice is spoken twice
  });
})();
