"""Numbers: no serial is ever leased twice, by however many, after whatever was restored."""

import os
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest
import sqlalchemy as sa

from courier_desk.base.errors import EnvironmentFault
from courier_desk.hq.core import numbers
from courier_desk.hq.core.headquarters import Headquarters
from courier_desk.hq.core.refused import Refused
from courier_desk.hq.core.reserve import EXTENSION, NumberReserve, Upper
from courier_desk.hq.database import open_engine
from courier_desk.protocol.messages import Lease, LeaseRequest, ProblemCode
from tests.hq.desks import Joined, Network

DESKS = 30


def _lease(network: Network, desk: Joined, request_id: str = "a", wanted: int = 1000, prefix: str = "CD") -> Lease:
    request = LeaseRequest(request_id=request_id, incarnation=desk.identity.incarnation, prefix=prefix, wanted=wanted)
    return network.hq.lease(desk.identity, request)


def _overlap(leases: list[Lease]) -> bool:
    in_order = sorted(leases, key=lambda each: each.first)
    return any(one.last >= other.first for one, other in pairwise(in_order))


def _set_space(network: Network, following: int, upper: int) -> None:
    with network.engine.begin() as connection:
        connection.execute(sa.text(f"UPDATE number_space SET next = {following}, upper = {upper}"))


def test_thirty_desks_at_once_get_ranges_of_their_own(network: Network, dsn: str, tmp_path: Path) -> None:
    network.add("BJ001", *(f"BJ001-{each}" for each in range(DESKS)))
    desks = [network.join(f"BJ001-{each}", f"{each:064x}") for each in range(DESKS)]
    wide = open_engine(dsn, connections=DESKS)
    network.hq = Headquarters(wide, network.clock, NumberReserve(tmp_path / "reserve.json"))
    with ThreadPoolExecutor(DESKS) as threads:
        leases = list(threads.map(lambda desk: _lease(network, desk), desks))
    wide.dispose()
    assert not _overlap(leases)
    assert {lease.last - lease.first + 1 for lease in leases} == {1000}
    kept = network.hq.reserve.read()
    assert kept is not None
    assert (kept.leased, kept.upper) == (max(lease.last for lease in leases) + 1, 1 + EXTENSION)


def test_the_same_request_is_the_same_lease(network: Network) -> None:
    desk = network.join("HZ001-1")
    first = _lease(network, desk, "a")
    assert _lease(network, desk, "b") != first
    assert _lease(network, desk, "a", wanted=9999) == first


def test_a_new_incarnation_gets_nothing_of_the_one_before(network: Network) -> None:
    burnt = _lease(network, network.join("HZ001-1"), "a")
    fresh = _lease(network, network.join("HZ001-1"), "a")
    assert fresh.first > burnt.last
    alive = "SELECT count(*) FROM number_range WHERE burnt_at IS NULL AND incarnation = 2"
    assert network.count(alive) == 1


@pytest.mark.parametrize(("wanted", "given"), [(1, numbers.SMALLEST), (5000, 5000), (1_000_000, numbers.LARGEST)])
def test_a_lease_is_neither_tiny_nor_huge(network: Network, wanted: int, given: int) -> None:
    lease = _lease(network, network.join("HZ001-1"), wanted=wanted)
    assert lease.last - lease.first + 1 == given


def test_a_foreign_prefix_is_not_leased(network: Network) -> None:
    desk = network.join("HZ001-1")
    with pytest.raises(Refused) as refused:
        _lease(network, desk, prefix="XS")
    assert refused.value.code is ProblemCode.NOT_ALLOWED


def test_a_lease_for_another_incarnation_is_fenced(network: Network) -> None:
    desk = network.join("HZ001-1")
    with pytest.raises(Refused) as refused:
        network.hq.lease(desk.identity, LeaseRequest(request_id="a", incarnation=7, prefix="CD", wanted=100))
    assert refused.value.code is ProblemCode.FENCED


def test_one_desk_cannot_drain_the_space(network: Network) -> None:
    desk = network.join("HZ001-1")
    for each in range(numbers.MOST_A_DAY // numbers.LARGEST):
        _lease(network, desk, str(each), wanted=numbers.LARGEST)
    with pytest.raises(Refused) as refused:
        _lease(network, desk, "more")
    assert refused.value.code is ProblemCode.BUSY
    network.clock.go_on(days=1, seconds=1)
    _lease(network, desk, "more")


def test_the_database_itself_refuses_ranges_that_overlap(network: Network) -> None:
    desk = network.join("HZ001-1")
    lease = _lease(network, desk)
    _set_space(network, lease.first, 1 + EXTENSION)
    network.hq.reserve.write(Upper(1 + EXTENSION, 1, 1))
    with pytest.raises(sa.exc.IntegrityError):
        _lease(network, desk, "b")


class TestReserve:
    def test_it_is_safe_on_disk_before_a_number_is_out(self, network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
        """The file itself, then its name in the folder; both while the number is not in the database yet."""
        desk, seen, sync = network.join("HZ001-1"), list[int](), os.fsync

        def watch(descriptor: int) -> None:
            sync(descriptor)
            seen.append(network.count("SELECT count(*) FROM number_range"))

        monkeypatch.setattr(os, "fsync", watch)
        _lease(network, desk)
        assert seen == [0, 0]

    def test_it_is_extended_when_the_space_below_it_is_used(self, network: Network) -> None:
        desk = network.join("HZ001-1")
        _lease(network, desk)
        top = 1 + EXTENSION
        _set_space(network, top - 500, top)
        network.hq.reserve.write(Upper(top, top - 500, 1))
        lease = _lease(network, desk, "b")
        assert (lease.first, network.hq.reserve.read()) == (top - 500, Upper(top + EXTENSION, top + 500, 1))

    def test_no_number_leaves_a_database_that_was_set_back_below_it(self, network: Network) -> None:
        """Nobody has begun a new epoch yet: the reserve file alone keeps the numbers apart."""
        desk = network.join("HZ001-1")
        before = _lease(network, desk, "a")
        with network.engine.begin() as connection:
            connection.execute(sa.text("DELETE FROM number_range"))
            connection.execute(sa.text("UPDATE number_space SET next = 1, upper = 1"))
        after = _lease(network, desk, "b")
        assert after.first > before.last
        assert network.count("SELECT count(*) FROM incident WHERE kind = 'numbers_set_back'") == 1
        assert network.count("SELECT count(*) FROM number_range WHERE desk_id = '' AND serials @> 500::bigint") == 1

    def test_without_it_nothing_is_leased(self, network: Network) -> None:
        desk = network.join("HZ001-1")
        _lease(network, desk)
        network.hq.reserve.path.unlink()
        with pytest.raises(Refused) as refused:
            _lease(network, desk, "b")
        assert refused.value.code is ProblemCode.UNAVAILABLE

    @pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"upper": 5}', b'{"upper": "x", "leased": 1, "epoch": 1}'])
    def test_a_damaged_one_is_not_trusted(self, network: Network, content: bytes) -> None:
        desk = network.join("HZ001-1")
        network.hq.reserve.path.write_bytes(content)
        with pytest.raises(EnvironmentFault):
            network.hq.reserve.read()
        with pytest.raises(Refused) as refused:
            _lease(network, desk)
        assert refused.value.code is ProblemCode.UNAVAILABLE

    def test_a_full_disk_leases_nothing(self, network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
        desk = network.join("HZ001-1")

        def full(_descriptor: int) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", full)
            with pytest.raises(Refused):
                _lease(network, desk)
        assert network.count("SELECT count(*) FROM number_range") == 0
        assert _lease(network, desk).first == 1

    def test_a_lease_that_was_not_kept_is_not_given_again(
        self, network: Network, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The file is written, then the database goes away: those numbers are passed over."""
        desk = network.join("HZ001-1")
        _lease(network, desk)
        keep = network.hq.reserve.write

        def keep_and_fail(upper: Upper) -> None:
            keep(upper)
            raise ConnectionError

        with monkeypatch.context() as patch:
            patch.setattr(network.hq.reserve, "write", keep_and_fail)
            with pytest.raises(ConnectionError):
                _lease(network, desk, "b")
        assert _lease(network, desk, "b").first == 2001
