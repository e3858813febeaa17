// Opening a channel is told while the browser goes there, and what came of it is asked on the way back.
(() => {
  "use strict";
  let begun = false;

  document.addEventListener("click", (event) => {
    const url = event.target.closest("[data-start]")?.dataset.start;
    if (!url) return;
    begun = true;
    const headers = JSON.parse(document.body.getAttribute("hx-headers:inherited"));
    fetch(url, { method: "POST", headers, keepalive: true }).catch(() => {}); // without it nothing is lost but a question
  });

  const back = () => {
    if (!begun || document.hidden) return;
    begun = false;
    document.dispatchEvent(new CustomEvent("begun"));
  };
  document.addEventListener("visibilitychange", back);
  addEventListener("focus", back);
})();
