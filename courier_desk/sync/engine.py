"""The exchange with headquarters as single steps: no thread, no sleeping, no clock but the one it is given.

The threads of ``sync.loop`` take these steps, and so does the simulation. Between the request and the database no
transaction is open: whatever is lost on the way is sent or asked for again, and both sides know what they have.
"""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from courier_desk import __version__
from courier_desk.base.clock import Clock
from courier_desk.base.errors import EnvironmentFault, UserError
from courier_desk.base.logging import get_logger
from courier_desk.base.translation import Message, message
from courier_desk.protocol.chain import digest_of
from courier_desk.protocol.messages import (
    MOST_ITEMS,
    MOST_OPERATIONS,
    FeedReply,
    Problem,
    ProblemCode,
    PushReply,
    PushRequest,
    ReferenceCard,
    RenewRequest,
)
from courier_desk.protocol.news import NewsKind
from courier_desk.services.exchange import ExchangePort, Link, LinkState
from courier_desk.sync.ports import Changes, HqPort, LineFault, PastPort, Refusal

PROGRAM = f"courier-desk {__version__}"
# A busy day leaves about ninety pieces behind.
_MOST_PIECES = 50
# What the desk itself has an answer to; everything else is tried again later.
_FOR_THE_DESK = frozenset(
    {ProblemCode.FENCED, ProblemCode.DIVERGED, ProblemCode.GAP, ProblemCode.NEW_EPOCH, ProblemCode.NOT_KNOWN}
)


class Did(StrEnum):
    """What became of a step. ENTERING: a piece of what has to be done under a new incarnation before anything is sent.
    NEEDS_CODE, NOT_JOINED: nothing is possible until a person has done something."""

    NOTHING = "nothing"
    SENT = "sent"
    APPLIED = "applied"
    RENEWED = "renewed"
    ENTERING = "entering"
    REFUSED = "refused"
    NEEDS_CODE = "needs_code"
    NOT_JOINED = "not_joined"


@dataclass(frozen=True, slots=True)
class Step:
    """``count`` operations or items; ``more``: the next step has something to do at once; ``asked``: headquarters was
    asked and answered; ``text``: what to tell a person of a refusal, which ``passes_by_itself`` or not; ``ahead_s``:
    seconds that this PC's clock is ahead of headquarters', None where it did not say."""

    did: Did
    count: int = 0
    changes: Changes = ()
    more: bool = False
    asked: bool = True
    problem: Problem | None = None
    text: Message | None = None
    retry_after_s: float | None = None
    passes_by_itself: bool = False
    new_references: bool = False
    ahead_s: float | None = None


MakeClient = Callable[[Link], HqPort]


class Exchange:
    """Used by one thread at a time; ``interrupt`` may come from any other. Two of the same desk share ``renewing``, so
    that it is renewed once. Every step: errors EnvironmentFault."""

    def __init__(
        self,
        make_client: MakeClient,
        desk: ExchangePort,
        clock: Clock,
        past: PastPort | None = None,
        renewing: AbstractContextManager[object] | None = None,
    ) -> None:
        self._make_client = make_client
        self._desk = desk
        self._clock = clock
        self._past = past
        self._renewing = renewing or threading.Lock()
        self._most = MOST_OPERATIONS
        self._client: tuple[str, str, HqPort] | None = None
        self._interrupted = False

    def push_once(self) -> Step:
        """Send one batch, if there is any."""
        link = self._desk.link()
        if link is None:
            return Step(Did.NOT_JOINED)
        if (step := self._not_now(link)) is not None:
            return step
        if link.entering:
            return Step(Did.ENTERING, changes=self._desk.enter_on(), more=True, asked=False)
        request = self._desk.batch(most=self._most)
        if request is None:
            return Step(Did.NOTHING, asked=False)
        try:
            reply = self._sent(self._hq(link), request, link.epoch)
        except Refusal as refusal:
            return self._refused(refusal, link)
        changes = self._desk.acknowledge(request, reply)
        more = len(request.operations) >= self._most or reply.cursor < request.first_seq + len(request.operations) - 1
        self._most = min(MOST_OPERATIONS, self._most * 2)
        return Step(Did.SENT, len(request.operations), changes, more=more, ahead_s=self._ahead(reply.now))

    def pull_once(self, wait_s: float = 0.0) -> Step:
        """Ask for news and apply it; headquarters waits up to ``wait_s`` seconds for some."""
        link = self._desk.link()
        if link is None:
            return Step(Did.NOT_JOINED)
        if (step := self._not_now(link)) is not None:
            return step
        try:
            reply = self._hq(link).feed(link.epoch, link.feed_after, MOST_ITEMS, wait_s)
        except Refusal as refusal:
            return self._refused(refusal, link)
        changes = self._desk.apply(reply) if reply.items else ()
        return Step(
            Did.APPLIED if reply.items else Did.NOTHING,
            len(reply.items),
            changes,
            more=bool(reply.items) and reply.items[-1].n < reply.head,
            new_references=_names_references(reply),
            ahead_s=self._ahead(reply.now),
        )

    def refresh(self) -> Step:
        """What is not pressing: reference data by their digests, numbers, the daily proof, and what is old enough to be
        cleared here. What headquarters refuses in one of them does not hold up the others."""
        link = self._desk.link()
        if link is None:
            return Step(Did.NOT_JOINED)
        if (step := self._not_now(link)) is not None:
            return step
        hq = self._hq(link)
        changes: Changes = ()
        held_up: Step | None = None
        for part in (self._references, self._numbers, self._proofs):
            try:
                changes += part(hq)
            except Refusal as refusal:
                held_up = self._refused(refusal, link)
                if held_up.more or held_up.did is Did.NEEDS_CODE:
                    break
            except UserError as error:
                # A document of headquarters' that this desk cannot use; people there have to mend it.
                get_logger(__name__).error("headquarters' data refused", error=error)
                held_up = Step(Did.REFUSED, text=error.message)
        self._tidy()
        if held_up is None:
            return Step(Did.APPLIED if changes else Did.NOTHING, len(changes), changes)
        return replace(held_up, count=len(changes), changes=changes)

    def recall_once(self) -> Step:
        """A page of the station's past, for a desk that was replaced."""
        link = self._desk.link()
        if link is None:
            return Step(Did.NOT_JOINED)
        if (step := self._not_now(link)) is not None:
            return step
        mark = None if self._past is None else self._past.wanted()
        if self._past is None or mark is None:
            return Step(Did.NOTHING, asked=False)
        try:
            reply = self._hq(link).history(mark, MOST_OPERATIONS)
        except Refusal as refusal:
            return self._refused(refusal, link)
        changes = self._past.admit(reply)
        # A page that was not taken is of another epoch; asked again at once it would be the same.
        return Step(Did.APPLIED, len(reply.operations), changes, more=reply.more and bool(changes))

    def interrupt(self) -> None:
        """From another thread: what is under way ends with an EnvironmentFault; nothing new is begun."""
        self._interrupted = True
        client = self._client
        if client is not None:
            client[2].interrupt()

    def close(self) -> None:
        """Hang up."""
        if self._client is not None:
            self._client[2].close()
            self._client = None

    def _not_now(self, link: Link) -> Step | None:
        """None when headquarters knows this desk as it is."""
        if link.state is LinkState.NEEDS_CODE:
            return Step(Did.NEEDS_CODE)
        if link.state is LinkState.SET_BACK:
            return self._renewed()
        return None

    def _renewed(self) -> Step:
        """Saved work is missing here: a new incarnation, so that nothing goes twice under one name."""
        with self._renewing:
            link = self._desk.link()
            if link is None or link.state is not LinkState.SET_BACK:
                # The other thread was quicker.
                return Step(Did.NOTHING, more=True, asked=False)
            return self._renew(link)

    def _renew(self, link: Link) -> Step:
        try:
            reply = self._hq(link).renew(RenewRequest(machine=self._desk.machine(), program=PROGRAM))
        except Refusal as refusal:
            return self._refused(refusal, link)
        return Step(Did.RENEWED, changes=self._desk.enter(reply), more=True, ahead_s=self._ahead(reply.now))

    def _sent(self, hq: HqPort, request: PushRequest, epoch: int) -> PushReply:
        try:
            return hq.push(request, epoch)
        except EnvironmentFault:
            # A weak line may carry half of it.
            self._most = max(1, self._most // 2)
            raise

    def _refused(self, refusal: Refusal, asked_as: Link) -> Step:
        problem = refusal.problem
        get_logger(__name__).warning("refused", status=refusal.status, refusal=problem.code, text=problem.text)
        if problem.code in _FOR_THE_DESK:
            now = self._desk.link()
            if now is not None and now.incarnation != asked_as.incarnation:
                # The other thread has renewed the desk meanwhile: this answer is to one that is no more.
                return Step(Did.NOTHING, more=True)
            now = self._desk.refused(problem)
            if now is not None and now.state is LinkState.NEEDS_CODE:
                return Step(Did.NEEDS_CODE, problem=problem)
            return Step(Did.REFUSED, problem=problem, more=True, text=_words(refusal))
        if problem.code == ProblemCode.TOO_LARGE:
            self._most = max(1, self._most // 2)
        return Step(
            Did.REFUSED,
            problem=problem,
            text=_words(refusal),
            retry_after_s=refusal.retry_after_s,
            passes_by_itself=refusal.passes_by_itself,
        )

    def _references(self, hq: HqPort) -> Changes:
        changes: Changes = ()
        wrong: UserError | None = None
        for card in self._desk.references_wanted(hq.references()):
            try:
                changes += self._desk.admit_reference(fetched(hq, card))
            except UserError as error:
                wrong = error
        if wrong is not None:
            raise wrong
        return changes

    def _numbers(self, hq: HqPort) -> Changes:
        request = self._desk.lease_wanted()
        return () if request is None else self._desk.admit_lease(hq.lease(request))

    def _proofs(self, hq: HqPort) -> Changes:
        changes: Changes = ()
        for request in self._desk.proofs_due():
            changes += self._desk.proof_answered(request, hq.prove(request))
        return changes

    def _tidy(self) -> None:
        """Clear what headquarters has had for long, in small pieces; the rest the next time."""
        for _piece in range(_MOST_PIECES):
            if not self._desk.trim():
                return

    def _hq(self, link: Link) -> HqPort:
        """The client for this link; another one when address or secret have changed."""
        if self._client is not None and self._client[:2] != (link.address, link.token):
            self.close()
        if self._client is None:
            client = self._make_client(link)
            self._client = (link.address, link.token, client)
            if self._interrupted:
                client.interrupt()
        return self._client[2]

    def _ahead(self, there: datetime) -> float:
        return (self._clock.now() - there).total_seconds()


def fetched(hq: HqPort, card: ReferenceCard) -> bytes:
    """The document of ``card``, checked against its digest. Errors: Refusal, LineFault."""
    content = hq.reference(card.kind, card.version)
    if digest_of(content).hex() != card.digest:
        raise LineFault("digest", message("What came from headquarters was damaged on the way."))
    return content


def _names_references(reply: FeedReply) -> bool:
    return any(item.kind == NewsKind.REFERENCE_PUBLISHED for item in reply.items)


def _words(refusal: Refusal) -> Message:
    """What a person is told; what headquarters says itself is for the log."""
    if refusal.status == 429:
        return message("Headquarters has much to do and asks to wait.")
    if refusal.passes_by_itself:
        return message("Headquarters is away for the moment.")
    return message("Headquarters did not take what was sent: {code}", code=refusal.problem.code)
