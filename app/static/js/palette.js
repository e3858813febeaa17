// The palette narrows its links while one types; arrows move, Enter goes.
(() => {
  "use strict";
  const palette = document.getElementById("palette");
  const field = palette?.querySelector("input");
  if (!field) return;

  const links = [...palette.querySelectorAll(".palette-list a")];
  const search = palette.querySelector("[data-search]"); // looks for a candidate, whatever was typed
  const searchPage = search?.getAttribute("href");
  const shown = () => links.filter((link) => !link.parentElement.hidden);
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  const activate = (link) => {
    links.forEach((each) => each.classList.toggle("active", each === link));
    link?.scrollIntoView({ block: "nearest" });
  };

  const narrow = () => {
    const words = plain(field.value).split(/\s+/);
    links.forEach((link) => {
      link.parentElement.hidden = link !== search && !words.every((word) => plain(link.textContent).includes(word));
    });
    if (search) search.href = field.value ? `${searchPage}?q=${encodeURIComponent(field.value)}` : searchPage;
    activate(shown()[0]);
  };

  field.addEventListener("input", narrow);
  field.addEventListener("keydown", (event) => {
    const list = shown();
    const at = list.findIndex((link) => link.classList.contains("active"));
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      activate(list.at((at + (event.key === "ArrowDown" ? 1 : -1)) % list.length));
    } else if (event.key === "Enter") {
      event.preventDefault();
      const address = list[at]?.href;
      list[at]?.click();
      if (address) palette.close();
    }
  });
  palette.addEventListener("close", () => { field.value = ""; narrow(); });
  narrow();
})();
