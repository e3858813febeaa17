// Choosing among many people: a search opens the teams with somebody in them, and a whole team ticks its people.
(() => {
  "use strict";
  const list = document.querySelector("[data-choose]");
  const field = list?.querySelector("input[type=search]");
  if (!field) return;
  field.closest("[hidden]").hidden = false;

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const teams = [...list.querySelectorAll("details")].map((team) => {
    const [whole, ...people] = team.querySelectorAll("input");
    return { team, whole, people, count: team.querySelector("[data-chosen]"), was: team.open };
  });

  const narrow = () => {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    const fits = (text) => words.every((word) => plain(text).includes(word));
    teams.forEach(({ team, people, was }) => {
      const all = fits(team.querySelector("legend").textContent);
      const shown = people.filter((person) => {
        person.parentElement.hidden = !all && !fits(person.parentElement.textContent);
        return !person.parentElement.hidden;
      });
      team.hidden = !shown.length;
      team.open = words.length ? true : was;
    });
  };

  const counted = ({ whole, people, count }) => {
    const chosen = people.filter((person) => person.checked).length;
    whole.checked = chosen === people.length;
    count.textContent = count.dataset.chosen.replace("{}", chosen);
  };

  teams.forEach(counted);
  field.addEventListener("input", narrow);
  field.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  list.addEventListener("change", ({ target }) => {
    const own = teams.find(({ team }) => team.contains(target));
    if (!own) return;
    if (target === own.whole) own.people.forEach((person) => { person.checked = target.checked; });
    own.was = own.team.open;
    counted(own);
  });
})();
