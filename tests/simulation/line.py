"""A desk's line to headquarters in one thread: messages go through their JSON, the world says what befalls each."""

from collections.abc import Callable
from enum import StrEnum
from typing import Protocol, TypeVar

from courier_desk.base.translation import message
from courier_desk.hq.core.failpoints import pass_by
from courier_desk.hq.core.headquarters import Headquarters
from courier_desk.hq.core.identity import DeskIdentity
from courier_desk.hq.core.refused import Refused
from courier_desk.protocol.messages import (
    EnrolReply,
    EnrolRequest,
    FeedReply,
    Hello,
    HistoryReply,
    Lease,
    LeaseRequest,
    Message,
    Problem,
    ProblemCode,
    ProofReply,
    ProofRequest,
    PushReply,
    PushRequest,
    ReferenceList,
    RenewRequest,
)
from courier_desk.sync.ports import LineFault, Refusal

T = TypeVar("T")
M = TypeVar("M", bound=Message)


class Fate(StrEnum):
    """What befalls one request. LOST: it never arrives. REPLY_LOST: it takes effect, nobody hears. DOUBLED: it arrives
    twice. LATE: it is lost, and arrives when nobody expects it. CRASH: headquarters dies at some step of it."""

    FINE = "fine"
    LOST = "lost"
    REPLY_LOST = "reply_lost"
    DOUBLED = "doubled"
    LATE = "late"
    CRASH = "crash"


class CrashedError(Exception):
    """Headquarters' process is gone in the middle of something."""


class Weather(Protocol):
    """What the world does to lines."""

    headquarters: Headquarters

    def fate(self) -> Fate: ...
    def crash_step(self) -> int: ...
    def keep_for_later(self, work: Callable[[], object]) -> None: ...


def _cut() -> LineFault:
    return LineFault("cut", message("The line was cut."))


def _through_json(said: M) -> M:
    return type(said).model_validate_json(said.model_dump_json())


class Line:
    """What ``sync.ports.HqPort`` asks for. ``token`` is shown with each request."""

    def __init__(self, weather: Weather, token: str) -> None:
        self._weather = weather
        self._token = token

    def enrol(self, request: EnrolRequest) -> EnrolReply:
        asked = _through_json(request)
        return self._call(lambda: self._hq.enrol(asked))

    def renew(self, request: RenewRequest) -> EnrolReply:
        asked = _through_json(request)
        return self._call(lambda: self._hq.renew(self._desk(), asked))

    def hello(self, epoch: int) -> Hello:
        return self._call(lambda: self._hq.hello(self._desk(), epoch))

    def push(self, request: PushRequest, epoch: int) -> PushReply:
        asked = _through_json(request)
        return self._call(lambda: self._hq.push(self._desk(), asked, epoch))

    def feed(self, epoch: int, after: int, limit: int, wait_s: float) -> FeedReply:
        return self._call(lambda: self._hq.feed(self._desk(), epoch, after, limit))

    def references(self) -> ReferenceList:
        return self._call(lambda: self._hq.references(self._desk()))

    def reference(self, kind: str, version: int) -> bytes:
        return self._carried(lambda: self._hq.reference(self._desk(), kind, version))

    def lease(self, request: LeaseRequest) -> Lease:
        asked = _through_json(request)
        return self._call(lambda: self._hq.lease(self._desk(), asked))

    def prove(self, request: ProofRequest) -> ProofReply:
        asked = _through_json(request)
        return self._call(lambda: self._hq.prove(self._desk(), asked))

    def history(self, mark: str, limit: int) -> HistoryReply:
        return self._call(lambda: self._hq.history(self._desk(), mark, limit))

    def interrupt(self) -> None:
        """Nothing waits in one thread."""

    def close(self) -> None:
        """Nothing is open."""

    @property
    def _hq(self) -> Headquarters:
        return self._weather.headquarters

    def _desk(self) -> DeskIdentity:
        desk = self._hq.authenticate(self._token)
        if desk is None:
            raise Refused(ProblemCode.NOT_KNOWN, "nobody's token")
        return desk

    def _call(self, work: Callable[[], M]) -> M:
        return _through_json(self._carried(work))

    def _carried(self, work: Callable[[], T]) -> T:
        fate = self._weather.fate()
        if fate is Fate.LATE:
            self._weather.keep_for_later(work)
        if fate in (Fate.LOST, Fate.LATE):
            raise _cut()
        answer = self._answered(work, crash=fate is Fate.CRASH)
        if fate is Fate.DOUBLED:
            self._answered_unheard(work)
        if fate is Fate.REPLY_LOST:
            raise _cut()
        return answer

    def _answered(self, work: Callable[[], T], *, crash: bool) -> T:
        if crash:
            self._hq.at = _Crash(self._weather.crash_step())
        try:
            return work()
        except Refused as refused:
            raise Refusal(Problem.model_validate_json(refused.problem.model_dump_json()), 409) from refused
        except CrashedError as crashed:
            raise _cut() from crashed
        finally:
            self._hq.at = pass_by

    def _answered_unheard(self, work: Callable[[], object]) -> None:
        try:
            self._answered(work, crash=False)
        except Refusal:
            # The second copy may well be refused; whoever asked hears the first answer only.
            return


class _Crash:
    """Breaks off at the step of this number."""

    def __init__(self, step: int) -> None:
        self._left = step

    def __call__(self, _step: str) -> None:
        self._left -= 1
        if self._left < 0:
            raise CrashedError
