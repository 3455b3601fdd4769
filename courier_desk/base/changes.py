"""What a use case changed, said by name, so that pages decide themselves whether to look again."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed: ``kind`` in the words of the trade (order, parcel, bag, print_job ...) and its id."""

    kind: str
    id: str
