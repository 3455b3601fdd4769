"""The fixed words on paper, by the key that the layout files use. Chinese in resources/locale/parts/printing.po."""

from functools import lru_cache

from courier_desk.base.translation import ENGLISH, in_language, message
from courier_desk.domain.paper import StationKind

CAPTIONS = {
    "bag_tag": message("Bag tag"),
    "bags": message("Bags"),
    "business_date": message("Business date"),
    "clerk": message("Clerk"),
    "closed_at": message("Closed at"),
    "cod": message("Collect COD"),
    "date": message("Date"),
    "declared": message("Declared value"),
    "destination": message("Destination"),
    "differences": message("Differences"),
    "digest": message("Seal of the list"),
    "driver": message("Driver"),
    "from": message("FROM"),
    "from_line": message("From station"),
    "goods": message("Goods"),
    "handed_over": message("Handed over by (signature, time)"),
    "hotline": message("Hotline"),
    "kind": message("Kind"),
    "line": message("Line"),
    "list_number": message("List number"),
    "loose": message("Loose parcels"),
    "mother": message("Mother waybill"),
    "no_differences": message("No differences."),
    "note": message("Note"),
    "number": message("Number"),
    "package_centre": message("HUB"),
    "payment": message("Payment"),
    "pieces": message("Pieces"),
    "plate": message("Plate"),
    "position": message("No."),
    "printed_at": message("Printed on"),
    "received": message("Received by (signature, time)"),
    "remark": message("Remark"),
    "seal": message("Seal"),
    "signed_by": message("Signed by"),
    "supplement_of": message("Supplement of"),
    "to": message("TO"),
    "weight": message("Weight"),
    "weight_kg": message("Weight kg"),
}
# What a layout calls the word of the station: nothing on a live station's paper.
STATION = "station"
STATION_ADVICE = "station_advice"
_STATION_WORDS = {StationKind.SAMPLE: message("SAMPLE"), StationKind.TRAINING: message("TRAINING")}
_ADVICE = message("Not for dispatch")
PAGE_OF = message("Page {page} of {pages}")
PRINTED_AGAIN = message("Printed again")
NOT_COMPLETE = message("continued overleaf")


@lru_cache(maxsize=512)
def caption(key: str, language: str, station_kind: StationKind = StationKind.LIVE) -> str:
    """The words of a caption key in the language of the paper. Errors: KeyError for a key that nobody declared."""
    if key in (STATION, STATION_ADVICE):
        if station_kind is StationKind.LIVE:
            return ""
        word = _STATION_WORDS[station_kind] if key == STATION else _ADVICE
        return in_language(word.text, language)
    return in_language(CAPTIONS[key].text, language)


def captioned(key: str, value: str, language: str) -> str:
    """A caption with its value, e.g. ``Weight: 1.20 kg``."""
    return f"{caption(key, language)}{': ' if language == ENGLISH else '：'}{value}"


def known(key: str) -> bool:
    """A layout may use this key."""
    return key in CAPTIONS or key in (STATION, STATION_ADVICE)
