"""From the chain of names to the province, city, district and street of an address, with the doubts that remain."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from courier_desk.base.translation import message
from courier_desk.domain.address_chain import Chain, ChainFinder, Step
from courier_desk.domain.address_faults import Doubt, DoubtKind, missing, not_within
from courier_desk.domain.address_spelling import misspelt_district
from courier_desk.domain.division_names import Wording
from courier_desk.domain.divisions import Divisions, Level, PathNames

_FIELDS = {Level.PROVINCE: "province", Level.CITY: "city", Level.DISTRICT: "district", Level.STREET: "street"}
_MOST_CHOICES = 8


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the text the divisions stand (start == end: nowhere), what they are, and the doubts."""

    start: int = 0
    end: int = 0
    names: PathNames = field(default_factory=PathNames)
    code: str = ""
    doubts: tuple[Doubt, ...] = ()
    is_lone_short_name: bool = False  # such as 高明, which may as well be a person


def find_place(text: str, divisions: Divisions) -> Place:
    """The divisions named in ``text``. What the text leaves open stays open, with a doubt that names the choices."""
    finder = ChainFinder(text, divisions)
    chains = finder.best()
    if not chains:
        return Place(doubts=(missing("province"), missing("city"), missing("district")))
    chain = chains[0]
    lone = len(chain.steps) == 1 and chain.steps[0].name.wording == Wording.SHORT
    if len(chains) > 1:
        place = _ambiguous(chains, divisions)
    elif any(step.mismatch for step in chain.steps):
        place = _contradictory(chain, divisions)
    else:
        place = _clear(chain, text, finder, divisions)
    region = next((node.code for node in reversed(divisions.path(place.code)[:2])), "")
    second = _second_address(finder, place.end, region)
    return Place(place.start, place.end, place.names, place.code, (*place.doubts, *second), lone)


def _ambiguous(chains: Sequence[Chain], divisions: Divisions) -> Place:
    """Several places of one name: only what they share is filled."""
    first = chains[0]
    paths = [divisions.names(chain.last.code) for chain in chains]
    last = first.steps[-1]
    name = _FIELDS[last.level]

    def shared(level: str) -> str | None:
        values = {getattr(path, level) for path in paths}
        return values.pop() if len(values) == 1 else None

    names = PathNames(shared("province"), shared("city"), shared("district"), shared("street"))
    above = _deepest(names, divisions)
    choices = tuple(chain.last.code for chain in chains)
    listed = "、".join(divisions.full_name(code) for code in choices[:_MOST_CHOICES])
    text = message("“{name}” may be {places}: please ask.", name=last.name.text, places=listed)
    kind = DoubtKind.CITY_AMBIGUOUS if last.level <= Level.CITY else DoubtKind.DISTRICT_AMBIGUOUS
    doubts = [Doubt(kind, name, text, choices)]
    if any(chain.steps[-1].name.wording == Wording.OLD for chain in chains):
        old = message("{old} is an old name; today: {places}.", old=last.name.text, places=listed)
        doubts.append(Doubt(DoubtKind.OLD_NAME, name, old, choices))
    doubts += [missing(level) for level in ("province", "city") if getattr(names, level) is None and level != name]
    return Place(first.start, first.end, names, above, tuple(doubts))


def _deepest(names: PathNames, divisions: Divisions) -> str:
    if names.province is None:
        return ""
    found = divisions.find(names.province, names.city or "", names.district or "")
    return found.code if found else ""


def _contradictory(chain: Chain, divisions: Divisions) -> Place:
    """Names that do not belong together are kept as they were written."""
    written: dict[Level, str] = {}
    doubts: list[Doubt] = []
    sound = ""
    for position, step in enumerate(chain.steps):
        if step.mismatch:
            before = chain.steps[position - 1]
            doubts.append(_mismatch(step, before, divisions))
        elif not doubts:
            sound = divisions.lowest_certain(step.name.division.code)
        written[step.level] = step.name.division.name
    for node in divisions.path(sound):
        written.setdefault(node.level, node.name)
    names = PathNames(*(written.get(level) for level in Level))
    return Place(chain.start, chain.end, names, sound, tuple(doubts))


def _mismatch(step: Step, before: Step, divisions: Divisions) -> Doubt:
    kind = DoubtKind.PROVINCE_CITY_MISMATCH
    if step.level == Level.DISTRICT:
        kind = DoubtKind.CITY_DISTRICT_MISMATCH
    division = step.name.division
    same_name = tuple(node.code for node in divisions.upper if node.name == division.name)
    return not_within(kind, _FIELDS[step.level], division.name, before.name.division.name, same_name)


def _clear(chain: Chain, text: str, finder: ChainFinder, divisions: Divisions) -> Place:
    """One place."""
    doubts = [*_not_written(chain, divisions), *_old_names(chain, divisions), *_short_names(chain, text)]
    code, end = divisions.lowest_certain(chain.last.code), chain.end
    names = divisions.names(code)
    if chain.last.level <= Level.CITY and divisions.upper_below(code):
        fixed = misspelt_district(divisions, code, text, end)
        if fixed is not None:
            district, end, doubt = fixed
            return Place(chain.start, end, divisions.names(district.code), district.code, (*doubts, doubt))
        doubts += _open_levels(chain, finder, divisions)
    elif chain.last.level == Level.DISTRICT:
        doubts += _street_elsewhere(chain, text, divisions)
    return Place(chain.start, end, names, code, tuple(doubts))


def _not_written(chain: Chain, divisions: Divisions) -> Iterator[Doubt]:
    """Levels that were filled because what was written leaves one possibility."""
    written = {node.level for step in chain.steps for node in [step.name.division]}
    path = divisions.path(chain.last.code)
    names = [node.name for node in path]
    for node in path:
        said_by_province = node.level == Level.CITY and names.count(node.name) > 1
        if node.level in written or node.level == chain.last.level or said_by_province:
            continue
        place = divisions.full_name(node.code)
        text = message("Not written, worked out from the rest: {place}.", place=place)
        yield Doubt(DoubtKind(f"missing_{_FIELDS[node.level]}"), _FIELDS[node.level], text, (node.code,))


def _old_names(chain: Chain, divisions: Divisions) -> Iterator[Doubt]:
    for step in chain.steps:
        today = next((n for n in divisions.path(chain.last.code) if n.level == step.level), step.name.division)
        old = step.name.wording in (Wording.OLD, Wording.FORMER)
        if old or today.code != step.name.division.code:
            text = message("{old} is an old name; today: {places}.", old=step.name.text, places=today.name)
            yield Doubt(DoubtKind.OLD_NAME, _FIELDS[step.level], text, (today.code,))


def _short_names(chain: Chain, text: str) -> Iterator[Doubt]:
    """A short name that runs into the street's name, unless all names are written so."""
    last = chain.steps[-1]
    runs_on = "\u4e00" <= text[last.end : last.end + 1] <= "\u9fff"
    in_style = len(chain.steps) >= 3 and all(step.name.wording == Wording.SHORT for step in chain.steps)
    unsure = last.level == Level.STREET or (last.level == Level.DISTRICT and runs_on)
    if last.name.wording == Wording.SHORT and unsure and not in_style:
        read = message("“{written}” was read as {name}.", written=last.name.text, name=last.name.division.name)
        yield Doubt(DoubtKind.SHORT_NAME, _FIELDS[last.level], read, (last.name.division.code,))


def _open_levels(chain: Chain, finder: ChainFinder, divisions: Divisions) -> Iterator[Doubt]:
    choices = finder.hint(chain.last.code, chain.end)
    if chain.last.level == Level.PROVINCE and divisions.lowest_certain(chain.last.code) == chain.last.code:
        yield missing("city")
    if not choices:
        yield missing("district")
        return
    listed = "、".join(divisions.full_name(code) for code in choices[:_MOST_CHOICES])
    text = message("The district or county is missing. Is it {places}?", places=listed)
    yield Doubt(DoubtKind.MISSING_DISTRICT, "district", text, choices)


def _street_elsewhere(chain: Chain, text: str, divisions: Divisions) -> Iterator[Doubt]:
    """A street or town of a neighbouring district, in full, right behind the district."""
    district = chain.last
    for neighbour in divisions.upper_below(district.parent):
        for row in divisions.streets.rows(neighbour.code):
            name = divisions.streets.names.values[row]
            if len(name) >= 4 and text.startswith(name, chain.end):
                choice = divisions.streets.code(row, neighbour.code)
                kind = DoubtKind.DISTRICT_STREET_MISMATCH
                yield not_within(kind, "street", name, district.name, (choice,))
                return


def _second_address(finder: ChainFinder, end: int, region: str) -> Iterator[Doubt]:
    if finder.second(end, region):
        text = message("There seem to be two addresses; the first one was taken.")
        yield Doubt(DoubtKind.SECOND_ADDRESS, "detail", text)
