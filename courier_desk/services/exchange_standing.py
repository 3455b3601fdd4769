"""How the desk stands with headquarters, at one look."""

from datetime import date, timedelta

from courier_desk.services.exchange_numbers import WARN_DAYS, a_day
from courier_desk.services.exchange_ports import Entering, LinkRecord
from courier_desk.services.exchange_proof import OLDEST
from courier_desk.services.exchange_state import ALARM_TEXTS, Alarm, EnteringStanding, PastStanding, Standing
from courier_desk.services.ports import ReadWork, Store

_LATEST = 200
_DAYS = 31
# These pass when the news go on; the others stand until somebody has had time to see them.
_SHOWN_FOR = timedelta(days=7)


def standing(store: Store, today: date) -> Standing:
    """For page and status bar; reads only."""
    with store.read() as look:
        record = look.link.get()
        if record is None:
            return Standing(None)
        link = record.link
        kept = look.news.kept()
        left, rate = look.numbers.stock(), a_day(look, today)
        days = look.proofs.days(_DAYS)
        entering = look.entering.get() if link.entering else None
        return Standing(
            link=link,
            waiting=look.outbox.last(link.incarnation) - link.cursor + (_left(look, entering) if entering else 0),
            oldest_at=look.outbox.oldest_unsent(),
            refused=tuple(look.news.refused(_LATEST)),
            kept_waiting=kept.get("waiting_for_own", 0),
            kept_unknown=kept.get("unknown_kind", 0),
            kept_broken=kept.get("broken", 0),
            alarm=_alarm(record, today),
            alarm_at=record.alarm_at,
            numbers_left=left,
            numbers_days=left // rate,
            numbers_low=left < WARN_DAYS * rate,
            proofs=tuple(days),
            unproved=_unproved(look, record, today),
            past=past_standing(look),
            entering=EnteringStanding(min(entering.done, entering.total), entering.total) if entering else None,
        )


def _left(look: ReadWork, entering: Entering) -> int:
    """What is still to be issued again, and what the counter has done since."""
    return max(0, entering.total - entering.done) + look.outbox.last(entering.former) - entering.tail


def past_standing(look: ReadWork) -> PastStanding | None:
    """How much of the past is here; None for a desk without one."""
    progress = look.history.progress()
    if progress is None:
        return None
    return PastStanding(progress.done, progress.total, progress.more, look.history.aside(), progress.since)


def _alarm(record: LinkRecord, today: date) -> str:
    if record.alarm not in set(Alarm) or record.alarm_at is None:
        return ""
    alarm = Alarm(record.alarm)
    passes = alarm in (Alarm.HOLE, Alarm.OTHER_EPOCH)
    old = record.alarm_at.date() < today - _SHOWN_FOR
    return "" if old and not passes else str(ALARM_TEXTS[alarm])


def _unproved(look: ReadWork, record: LinkRecord, today: date) -> int:
    first = max(record.prove_from, today - OLDEST)
    return len(look.proofs.unproved(first, today - timedelta(days=1), None, _DAYS))
