"""Habits that no linter knows: sizes, threads, dialogs, clocks, and errors that nobody would see."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.source import Module, modules

LONGEST_MODULE = 400
LONGEST_PAGE = 300
LONGEST_FUNCTION = 40

PROGRAM = modules("courier_desk")
OWN = PROGRAM + modules("installer")


def _functions(module: Module) -> Iterator[tuple[str, int]]:
    """Each function's place and its lines without the docstring."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            docstring = ast.get_docstring(node, clean=False) is not None
            skipped = (first.end_lineno or first.lineno) - first.lineno + 1 if docstring else 0
            yield f"{module.at(node)} {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1 - skipped


def _called(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def test_modules_are_short() -> None:
    assert [m.name for m in OWN + modules("tests") if m.lines > LONGEST_MODULE] == []


def test_pages_are_short() -> None:
    assert [m.name for m in modules("courier_desk/ui/pages") if m.lines > LONGEST_PAGE] == []


def test_functions_fit_on_half_a_screen() -> None:
    found = [f"{place}: {lines} lines" for m in OWN for place, lines in _functions(m) if lines > LONGEST_FUNCTION]
    assert found == []


def test_signals_are_connected_to_methods_and_never_to_lambdas() -> None:
    """A lambda has no thread: it would run in the thread of the sender, and it keeps its page alive."""
    found = [
        m.at(call)
        for m in PROGRAM
        for call in m.calls()
        if _called(call) == "connect" and any(isinstance(argument, ast.Lambda) for argument in call.args)
    ]
    assert found == []


@pytest.mark.parametrize("name", ["processEvents", "exec", "exec_", "waitForDone"])
def test_nothing_waits_inside_the_event_loop(name: str) -> None:
    """Only the program's start may run the event loop."""
    found = [
        m.at(call)
        for m in PROGRAM
        if m.name not in {"courier_desk/app.py", "courier_desk/__main__.py"}
        for call in m.calls()
        if _called(call) == name
    ]
    assert found == []


def test_no_thread_class_of_qt_is_subclassed() -> None:
    found = [
        m.at(node)
        for m in PROGRAM
        for node in ast.walk(m.tree)
        if isinstance(node, ast.ClassDef) and any(ast.unparse(base).endswith("QThread") for base in node.bases)
    ]
    assert found == []


@pytest.mark.parametrize("floor", ["domain", "services"])
def test_rules_are_given_the_time_and_never_ask_for_it(floor: str) -> None:
    asks = {"datetime.now", "datetime.utcnow", "date.today", "datetime.today", "time.time", "SystemClock"}
    found = [m.at(call) for m in PROGRAM if m.floor == floor for call in m.calls() if ast.unparse(call.func) in asks]
    assert found == []


def test_no_error_is_swallowed() -> None:
    found = [
        m.at(node)
        for m in OWN
        for node in ast.walk(m.tree)
        if isinstance(node, ast.ExceptHandler) and all(isinstance(step, ast.Pass) for step in node.body)
    ]
    assert found == []
