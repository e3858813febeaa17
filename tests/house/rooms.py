"""The picture of the rooms and of who imports whom, drawn from the code itself: `make rooms`."""

import importlib
from collections import Counter
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from textwrap import wrap

import grimp

ROOMS = (
    ("lab",),
    ("oversight",),
    ("custody",),
    ("actions",),
    ("scoring",),
    ("journey", "game"),
    ("candidates",),
    ("program",),
    ("notices",),
    ("agency",),
)
"""High to low, as the contract in pyproject.toml has them; those side by side do not import each other."""
PICTURE = Path(__file__).parents[2] / "docs" / "pictures" / "rooms.svg"
FEW, MANY = 10, 50
ROW, HIGH, LEFT, WIDE = 80, 62, 24, 540
NEWLINE = "\n"
TIP = (
    '<marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"'
    ' markerUnits="userSpaceOnUse"><path class="tip" d="M0 0 8 4 0 8z"/></marker>'
)
STYLE = """
.paper { fill: #ffffff; } .room { fill: #f4f2fb; stroke: #6c5ce7; } .name { fill: #241c4f; font-weight: 600; }
.says, .note { fill: #4a4666; } .arrow { fill: none; stroke: #6c5ce7; stroke-opacity: .55; } .tip { fill: #6c5ce7; }
@media (prefers-color-scheme: dark) {
.paper { fill: #16141f; } .room { fill: #24203a; stroke: #9d8fff; } .name { fill: #f3f1ff; }
.says, .note { fill: #c3bedd; } .arrow { stroke: #9d8fff; } .tip { fill: #9d8fff; } }
"""


def imports() -> Mapping[tuple[str, str], int]:
    """How many imports lead from one room to another."""
    graph, found = grimp.build_graph("app", cache_dir=None), Counter[tuple[str, str]]()
    for module in sorted(graph.modules):
        for other in graph.find_modules_directly_imported_by(module):
            rooms = _room(module), _room(other)
            if all(rooms) and rooms[0] != rooms[1]:
                found[rooms] += 1
    return found


def _room(module: str) -> str:
    where = module.split(".")
    return where[2] if where[:2] == ["app", "domain"] and len(where) > len(("app", "domain")) else ""


def drawn(arrows: Mapping[tuple[str, str], int]) -> str:
    """The picture: rooms from high to low, an arc for every arrow, thicker where more is imported."""
    tall = ROW * len(places()) + 60
    title = "The rooms of app/domain, high to low; each imports only from rooms below it"
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 {tall}" role="img" aria-label="{title}"
 font-family="system-ui, sans-serif">
<style>{STYLE}</style>
{TIP}
<rect class="paper" width="960" height="{tall}" rx="12"/>
{NEWLINE.join(line for room in places() for line in _box(room))}
{NEWLINE.join(_arc(source, target, number) for (source, target), number in sorted(arrows.items()))}
<text class="note" x="{LEFT}" y="{tall - 18}" font-size="13">Thin: under {FEW} imports; thick: {MANY} or more.</text>
</svg>
"""


def places() -> Mapping[str, int]:
    """How far down each room begins."""
    return {room: 24 + row * ROW for row, room in enumerate(room for rooms in ROOMS for room in rooms)}


def _box(room: str) -> Iterator[str]:
    top = places()[room]
    says = (importlib.import_module(f"app.domain.{room}").__doc__ or "").strip()
    yield f'<rect class="room" x="{LEFT}" y="{top}" width="{WIDE}" height="{HIGH}" rx="8"/>'
    yield f'<text class="name" x="{LEFT + 14}" y="{top + 22}" font-size="16">{room}</text>'
    for number, line in enumerate(wrap(says, WIDE // 7)[:2]):
        yield f'<text class="says" x="{LEFT + 14}" y="{top + 40 + 15 * number}" font-size="12">{escape(line)}</text>'


def _arc(source: str, target: str, number: int) -> str:
    """Between the middles of two rooms, bowed out further the further they are apart."""
    tops = [places()[room] + HIGH // 2 for room in (source, target)]
    start, end = tops[0] + 8, tops[1] - 8
    out = LEFT + WIDE + 40 + (end - start) * 11 // 20
    width = 1.2 if number < FEW else 2.4 if number < MANY else 4
    edge = LEFT + WIDE
    path = f"M{edge} {start} C{out} {start} {out} {end} {edge + 6} {end}"
    return f'<path class="arrow" stroke-width="{width}" marker-end="url(#tip)" d="{path}"/>'


def upwards(arrows: Mapping[tuple[str, str], int]) -> list[tuple[str, str]]:
    """The arrows that lead up, or to a room on the same line."""
    level = {room: row for row, rooms in enumerate(ROOMS) for room in rooms}
    return [pair for pair in arrows if level[pair[0]] >= level[pair[1]]]


def main() -> None:
    PICTURE.write_text(drawn(imports()), encoding="utf-8")
    print(f"{PICTURE.name}: {len(imports())} arrows between {len(places())} rooms")


if __name__ == "__main__":
    main()
