"""What a station that is not real is called, wherever it must not be missed."""

from courier_desk.base.translation import message
from courier_desk.domain.paper import StationKind

KIND_WORDS = {
    StationKind.SAMPLE: message("SAMPLE STATION"),
    StationKind.TRAINING: message("TRAINING STATION"),
}
