"""What the documents tell: the files themselves, the commands in them, and the anchors of their headings."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
FENCED, INLINE = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL), re.compile(r"`([^`\n]+)`")
SET = r"(?:[A-Z_]+=\S* )*"
"""Settings in front of a command."""
OURS = re.compile(rf"(?:.*[ /])?(flask) (\S.*)|{SET}(?:\.venv/bin/)?(make|python -m) (\S.*)")
"""`flask` also behind what starts it: settings, systemd-run, docker compose."""
THEIRS = re.compile(
    r"(?:\.venv/bin/(?:pip|pybabel)|age|apt|chown|curl|docker|docs/|gpg|nginx|npm|npx|openssl|pip|"
    r"python3|shred|systemctl|systemd-\S+|useradd)(?: .*)?"
)


def lines(text: str) -> Iterator[str]:
    """Every line of a block and every piece that stands in a sentence, without what is said of it behind a #."""
    fenced = [line for block in FENCED.findall(text) for line in block.splitlines()]
    for line in [*fenced, *INLINE.findall(FENCED.sub("", text))]:
        yield line.partition("#")[0].strip()


def commands() -> Iterator[tuple[str, str, str]]:
    """The document, the program and what it is called with, for every command of ours that a document tells."""
    for path in DOCUMENTS:
        for line in lines(path.read_text(encoding="utf-8")):
            if found := OURS.fullmatch(line):
                yield path.name, found[1] or found[3], found[2] or found[4]


def called(program: str) -> list[str]:
    """What this program is called with, each once."""
    return sorted({arguments for _, of, arguments in commands() if of == program})


def of_others() -> Iterator[tuple[str, str]]:
    """The document and the line, for every command of other programs."""
    for path in DOCUMENTS:
        for line in lines(path.read_text(encoding="utf-8")):
            if THEIRS.fullmatch(line):
                yield path.name, line


def headings(path: Path) -> set[str]:
    """The anchors of a document, as they are made of its headings."""
    titles = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}
