// The slides of the meeting: arrows, page keys and the space bar lead to the next one and back.
(() => {
  "use strict";
  const slides = [...document.querySelectorAll(".slide")];
  const steps = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 };
  const ends = { Home: 0, End: slides.length - 1 };

  const present = () => slides.findIndex((slide) => slide.getBoundingClientRect().bottom > innerHeight / 2);

  document.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    const wanted = step ? present() + step : ends[event.key];
    if (wanted === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === " " && event.target.closest("a, button")) return;
    event.preventDefault();
    const slide = slides[Math.max(0, Math.min(wanted, slides.length - 1))];
    slide.scrollIntoView();
    slide.focus({ preventScroll: true });
  });
})();
