"""A message as a chat shows it: a title, lines and links, in which no name of somebody or something calls anybody."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from unicodedata import category

COMMANDS = str.maketrans(dict.fromkeys("<>[]|*_~`\\@#\u2028\u2029", " "))
"""With these chats call everybody, show what looks like a link, or draw otherwise."""
JOINED = re.compile(r"(?<=[^\W\d])\.(?=[^\W\d])|(?<=:)(?=//)")
"""A dot or slashes within what a chat would take for an address."""
LONGEST = 240
UNSEEN = frozenset({"Cc", "Cf", "Cs"})


@dataclass(frozen=True, slots=True)
class Link:
    """What one presses, and where it leads."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Message:
    """`subject` and `lines` may hold what people typed; `links` lead to pages of ours."""

    subject: str
    lines: Sequence[str] = ()
    links: Sequence[Link] = field(default=())

    @property
    def title(self) -> str:
        return plain(self.subject)

    @property
    def body(self) -> str:
        """As CommonMark, which every chat is given in its own way."""
        links = [f"[{plain(each.label)}]({each.url})" for each in self.links]
        return "\n\n".join([*map(plain, self.lines), *links])


def plain(text: str) -> str:
    """Text that stands for itself in any chat."""
    seen = "".join(" " if category(each) in UNSEEN else each for each in text.translate(COMMANDS))
    return " ".join(JOINED.sub(lambda dot: f"{dot[0]} ", seen).split())[:LONGEST]
