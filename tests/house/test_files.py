"""Tables that leave the house are written in one place, which lets no cell be a formula and loses nothing."""

import ast
from collections.abc import Iterator
from pathlib import Path

from app.config import ROOT

CODE = sorted(path for folder in ("app", "jobs") for path in (ROOT / folder).rglob("*.py"))
WRITERS = {
    "app/domain/candidates/table_file.py": "the one place for text",
    "app/domain/candidates/table_workbook.py": "the one place for workbooks",
    "app/domain/candidates/importing/pack.py": "what was brought, packed for ourselves: it never leaves",
    "app/cli/scores.py": "figures for a program that reckons with them, asked for at the command line",
}
WRITING = {("csv", "writer"), ("csv", "DictWriter")}
LIBRARIES = {"xlsxwriter", "openpyxl", "pandas", "xlwt"}


def writes(source: str) -> Iterator[str]:
    """What in a module writes a table by itself."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if (node.value.id, node.attr) in WRITING:
                yield f"{node.value.id}.{node.attr}"
        elif isinstance(node, ast.ImportFrom | ast.Import):
            come = [node.module or ""] if isinstance(node, ast.ImportFrom) else [each.name for each in node.names]
            named = [each.name for each in node.names] if come == ["csv"] else []
            yield from (each for each in come if each.split(".")[0] in LIBRARIES)
            yield from (each for each in named if ("csv", each) in WRITING)


def test_tables_are_written_in_one_place() -> None:
    found = {str(path.relative_to(ROOT)) for path in CODE if list(writes(path.read_text(encoding="utf-8")))}
    assert found == set(WRITERS)


def test_whoever_answers_with_a_table_has_it_from_there() -> None:
    """Every module that sends such a file asks for it by name, and joins no lines of its own."""
    ours = ("table_file.", "table_workbook.", "exporting.", "payroll.file_of", "candidate_import.")
    senders = [path for path in CODE if sends(path)]
    assert len(senders) > 4
    assert [str(path) for path in senders if not any(each in path.read_text(encoding="utf-8") for each in ours)] == []


def sends(path: Path) -> bool:
    text = path.read_text(encoding="utf-8")
    return "blueprints" in path.parts and ("text/csv" in text or "spreadsheetml.sheet" in text)


def test_control_another_writer_is_found() -> None:
    assert list(writes("import csv\ncsv.writer(out)")) == ["csv.writer"]
    assert list(writes("from csv import DictWriter")) == ["DictWriter"]
    assert list(writes("def f():\n    from xlsxwriter import Workbook")) == ["xlsxwriter"]
