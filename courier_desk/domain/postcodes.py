"""Postcodes of China as a hint: which province, and roughly which city, the first digits stand for."""

from courier_desk.domain.divisions import Divisions

# First two digits by the first two digits of the province's code. Taiwan has a system of its own and is not judged.
_BY_PROVINCE = """
11:10 12:30 13:05,06,07 14:03,04 15:01,02,13,16 21:11,12 22:13 23:15,16 31:20 32:21,22 33:31,32 34:23,24 35:35,36
36:33,34 37:25,26,27 41:45,46,47 42:43,44 43:41,42 44:51,52 45:53,54 46:57 50:40,63,64 51:61,62,63,64 52:55,56
53:65,66,67 54:85,86 61:71,72 62:73,74 63:81 64:75 65:83,84 81:99 82:99
"""
_STARTS = {
    province: frozenset(starts.split(",")) for province, starts in (entry.split(":") for entry in _BY_PROVINCE.split())
}
STARTS_IN_USE = frozenset().union(*(starts for province, starts in _STARTS.items() if province < "80"))


def fits_province(postcode: str, code: str) -> bool:
    """True when the postcode may belong to the province of a division's code."""
    starts = _STARTS.get(code[:2])
    return starts is None or postcode[:2] in starts


def zones_around(code: str, divisions: Divisions) -> frozenset[str]:
    """The first three digits that occur in the city of a division (or in the county that its province runs)."""
    path = divisions.path(code)
    if len(path) < 2:
        return frozenset()
    inside = (path[1], *divisions.upper_below(path[1].code))
    return frozenset(node.postcode[:3] for node in inside if node.postcode and fits_province(node.postcode, code))
