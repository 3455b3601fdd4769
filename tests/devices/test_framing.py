"""Bytes to codes: whole codes only, however the line breaks, stalls, chatters or dies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courier_desk.devices.framing import LONGEST_FRAME, Fault, Framer, Framing, Terminator

CODE = "CD0000000123456"
ENDS = {Terminator.ETX: b"\x03", Terminator.CRLF: b"\r\n", Terminator.LF: b"\n"}
codes = st.text("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789-", min_size=1, max_size=40)


def framed(code: str, terminator: Terminator) -> bytes:
    """A code as a scanner with that terminator sends it."""
    start = b"\x02" if terminator is Terminator.ETX else b""
    return start + code.encode() + ENDS.get(terminator, b"\r")


def found_in(framer: Framer, piece: bytes | None) -> list[str | Fault]:
    """What the framer makes of bytes, or of silence for None."""
    return framer.silence() if piece is None else framer.feed(piece)


@pytest.mark.parametrize("ending", [b"\r", b"\n", b"\r\n"])
def test_a_line_ends_with_cr_lf_or_both(ending: bytes) -> None:
    framer = Framer()
    assert framer.feed(CODE.encode() + ending) == [CODE]
    assert framer.feed(CODE.encode() + ending) == [CODE]


@pytest.mark.parametrize(
    ("framing", "sent", "code"),
    [
        (Framing(Terminator.CR), b"A1\r", "A1"),
        (Framing(Terminator.CRLF), b"A\rB\r\n", "A\rB"),
        (Framing(Terminator.ETX), b"\x02A1\x03", "A1"),
        (Framing(Terminator.ETX, prefix=b"S1"), b"\x02S1A1\x03", "A1"),
        (Framing(Terminator.LF, prefix=b"<", suffix=b">"), b"<A<1>\n", "A<1"),
        (Framing(Terminator.CR, prefix=b"\x1bX"), b"noise\x1bXA1\r", "A1"),
        # Published: TEST with CR LF has the BCC 11h.
        (Framing(Terminator.CRLF, bcc=True), b"TEST\r\n\x11", "TEST"),
        (Framing(Terminator.ETX, bcc=True), b"\x0212\x03\x00", "12"),
    ],
)
def test_codes_are_unwrapped(framing: Framing, sent: bytes, code: str) -> None:
    framer = Framer(framing)
    assert framer.feed(sent) == [code]
    assert [found for byte in sent for found in framer.feed(bytes([byte]))] == [code]


def test_a_wrong_check_byte_refuses_the_code() -> None:
    framer = Framer(Framing(Terminator.CRLF, bcc=True))
    assert framer.feed(b"TEST\r\n\x12TEST\r\n\x11") == [Fault.BAD_CHECK, "TEST"]


def test_a_check_byte_may_be_a_line_end() -> None:
    body = b"\x07"  # 07h ^ 0Ah (LF) = 0Dh (CR)
    framer = Framer(Framing(Terminator.LF, bcc=True))
    assert framer.feed(body + b"\n\r" + b"TEST\n\x1c") == ["\x07", "TEST"]


def test_silence_ends_a_code_only_where_it_is_set_so() -> None:
    assert Framer().feed(CODE.encode()) == []
    trusting = Framer(Framing(Terminator.SILENCE))
    assert trusting.feed(CODE.encode()) == []
    assert trusting.silence() == [CODE]
    assert trusting.feed(b"A1\r\n") == ["A1"]
    assert trusting.silence() == []


@given(codes, st.data())
def test_a_code_that_stalls_is_refused_whole_and_the_next_one_is_read(code: str, data: st.DataObject) -> None:
    sent = code.encode() + b"\r"
    at = data.draw(st.integers(1, len(sent) - 1))
    framer = Framer()
    assert framer.feed(sent[:at]) == []
    assert framer.silence() == [Fault.HALF]
    assert framer.silence() == []
    assert framer.feed(sent[at:]) in ([], [Fault.HALF])
    assert framer.feed(sent) == [code]


@given(codes, st.data())
def test_a_port_that_dies_in_a_code_drops_the_half_and_says_so(code: str, data: st.DataObject) -> None:
    sent = code.encode() + b"\r"
    at = data.draw(st.integers(1, len(sent) - 1))
    framer = Framer()
    assert framer.feed(sent[:at]) == []
    assert framer.lost() == [Fault.HALF]
    assert framer.feed(sent) == [code]


@given(st.lists(codes, min_size=1, max_size=8), st.sampled_from(Terminator), st.data())
def test_codes_do_not_depend_on_how_the_bytes_are_chopped(
    sent: list[str], terminator: Terminator, data: st.DataObject
) -> None:
    stream = b"".join(framed(code, terminator) for code in sent)
    framer, found = Framer(Framing(terminator)), []
    while stream:
        size = data.draw(st.integers(1, len(stream)))
        found += framer.feed(stream[:size])
        stream = stream[size:]
    assert found == sent


@given(st.lists(st.one_of(st.binary(min_size=1, max_size=30), st.none()), max_size=30), st.sampled_from(Terminator))
def test_noise_never_breaks_the_reader_and_a_rescan_gets_through(
    noise: list[bytes | None], terminator: Terminator
) -> None:
    framer = Framer(Framing(terminator))
    for piece in noise:
        assert all(isinstance(found, (str, Fault)) for found in found_in(framer, piece))
    framer.silence()
    framer.feed(framed(CODE, terminator))
    assert framer.feed(framed(CODE, terminator))[-1:] == [CODE]


def test_noise_of_control_bytes_costs_no_code() -> None:
    framer = Framer()
    assert framer.feed(b"\x00\xff\xfe") == []
    assert framer.silence() == []
    assert framer.feed(b"\0\0" + CODE.encode() + b"\r") == [CODE]


def test_a_new_start_mark_discards_the_code_that_broke_off_before_it() -> None:
    framer = Framer(Framing(Terminator.ETX))
    assert framer.feed(b"\x02CD00000\x02" + CODE.encode() + b"\x03") == [CODE]
    assert framer.feed(b"3456\x03") == [Fault.HALF]


def test_a_marked_start_needs_no_rescan_after_a_stall() -> None:
    framer = Framer(Framing(Terminator.ETX))
    framer.feed(b"\x02CD000")
    assert framer.silence() == [Fault.HALF]
    assert framer.feed(b"\x02" + CODE.encode() + b"\x03") == [CODE]


def test_a_missing_suffix_refuses_the_code() -> None:
    assert Framer(Framing(Terminator.CR, suffix=b"#")).feed(b"A1\rA1#\r#\r") == [Fault.HALF, "A1", Fault.HALF]


def test_the_longest_qr_code_passes_and_endless_bytes_do_not() -> None:
    digits = "0123456789" * 708 + "012345678"
    assert len(digits) <= 7_089
    framer = Framer()
    assert framer.feed(digits.encode() + b"\r") == [digits]
    assert framer.feed(b"9" * (LONGEST_FRAME + 1)) == [Fault.TOO_LONG]
    assert framer.feed(b"9" * 3 * LONGEST_FRAME) == []
    assert framer.feed(b"12\r") == [Fault.HALF]
    assert framer.feed(b"9" * (LONGEST_FRAME + 1) + b"\r") == [Fault.TOO_LONG]
    assert framer.feed(CODE.encode() + b"\r") == [CODE]


def test_chinese_comes_as_utf_8_or_gb18030_and_nothing_else() -> None:
    framer = Framer()
    assert framer.feed("浦东𠮷".encode() + b"\r" + "浦东𠮷".encode("gb18030") + b"\r\xff\xff\r") == [
        "浦东𠮷",
        "浦东𠮷",
        Fault.NOT_TEXT,
    ]


def test_impossible_framings_are_refused() -> None:
    with pytest.raises(ValueError, match="8 bytes"):
        Framing(prefix=b"123456789")
    with pytest.raises(ValueError, match="exact terminator"):
        Framing(bcc=True)
