"""How the desk stands with headquarters: the line in words, what is known of it, and the card of a desk that needs a
code."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from courier_desk.base.translation import _, plural
from courier_desk.services.care import BackupState, HeadquartersLists, OutboxView
from courier_desk.services.exchange_state import ALARM_TEXTS, Alarm, LinkState, LinkTrouble, Standing
from courier_desk.services.sync_state import SyncState, SyncWord
from courier_desk.ui.generated.ui_sync_page import Ui_SyncPage
from courier_desk.ui.pages.sync_reasons import trouble_text
from courier_desk.ui.pages.sync_words import age, moment
from courier_desk.ui.sync_signs import clock_fault, line_sign
from courier_desk.ui.widgets.fact_list import Fact
from courier_desk.ui.widgets.tally import Figure

_TO_CODE = (LinkState.NEEDS_CODE, LinkState.SET_BACK)


@dataclass(frozen=True, slots=True)
class SyncFound:
    """What is read together on the db lane."""

    outbox: OutboxView
    backups: BackupState
    standing: Standing
    lists: HeadquartersLists

    @property
    def open_refused(self) -> int:
        """What was refused and not settled yet."""
        return sum(not row.settled_how for row in self.standing.refused)

    @property
    def kept(self) -> int:
        """News that were not applied."""
        standing = self.standing
        past = standing.past.aside if standing.past else 0
        return standing.kept_waiting + standing.kept_unknown + standing.kept_broken + past


def needs_code(found: SyncFound, state: SyncState) -> bool:
    """True when only a new one-time code helps."""
    link = found.standing.link
    return state.word is SyncWord.NEEDS_CODE or (link is not None and link.state is LinkState.NEEDS_CODE)


def figures(found: SyncFound, now: datetime) -> tuple[Figure, ...]:
    """What counts, for a desk that has joined."""
    standing, refused = found.standing, found.open_refused
    oldest = age(now - standing.oldest_at) if standing.oldest_at else "–"
    return (
        Figure(str(standing.waiting), _("waiting"), "cloud-arrow-up", "info" if standing.waiting else "text"),
        Figure(oldest, _("oldest"), "clock"),
        Figure(str(refused), _("refused"), "warning", "bad" if refused else "text"),
        Figure(str(found.kept), _("aside"), "tray"),
        Figure(str(standing.numbers_days), _("days of numbers"), "hash-straight", _numbers_tone(standing)),
    )


def _numbers_tone(standing: Standing) -> str:
    if not standing.numbers_left:
        return "bad"
    return "warn" if standing.numbers_low else "text"


def show_line(ui: Ui_SyncPage, found: SyncFound, state: SyncState, zone: ZoneInfo) -> None:
    """Chip, sentence and facts of the line."""
    sign = line_sign(state, found.open_refused)
    ui.line_chip.set(str(sign.word), sign.tone if sign.tone != "muted" else "good", sign.icon)
    ui.line_note.setText(_moments(state, zone))
    parts = [str(sign.meaning)]
    if state.fault is not None and state.word in (SyncWord.OFFLINE, SyncWord.REFUSED):
        parts.insert(0, str(state.fault))
    ui.line_text.setText("\n".join(parts))
    ui.line_facts.show_facts(_facts(found, state, zone))


def _moments(state: SyncState, zone: ZoneInfo) -> str:
    """Since when it is so, when headquarters last answered, when it is asked again."""
    said = (
        (state.since, _("since {moment}")),
        (state.contact_at, _("last answer {moment}")),
        (state.retry_at, _("next try {moment}")),
    )
    return "  ·  ".join(text.format(moment=moment(at, zone)) for at, text in said if at is not None)


def show_code_card(ui: Ui_SyncPage, found: SyncFound) -> None:
    """Why a new code is needed, in words that explain."""
    link = found.standing.link
    ui.code_chip.set(_("This desk needs a new code"), "bad", "key")
    ui.code_text.setText(trouble_text(link.reason if link else LinkTrouble.NONE))


def _facts(found: SyncFound, state: SyncState, zone: ZoneInfo) -> Sequence[Fact]:
    standing = found.standing
    link = standing.link
    clock = clock_fault(state)
    low = standing.numbers_low
    facts = [
        Fact(_("Clock"), str(clock) if clock else "", "warn", "clock"),
        Fact(_("Faulty news"), _alarm(standing, zone), "bad", "warning"),
        Fact(_("Agreed"), *_agreed(found)),
        Fact(_("Numbers"), _numbers(standing), "warn" if low else "text", "warning" if low else ""),
        Fact(_("Kept aside"), _kept(standing)),
        Fact(_("The past"), *_past(standing)),
        Fact(_("New enrolment"), *_entering(standing)),
    ]
    if link is not None:
        facts += [
            Fact(_("News read"), _("up to no. {n}").format(n=link.feed_after)),
            Fact(_("Received there"), _("up to no. {n}").format(n=link.cursor)),
            Fact(_("Headquarters"), link.address),
            Fact(_("This desk"), _("{desk}, enrolment {n}").format(desk=link.desk_id, n=link.incarnation)),
            Fact(_("Joined"), moment(link.joined_at, zone)),
        ]
    return facts


def _alarm(standing: Standing, zone: ZoneInfo) -> str:
    if not standing.alarm:
        return ""
    at = moment(standing.alarm_at, zone) if standing.alarm_at else ""
    said = str(ALARM_TEXTS[Alarm(standing.alarm)]) if standing.alarm in set(Alarm) else standing.alarm
    return "  ".join(part for part in (at, said) if part)


def _agreed(found: SyncFound) -> tuple[str, str, str]:
    """The daily proof in one line: value, tone, icon."""
    proofs = found.standing.proofs
    wrong = [proof.day for proof in proofs if not proof.agrees]
    if wrong:
        days = ", ".join(day.isoformat() for day in wrong[:3])
        return _("{days}: both sides differ").format(days=days), "bad", "warning"
    if proofs:
        latest = _("up to {day}").format(day=max(proof.day for proof in proofs).isoformat())
        left = plural("{n} day is still to be compared", "{n} days are still to be compared", found.standing.unproved)
        return _(", ").join((latest, left)) if found.standing.unproved > 1 else latest, "good", "check-circle"
    return _("No day was compared yet"), "muted", ""


def _numbers(standing: Standing) -> str:
    left = plural("{n} left", "{n} left", standing.numbers_left)
    days = plural("for {n} busy day", "for {n} busy days", standing.numbers_days)
    return _(", ").join((left, days)) if standing.numbers_left else _("None left: no order can be numbered")


def _past(standing: Standing) -> tuple[str, str, str]:
    """How much of what the former PC did is back: value, tone, icon."""
    past = standing.past
    if past is None:
        return "", "", ""
    if not past.more:
        return _since(_("all of it is back"), past.since), "good", "check-circle"
    if not past.total:
        said = _("{n} operations are back; more come").format(n=f"{past.done:,}")
    else:
        counts = {"n": f"{min(past.done, past.total):,}", "total": f"{past.total:,}"}
        said = _("{n} of {total} operations are back").format(**counts)
    return _since(said, past.since), "info", "hourglass"


def _since(said: str, since: date | None) -> str:
    """``said``, and from which day on, where headquarters has put older days away."""
    if since is None:
        return said
    return _("{said}, from {day} on; older days are no longer on line").format(said=said, day=since.isoformat())


def _entering(standing: Standing) -> tuple[str, str, str]:
    """How much of what headquarters has not is issued again, before anything is sent: value, tone, icon."""
    entering = standing.entering
    if entering is None:
        return "", "", ""
    counts = {"n": f"{entering.done:,}", "total": f"{entering.total:,}"}
    return _("{n} of {total} operations are made ready to be sent again").format(**counts), "info", "hourglass"


def _kept(standing: Standing) -> str:
    counts = (
        (standing.kept_waiting, _("{n} wait for our own")),
        (standing.kept_unknown, _("{n} for a newer program")),
        (standing.kept_broken, _("{n} unreadable")),
        (standing.past.aside if standing.past else 0, _("{n} of the past")),
    )
    return _(", ").join(text.format(n=n) for n, text in counts if n)
