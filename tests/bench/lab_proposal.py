"""What the lab proposes on public data, on later cut-offs than it learned from: `make lab-proposal`.

For each cut a half-life and a card of points are learned from what was known by then; the judge that stands beside the
data says how well they told who acted after it. Then outcomes are shuffled: the lab must say that there is
nothing to learn. FANFARE_DATA is the folder with the data.
"""

import re
import tempfile
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.cli import event_files
from app.domain.lab import card, proposal
from app.domain.lab.card import Chance, Moment
from app.domain.scoring import occasions, replay
from app.domain.scoring.occasions import Past, Task
from app.domain.scoring.replay import Event
from app.domain.scoring.ruleset import Ruleset
from tests.bench.score_quality import DATA, JUDGED, run_python

ZONE = ZoneInfo("Europe/Amsterdam")
SHUFFLES = 5
LATER = 2


class Target(NamedTuple):
    """Of a folder and a horizon: the least AUC, and share of the best 20 of 200 who act."""

    folder: str
    days: int
    auc: float
    top: float


TARGETS = (
    Target("followup_desk", 7, 0.84, 0.60),
    Target("followup_desk", 28, 0.765, 0.70),
    Target("cdnow", 28, 0.815, 0.30),
)


class Desk:
    """The history of a folder, its cuts, and the moments of which the outcome was known before each."""

    def __init__(self, target: Target) -> None:
        self.folder, horizon = DATA / target.folder, timedelta(days=target.days)
        self.rules = replay.ruleset(event_files.points(self.folder / "kinds.json"), None)
        self.cuts = event_files.cuts(self.folder / "cutoffs.json")
        self.events: list[Event] = list(event_files.events(self.folder / "events.csv.gz"))
        self.past = Past(self.events, Task(self.cuts.acts, horizon), self.rules, ZONE)
        self.made: dict[float, Moment] = {}

    def before(self, cut: datetime) -> list[Moment]:
        """What a proposal made at the cut may look at, the oldest first."""
        return [self._moment(each.at, each.known_at) for each in self.past.before(cut)]

    def _moment(self, at: float, known_at: float) -> Moment:
        if at not in self.made:
            moment = datetime.fromtimestamp(at, ZONE)
            seen = occasions.chances(self.past.history, self.past.task, moment, ZONE)
            chances = [Chance(card.signals(each.hits, at, self.rules), each.acted) for each in seen]
            self.made[at] = Moment(at, known_at, chances)
        return self.made[at]

    def judged(self, plan: Mapping[datetime, Ruleset], days: int) -> tuple[float, float]:
        """What the judge says of the scores under these rules."""
        names = {moment: text for text, moment in self.cuts.moments.items()}
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "scores.csv"
            rows = (f"{names[cut]},{who},{value!r}" for cut, who, value in replay.scores(self.events, plan, ZONE))
            out.write_text("\n".join(("cut,entity,score", *rows)), encoding="utf-8")
            said = run_python(DATA / "score_check.py", self.folder, out)
        found = {int(each): (float(auc), float(top)) for each, auc, top in re.findall(JUDGED, said)}
        return found[days]


def reach(desk: Desk, target: Target) -> tuple[float, float]:
    """The figures with what was learned before each cut; says what that was."""
    plan: dict[datetime, Ruleset] = {}
    for text, cut in desk.cuts.moments.items():
        learned = proposal.learn(desk.before(cut), desk.rules)
        plan[cut] = learned.rules if learned else desk.rules
        print(f"  {text[:10]}: {said(learned.changed, plan[cut], desk.rules) if learned else 'not enough data'}")
    return desk.judged(plan, target.days)


def said(changed: Sequence[str], then: Ruleset, was: Ruleset) -> str:
    """As "31.3 days (21), O_SENT 8 (20)"."""
    kinds = [f"{kind} {then.rule(kind).points:g} ({was.rule(kind).points:g})" for kind in changed]
    return ", ".join([f"{then.half_life_days:g} days ({was.half_life_days:g})", *kinds])


def nothing_in_noise(desk: Desk) -> int:
    """How many of some shuffles the lab would have called worth learning from; of the real outcomes it does."""
    last = desk.before(max(desk.cuts.moments.values()))
    real = proposal.propose(last, desk.rules, LATER)
    print(f"  as it was: {'something' if real.foretells else 'nothing'} to learn")
    fooled = [proposal.propose(proposal.shuffled(last, seed), desk.rules, LATER) for seed in range(SHUFFLES)]
    taken = sum(each.foretells or each.is_better for each in fooled)
    print(f"  outcomes shuffled {SHUFFLES} times: {SHUFFLES - taken} times nothing to learn")
    return taken + (not real.foretells)


def main() -> int:
    if not (DATA / "score_check.py").exists():
        print(f"no data at {DATA}: nothing was judged")
        return 2
    missed = 0
    for target in TARGETS:
        desk = Desk(target)
        auc, top = reach(desk, target)
        good = auc >= target.auc and top >= target.top
        missed += not good
        name = f"{target.folder}, {target.days} days"
        print(
            f"{name}: AUC {auc:.3f} (target {target.auc}), top {top:.3f} ({target.top}): {'ok' if good else 'MISSED'}"
        )
        missed += nothing_in_noise(desk) if target == TARGETS[0] else 0
    return int(bool(missed))


if __name__ == "__main__":
    raise SystemExit(main())
