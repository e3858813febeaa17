"""Looks at a page that is open: what axe finds, what sticks out, what was left untranslated, what the title says."""

import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe().axe_script
COLOURS = ("color-contrast", "link-in-text-block")
"""The rules that depend on colours; every other one says the same of a page in whatever theme."""
SITUATIONS = Path(__file__).with_name("situations.js").read_text()
JUDGE = "([known, only]) => judging.judge(known, only)"
CLEAN: defaultdict[str, set[str]] = defaultdict(set)
"""By rule, the situations in which axe found nothing wrong; `situations.js` says what makes two of them the same."""
WIDER = """() => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] :
  [...document.querySelectorAll("body *")]
    .filter((each) => each.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map((each) => `${each.tagName}.${each.className}`).slice(0, 5).concat("too wide")"""
CUT_OFF = """(frame) => [...document.querySelectorAll(`${frame} .card, ${frame} .card *`)]
  .filter((each) => each.clientWidth && each.scrollWidth > each.clientWidth + 1 && !each.matches(".visually-hidden"))
  .map((each) => `${each.tagName}.${each.className}: ${each.innerText}`)"""
"""What within the cards of a frame is wider than its own room."""
TEXTS = """() => {
  const skipped = "script, style, code, pre, kbd, [lang]:not(html)";
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest(skipped)) texts.push(walker.currentNode.data);
  for (const name of ["aria-label", "placeholder", "title", "alt", "data-copied", "data-offline"])
    for (const each of document.querySelectorAll(`[${name}]`)) texts.push(each.getAttribute(name));
  return texts.map((text) => text.trim()).filter(Boolean);
}"""
FOREIGN = {
    "nl": "the|and|your|you|with|for|this|that|not|are|what|who|from|has|have|will|yet|how|nobody|candidates|candidate",
    "en": "het|een|niet|voor|wordt|deze|naar|jouw|kandidaten|kandidaat|wie|opslaan|vastleggen|punten|geen|mijn",
}
DUTCH_DATA = (
    "Wie te lang niets hoort, werkt straks bij een ander.",
    "Een gesprek is meer dan een poging.",
    "Kandidaten vertellen het verder, zo of zo.",
    "Een uur meegelopen met het opvolgmoment in Zwolle, en zelf vier mensen gebeld.",
    "Met onze grootste klant afgesproken dat elke kandidaat binnen drie dagen bericht krijgt.",
    "Op de bedrijfsbijeenkomst verteld waarom Vaste Band er is.",
    "Vaste afspraak met planning: vier weken voor het einde van elke klus een gesprek.",
    "Vaste afspraak met planning: vier weken voor het einde van elke klus een gesprek. · Vaste Band",
    "Een kort voicebericht na elk gesprek, met wat we afspraken.",
    "Een kort voicebericht na elk gesprek, met wat we afspraken. · Vaste Band",
    "Elke afwijzing bellen in plaats van mailen.",
    "Elke afwijzing bellen in plaats van mailen. · Vaste Band",
    "Duurt vier minuten per kandidaat. Wij houden het erin: niemand vroeg nog waarom.",
    "Op zaterdagochtend een opvolgmoment erbij.",
    "Twee keer gedaan. Kandidaten namen niet vaker op, en wij misten ons weekend.",
    "Zij belt zelf al.",
    "Mijn gesprek van vrijdag ontbreekt.",
    "Samen het najaar in",
    "Samen het najaar in · Vaste Band",
    "De laatste twee weken van het seizoen: haal de drempel en loot mee.",
    "Iedereen telt mee. Halen we het samen, dan lunchen we samen.",
    "Twee weken lang team tegen team, eerlijk gewogen naar wie er werkt.",
    "Drie mensen weer aan het werk die niemand meer sprak: bloemen!",
    "Je nam een week lang de kandidaten van een zieke collega erbij. Dank je wel.",
    "Dank dat je mijn opvolgmoment overnam toen ik bij de tandarts zat.",
    "Netjes hoe je Mehmet uitlegde waarom het deze keer niets werd.",
    "Je had Willem beloofd te bellen, en je belde. Op de dag zelf.",
    "Je hebt de nieuwe collega de hele week op sleeptouw genomen.",
    "Fijn dat je meedacht over dat rooster in Zwolle.",
    "Je zei gewoon dat we te laat waren, en bood sorry aan. Zo houden we kandidaten.",
    "Eerlijk",
    "Samen",
    "Houdt woord",
    "Niemand vergeten",
    "Wie contact houdt, plaatst. Daarom maken wij er elke week tijd voor.",
    "Elke kandidaat verdient een antwoord. Ik doe zelf ook mee.",
    "Wil doorgroeien naar office manager.",
    "kandidaten beurs.csv",
    "Wie een vragenlijst invult, denkt met ons mee.",
    "Tussen kerst en oud en nieuw",
    "Drie gesprekken op de banenmarkt stonden dubbel op een collega.",
    "Een hele week de balie waargenomen, zonder eigen kandidaten.",
    "Ik zet bij elke voicemail dezelfde zin neer, dat leest sneller.",
    "Prima zo: het waren echte voicemails.",
    "Ik zat vier weken op locatie bij een klant en voerde op maandag alles in.",
    (
        "Hallo {voornaam},\n\nZoals afgesproken neem ik weer contact met {je|u} op. "
        "Wanneer komt het {je|u} uit om even te bellen?\n\nGroet,\n{recruiter}, {bureau}"
    ),
)


def axe(page: Page, only: Sequence[str] = ()) -> list[str]:
    """What axe finds, best practices included, as the page stands now; or by these rules only.

    What stands in a situation in which this process saw that its colours are right is not compared once more.
    """
    if not page.evaluate("() => 'judging' in window"):
        page.evaluate(AXE)
        page.evaluate(SITUATIONS)
    found: dict[str, list[str]] = page.evaluate("() => judging.situations()")
    known = {rule: [each for each in lines if each in CLEAN[rule]] for rule, lines in found.items()}
    verdict = page.evaluate(JUDGE, [known, list(only)])
    for rule, lines in verdict["clean"].items():
        CLEAN[rule].update(lines)
    return cast("list[str]", verdict["faults"])


def sideways(page: Page) -> list[str]:
    """What makes the page wider than the screen."""
    return cast("list[str]", page.evaluate(WIDER))


def foreign(page: Page, language: str) -> list[str]:
    """Sentences in the other language."""
    word = re.compile(rf"(?<![\w@./_-])(?:{FOREIGN[language]})(?![\w@/_-])", re.IGNORECASE)
    texts = [text for text in page.evaluate(TEXTS) if text not in DUTCH_DATA]
    stated = page.evaluate("() => document.documentElement.lang")
    return [f"lang is {stated}"] * (stated != language) + [
        f"not {language}: {text}" for text in texts if word.search(text)
    ]


def title(page: Page) -> list[str]:
    """The title begins with the only h1."""
    headings = [" ".join(text.split()) for text in page.locator("h1").all_text_contents()]
    said = page.title()
    return [] if len(headings) == 1 and said.startswith(headings[0]) else [f"title {said!r} over {headings}"]


def place(page: Page) -> list[str]:
    """A title, and the strip that says where a recruiter stands, how many points they have and what is missing."""
    said = page.locator(".place-strip").all_inner_texts()
    stands = any(re.search(r"laats \d+.*\d+.*punt", text, re.DOTALL) for text in said)
    return title(page) + ["does not say where one stands"] * (not stands)
