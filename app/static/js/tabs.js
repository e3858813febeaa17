// Where not all tabs fit beside each other, the one on which somebody is stands in sight.
(() => {
  "use strict";
  const show = () => {
    for (const here of document.querySelectorAll(".tabs [aria-current]")) {
      const row = here.closest("ul");
      const [tab, all] = [here.getBoundingClientRect(), row.getBoundingClientRect()];
      row.scrollBy({ left: tab.left + tab.width / 2 - all.left - all.width / 2, behavior: "instant" });
    }
  };
  document.addEventListener("htmx:after:swap", show);
  show();
})();
