"""The rooms import only downwards, and no module is in a circle."""

import graphlib

import grimp
import pytest
from importlinter.cli import lint_imports


def test_all_contracts_are_kept(capsys: pytest.CaptureFixture[str]) -> None:
    assert lint_imports(no_cache=True) == 0
    assert "7 kept, 0 broken" in capsys.readouterr().out


def test_no_module_is_in_a_circle() -> None:
    graph = grimp.build_graph("app", "jobs", cache_dir=None)
    arrows = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    order = list(graphlib.TopologicalSorter(arrows).static_order())
    assert len(order) == len(arrows) > 50


def test_a_circle_would_be_found() -> None:
    with pytest.raises(graphlib.CycleError):
        list(graphlib.TopologicalSorter({"a": {"b"}, "b": {"a"}}).static_order())
