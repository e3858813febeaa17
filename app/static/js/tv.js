// The screen on the wall: turns its slides, celebrates, says how old it is, and goes on when the server was away.
(() => {
  "use strict";
  const tv = document.getElementById("tv");
  const age = document.getElementById("age");
  const pause = document.getElementById("pause");
  const cheer = document.getElementById("cheer");
  const minute = 60000;
  const old = 5 * minute;
  const shownFor = 7000;

  // Slides.
  let slide = 0;
  let since = Date.now();
  const dots = document.getElementById("dots");
  const shown = () => document.querySelectorAll(".slide").length; // one more while a competition runs
  const go = (steps) => {
    const slides = shown();
    slide = (slide + steps + slides) % slides;
    if (dots.childElementCount !== slides) dots.replaceChildren(...Array.from({ length: slides }, () => document.createElement("i")));
    since = Date.now();
    tv.dataset.slide = slide;
  };
  const paused = () => pause.getAttribute("aria-pressed") === "true";
  const press = () => {
    pause.setAttribute("aria-pressed", !paused());
    since = Date.now();
  };
  pause.addEventListener("click", press);
  document.addEventListener("keydown", (event) => {
    if (event.key === "ArrowRight") go(1);
    if (event.key === "ArrowLeft") go(-1);
    if (event.key !== " ") return;
    event.preventDefault();
    press();
  });
  document.addEventListener("keyup", (event) => { if (event.key === " ") event.preventDefault(); }); // no second press
  go(0);

  // Age: of the last answer of the server, changed or not.
  let fresh = Date.now();
  const words = () => {
    const minutes = Math.floor((Date.now() - fresh) / minute);
    if (minutes < 1) return age.dataset.now;
    if (minutes === 1) return age.dataset.minute;
    if (minutes < 120) return age.dataset.minutes.replace("{}", minutes);
    return age.dataset.hours.replace("{}", Math.floor(minutes / 60));
  };
  const tell = () => {
    const lost = Date.now() - fresh >= old;
    age.textContent = lost ? `${age.dataset.lost} · ${words()}` : words();
    tv.toggleAttribute("data-old", lost);
  };
  document.addEventListener("htmx:before:response", (event) => {
    const status = event.detail.ctx.response.status;
    if (status === 404) location.reload(); // revoked: the page says so
    if (status >= 400) return;
    fresh = Date.now();
    tell();
  });

  // Celebrations: what was there when the screen went on is over; then one a minute, together when there are more.
  const items = () => [...document.querySelectorAll("#cheers li")];
  const number = (item) => Number(item.dataset.item);
  let newest = Math.max(0, ...items().map(number));
  let waiting = [];
  let last = -Infinity;

  const line = (name, text) => {
    const element = document.createElement(name);
    element.textContent = text;
    return element;
  };
  const sing = () => {
    const context = new AudioContext();
    [523, 659, 784].forEach((pitch, place) => {
      const tone = context.createOscillator();
      const volume = context.createGain();
      const at = context.currentTime + place * 0.14;
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0.12, at);
      volume.gain.exponentialRampToValueAtTime(0.001, at + 0.4);
      tone.connect(volume).connect(context.destination);
      tone.start(at);
      tone.stop(at + 0.4);
    });
    setTimeout(() => context.close(), 2000);
  };
  const celebrate = () => {
    const told = waiting;
    waiting = [];
    last = Date.now();
    const icon = document.getElementById("party").content.cloneNode(true);
    const text = told.length > 1 ? tv.dataset.feast.replace("{}", told.length) : told[0];
    cheer.replaceChildren(icon, line("p", text));
    if (told.length > 1) {
      const list = document.createElement("ul");
      list.append(...told.slice(-3).map((each) => line("li", each)));
      cheer.append(list);
    }
    cheer.hidden = false;
    if (tv.dataset.sound === "on") sing();
    setTimeout(() => { cheer.hidden = true; }, shownFor);
  };
  document.addEventListener("htmx:after:swap", () => {
    const fresher = items().filter((item) => number(item) > newest);
    newest = Math.max(newest, ...fresher.map(number));
    waiting.push(...fresher.map((item) => item.textContent));
    if (slide >= shown()) go(-slide); // the competition that was shown is over
    const wall = document.getElementById("wall");
    if (wall.dataset.version !== tv.dataset.version) location.reload(); // a newer Fanfare runs
  });

  setInterval(() => {
    tell();
    if (waiting.length && Date.now() - last >= minute) celebrate();
    if (!paused() && cheer.hidden && Date.now() - since >= tv.dataset.seconds * 1000) go(1);
  }, 250);
})();
