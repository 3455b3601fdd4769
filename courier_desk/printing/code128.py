"""Code 128 with as few modules as possible, in whole dots.

python-barcode gives the patterns; its own choice of code sets is not the shortest (156 modules for two letters and
thirteen digits where 145 are enough), so the sets are chosen here. ISO/IEC 15417.
"""

from dataclasses import dataclass
from functools import lru_cache

from barcode.charsets import code128 as tables

from courier_desk.base.errors import UserError
from courier_desk.base.translation import message
from courier_desk.printing.dots import dots_per_mm

QUIET_MODULES = 10
SMALLEST_MODULE_MM = 0.25
LARGEST_MODULE_MM = 0.51
_TO = {"B": 100, "C": 99}
_STOP_BAR = "11"


@dataclass(frozen=True, slots=True)
class Bars:
    """The bars of a code: black stretches as (first dot, dots), from the first bar; ``width`` without quiet zones."""

    module: int
    width: int
    stretches: tuple[tuple[int, int], ...]


@lru_cache(maxsize=4096)
def bars(text: str, width: int, dpi: int) -> Bars:
    """``text`` with the widest modules that leave both quiet zones free in ``width`` dots. Errors: UserError for a
    text that has no room or cannot be a Code 128."""
    pattern = modules(text)
    module = width // (len(pattern) + 2 * QUIET_MODULES)
    per_mm = float(dots_per_mm(dpi))
    if module < per_mm * SMALLEST_MODULE_MM - 1e-9:
        raise UserError(message("The number {number} is too long for a bar code on this paper.", number=text))
    module = min(module, int(per_mm * LARGEST_MODULE_MM))
    stretches = []
    place = 0
    for run in pattern.replace("01", "0 1").replace("10", "1 0").split():
        if run[0] == "1":
            stretches.append((place * module, len(run) * module))
        place += len(run)
    return Bars(module, place * module, tuple(stretches))


@lru_cache(maxsize=4096)
def modules(text: str) -> str:
    """The code as 1 (bar) and 0 (space), without quiet zones."""
    values = symbols(text)
    check = (values[0] + sum(place * value for place, value in enumerate(values))) % 103
    patterns: list[str] = [tables.CODES[value] for value in (*values, check)]
    return "".join([*patterns, tables.STOP, _STOP_BAR])


def symbols(text: str) -> tuple[int, ...]:
    """The symbol values from the start character on, without check character and stop. Errors: UserError for
    characters outside printable ASCII."""
    if not text or not all(" " <= char <= "~" for char in text):
        raise UserError(message("The number {number} cannot be printed as a bar code.", number=text))
    plan = _shortest(text)
    values = [tables.START_CODES[plan[0][0]]]
    current = plan[0][0]
    for code_set, part in plan:
        if code_set != current:
            values.append(_TO[code_set])
            current = code_set
        values.append(int(part) if code_set == "C" else tables.B[part])
    return tuple(values)


_Plan = tuple[int, tuple[tuple[str, str], ...]]


def _shortest(text: str) -> tuple[tuple[str, str], ...]:
    """(code set, characters) for each symbol, with the fewest symbols and switches; worked out from the end."""
    end: dict[str, _Plan] = {"B": (0, ()), "C": (0, ())}
    one_on, two_on = end, end
    for place in range(len(text) - 1, -1, -1):
        pair = text[place : place + 2]
        single: _Plan = (one_on["B"][0] + 1, (("B", text[place]), *one_on["B"][1]))
        double: _Plan = (two_on["C"][0] + 1, (("C", pair), *two_on["C"][1]))
        if not (len(pair) == 2 and pair.isdigit()):
            double = (len(text) * 3, ())
        here = {
            "B": min(single, (double[0] + 1, double[1]), key=_cost),
            "C": min(double, (single[0] + 1, single[1]), key=_cost),
        }
        one_on, two_on = here, one_on
    return min(one_on["C"], one_on["B"], key=_cost)[1]


def _cost(plan: _Plan) -> int:
    return plan[0]
