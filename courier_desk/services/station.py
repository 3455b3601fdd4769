"""Which station and desk this is: fixed at set-up, for ever live, sample or training."""

from dataclasses import dataclass

from courier_desk.domain.paper import StationKind


@dataclass(frozen=True, slots=True)
class StationIdentity:
    """``number_prefix`` opens each waybill number; ``zone`` is an IANA time zone name; ``incarnation`` grows with each
    enrolment or restore; ``division_code`` is where the station lies."""

    station_id: str
    desk_id: str
    desk_name: str
    incarnation: int
    code: str
    name: str
    company: str
    kind: StationKind
    number_prefix: str
    hotline: str
    zone: str
    currency: str
    division_code: str
    routing_code: str
