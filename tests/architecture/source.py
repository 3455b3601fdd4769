"""The program's own source, parsed once for all tests that look at it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
GENERATED = "courier_desk/ui/generated/"


@dataclass(frozen=True)
class Module:
    """One file: its path from the root of the checkout, its text, its tree."""

    name: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.name)

    @property
    def lines(self) -> int:
        return self.text.count("\n")

    @property
    def floor(self) -> str:
        """``domain`` for courier_desk/domain/order.py, ``app`` for courier_desk/app.py."""
        return self.name.split("/")[1].removesuffix(".py")

    def calls(self) -> Iterator[ast.Call]:
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))

    def at(self, node: ast.expr | ast.stmt | ast.ExceptHandler) -> str:
        return f"{self.name}:{node.lineno}"


def modules(*folders: str) -> list[Module]:
    """The hand-written modules under ``folders``."""
    paths = sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    names = [path.relative_to(ROOT).as_posix() for path in paths]
    return [_module(name) for name in names if not name.startswith(GENERATED)]


@cache
def _module(name: str) -> Module:
    return Module(name, (ROOT / name).read_text(encoding="utf-8"))
