"""Bodies that lie: about their size, inside their compression, and in what they say."""

import random
import tracemalloc

import pytest
import zstandard

from courier_desk.hq.core.refused import Refused
from courier_desk.hq.http import bodies
from courier_desk.protocol.messages import LARGEST_BODY, LeaseRequest, ProblemCode, PushRequest
from tests.hq.bombs import BOMBS, bomb

ROOM = 16 * 1024 * 1024


def _refusal_of(body: bytes, encoding: str = "zstd") -> ProblemCode:
    with pytest.raises(Refused) as refused:
        bodies.inflate(bytearray(body), encoding)
    return refused.value.code


@pytest.mark.parametrize("length", [0, 1, 100_000, LARGEST_BODY])
def test_an_honest_body_comes_through(length: int) -> None:
    content = random.Random(1).randbytes(length // 2) + bytes(length - length // 2)
    assert bodies.inflate(bytearray(zstandard.compress(content)), "zstd") == content
    assert bodies.inflate(bytearray(content), "") == content


def test_a_body_without_its_size_in_front_comes_through() -> None:
    compressor = zstandard.ZstdCompressor().compressobj()
    body = compressor.compress(b'{"a":1}') + compressor.flush()
    assert bodies.inflate(bytearray(body), "zstd") == b'{"a":1}'


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_before_it_is_inflated(name: str) -> None:
    body = bomb(name)
    tracemalloc.start()
    try:
        # Where the stated size is too small, zstd itself notices.
        expected = ProblemCode.BAD_MESSAGE if name == "lying small" else ProblemCode.TOO_LARGE
        assert _refusal_of(body) is expected
        assert tracemalloc.get_traced_memory()[1] < ROOM
    finally:
        tracemalloc.stop()


def test_one_byte_too_many_is_too_large() -> None:
    assert _refusal_of(zstandard.compress(bytes(LARGEST_BODY + 1))) is ProblemCode.TOO_LARGE


@pytest.mark.parametrize("body", [b"", b"{}", b"\x28\xb5\x2f\xfd", zstandard.compress(b"{}" * 100)[:-3], b"\0" * 20])
def test_what_zstd_did_not_write_is_a_bad_message(body: bytes) -> None:
    assert _refusal_of(body) is ProblemCode.BAD_MESSAGE


@pytest.mark.parametrize("more", [b"m", b"more" * 50, zstandard.compress(b"{}")])
def test_something_behind_the_frame_is_too_much(more: bytes) -> None:
    assert _refusal_of(zstandard.compress(b"{}") + more) is ProblemCode.TOO_LARGE


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd, zstd", "gzip, zstd"])
def test_other_compressions_are_a_bad_message(encoding: str) -> None:
    assert _refusal_of(b"{}", encoding) is ProblemCode.BAD_MESSAGE


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"{",
        b"[" * 200_000,
        b'{"a":' * 100_000,
        b'{"incarnation":NaN}',
        b'{"incarnation":1e999,"first_seq":1}',
        b'{"incarnation":' + b"9" * 5000 + b"}",
        b'{"incarnation":9223372036854775808,"first_seq":1,"chain":"","operations":["{}"]}',
        b'{"incarnation":"\\ud800"}',
        b"\xff\xfe{}",
    ],
    ids=lambda body: body[:20].decode("ascii", "replace"),
)
def test_what_is_no_message_is_a_bad_message_and_not_repeated(body: bytes) -> None:
    with pytest.raises(Refused) as refused:
        bodies.parse(PushRequest, body)
    assert refused.value.code is ProblemCode.BAD_MESSAGE
    assert len(refused.value.problem.text) <= 500


def test_a_refusal_names_places_and_never_what_stood_there() -> None:
    with pytest.raises(Refused) as refused:
        bodies.parse(LeaseRequest, b'{"request_id":"r","incarnation":1,"prefix":"13800138000","wanted":1}')
    assert refused.value.problem.text == "prefix: string_pattern_mismatch"
