"""A desk becomes one of the network: a one-time code becomes a secret, then come the reference data."""

import contextlib
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Protocol

from courier_desk import __version__
from courier_desk.base.errors import EnvironmentFault, UserError
from courier_desk.base.translation import message
from courier_desk.domain.enrolment import read_address, read_code
from courier_desk.protocol.messages import EnrolReply, EnrolRequest, ProblemCode
from courier_desk.services.exchange import ExchangePort
from courier_desk.services.first_start import FirstPassword, Progress
from courier_desk.services.ports import OnLane
from courier_desk.sync.engine import fetched
from courier_desk.sync.ports import Changes, Refusal

if TYPE_CHECKING:
    from courier_desk.sync.client import HqClient

PROGRAM = f"courier-desk {__version__}"
MakeClient = Callable[[str, str], "HqClient"]


class NewDesk(Protocol):
    """An empty folder that becomes a desk; used on the db lane."""

    def machine(self) -> str:
        """A hash that names this PC."""
        ...

    def join(
        self, address: str, reply: EnrolReply, documents: Sequence[bytes], progress: Progress | None = None
    ) -> tuple[FirstPassword, ...]:
        """Set the station up as headquarters says."""
        ...


class Joiner:
    """Used on a lane that may wait; ``stop`` may come from any thread. ``make_client(address, token)``; ``on_db`` runs
    a function on the database lane.

    A code works once, but a reply can get lost: headquarters gives it to the same PC again until the secret is used."""

    def __init__(self, make_client: MakeClient, on_db: OnLane) -> None:
        self._make_client = make_client
        self._on_db = on_db
        self._guard = threading.Lock()
        self._client: HqClient | None = None
        self._stopped = False
        # From which day on headquarters has the past of the desk that joined; None for all of it.
        self.past_from: date | None = None
        # What came of a code is kept for another try, should the rest fail.
        self._enrolled: tuple[str, str, EnrolReply] | None = None

    def join(
        self, new_desk: Callable[[], NewDesk], address: str, code: str, progress: Progress
    ) -> tuple[FirstPassword, ...]:
        """Set up the desk that ``code`` was made for; ``new_desk`` is called on the db lane. Errors: UserError for the
        field ``address`` or ``code``, EnvironmentFault; both can be tried again."""
        address, code = read_address(address), read_code(code)
        self._stopped = False
        progress(0, 1, message("Headquarters is asked"))
        desk = self._on_db(new_desk)
        reply = self._enrol(self._on_db(desk.machine), address, code)
        with self._talk(address, f"{reply.desk_id}.{reply.secret}") as client:
            cards = client.references().references
            documents = []
            for place, card in enumerate(cards):
                progress(place, len(cards) + 1, message("Reference data: {kind}", kind=card.kind))
                documents.append(fetched(client, card))
        progress(len(cards), len(cards) + 1, message("The station is set up"))
        first = self._on_db(lambda: desk.join(address, reply, documents, progress))
        self._enrolled = None
        self.past_from = reply.past_from
        return first

    def rejoin(self, desk: ExchangePort, code: str, pause: Callable[[], None]) -> Changes:
        """A new incarnation of the desk that is here, after ``pause`` has stopped all talk under the old one. Errors:
        UserError for the field ``code``, EnvironmentFault."""
        code, link = read_code(code), desk.link()
        self._stopped = False
        if link is None:
            raise UserError(message("This station is on its own; it has never joined headquarters."))
        reply = self._enrol(desk.machine(), link.address, code, link.desk_id)
        pause()
        changes = desk.enter(reply)
        self._enrolled = None
        return changes

    def stop(self) -> None:
        """Give up what goes on: it ends with an EnvironmentFault."""
        with self._guard:
            self._stopped = True
            if self._client is not None:
                self._client.interrupt()

    def _enrol(self, machine: str, address: str, code: str, desk_id: str | None = None) -> EnrolReply:
        if self._enrolled is not None and self._enrolled[:2] == (address, code):
            return self._enrolled[2]
        with self._talk(address, "") as client:
            reply = client.enrol(EnrolRequest(code=code, machine=machine, desk=desk_id, program=PROGRAM))
        self._enrolled = (address, code, reply)
        return reply

    @contextlib.contextmanager
    def _talk(self, address: str, token: str) -> "Iterator[HqClient]":
        """A client for one part of the way; refusals become words beside their field."""
        client = self._make_client(address, token)
        with self._guard:
            self._client = client
            if self._stopped:
                client.interrupt()
        try:
            yield client
        except Refusal as refusal:
            raise _told(refusal) from refusal
        finally:
            with self._guard:
                self._client = None
            client.close()


def _told(refusal: Refusal) -> Exception:
    code = refusal.problem.code
    if code == ProblemCode.CODE_REFUSED:
        said = message("Headquarters does not take this code: it is wrong, out of date, used, or for another desk.")
        return UserError(said, field="code")
    if refusal.status == 429:
        return EnvironmentFault(message("Too many tries, or headquarters has much to do: wait a minute."))
    if refusal.passes_by_itself:
        return EnvironmentFault(message("Headquarters is away for the moment."))
    return EnvironmentFault(message("Headquarters refuses this program: {code}", code=code), retriable=False)
