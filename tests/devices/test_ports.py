"""Where a device is after it was plugged in anew: by what it is, never by a guess."""

from courier_desk.devices.ports import PortBook, PortInfo

A = PortInfo("/dev/ttyACM0", "scanner", "SN-A", 0x0C2E, 0x0B81, "1-1")
B = PortInfo("/dev/ttyACM1", "scanner", "SN-B", 0x0C2E, 0x0B81, "1-2")
PLAIN_1 = PortInfo("/dev/ttyUSB0", "cable", "", 0x067B, 0x2303, "1-3")
PLAIN_2 = PortInfo("/dev/ttyUSB1", "cable", "", 0x067B, 0x2303, "1-4")
BUILT_IN = PortInfo("/dev/ttyS0")


def moved(port: PortInfo, path: str, location: str = "2-1") -> PortInfo:
    return PortInfo(path, port.description, port.serial_number, port.vid, port.pid, location)


def book(*ports: PortInfo) -> PortBook:
    made = PortBook(lambda: ports)
    made.refresh()
    return made


def test_a_device_on_its_usual_port_is_taken_there() -> None:
    assert book(A, B).take("one", A.path, "", None) == A.path
    assert book(BUILT_IN).take("one", BUILT_IN.path, "", BUILT_IN) == BUILT_IN.path


def test_a_device_is_found_on_another_port_by_its_serial_number() -> None:
    assert book(B, moved(A, "/dev/ttyACM7")).take("one", A.path, "", A) == "/dev/ttyACM7"


def test_the_old_name_with_another_device_behind_it_is_not_taken() -> None:
    assert book(moved(PLAIN_1, A.path)).take("one", A.path, "", A) is None
    assert book(moved(B, A.path)).take("one", A.path, "", A) is None


def test_devices_that_changed_places_keep_their_names() -> None:
    ports = book(moved(B, A.path), moved(A, B.path))
    assert ports.take("one", A.path, "", A) == B.path
    assert ports.take("two", B.path, "", B) == A.path


def test_of_two_alike_the_socket_tells_and_otherwise_none_is_guessed() -> None:
    swapped = book(moved(PLAIN_2, PLAIN_1.path, "1-4"), moved(PLAIN_1, PLAIN_2.path, "1-3"))
    assert swapped.take("one", PLAIN_1.path, "", PLAIN_1) == PLAIN_2.path
    strangers = book(moved(PLAIN_1, "/dev/ttyUSB8", "2-1"), moved(PLAIN_2, "/dev/ttyUSB9", "2-2"))
    assert strangers.take("one", PLAIN_1.path, "", PLAIN_1) is None


def test_the_last_one_left_of_its_kind_is_taken() -> None:
    ports = book(moved(PLAIN_1, "/dev/ttyUSB8", "2-1"), moved(PLAIN_2, "/dev/ttyUSB9", "2-2"))
    assert ports.take("other", "/dev/ttyUSB9", "", None) == "/dev/ttyUSB9"
    assert ports.take("one", PLAIN_1.path, "", PLAIN_1) == "/dev/ttyUSB8"


def test_the_settings_may_name_a_device_by_identity_or_serial_number() -> None:
    assert book(BUILT_IN, A).take("one", "", "0c2e:0b81", None) == A.path
    assert book(A, B).take("one", "", "sn-b", None) == B.path
    assert book(A, B).take("one", "", "0C2E:0B81", None) is None
    assert book(BUILT_IN).take("one", "", "0C2E:0B81", None) is None


def test_a_port_is_lent_to_one_owner_until_it_is_given_back() -> None:
    ports = book(A)
    assert ports.take("one", A.path, "", None) == A.path
    assert ports.take("one", A.path, "", None) == A.path
    assert ports.take("two", A.path, "", None) is None
    ports.release("one")
    assert ports.take("two", A.path, "", None) == A.path


def test_a_path_that_the_system_does_not_list_is_tried_as_it_is() -> None:
    ports = book(A)
    assert ports.take("one", "socket://127.0.0.1:2112", "", None) == "socket://127.0.0.1:2112"
    assert ports.take("two", "socket://127.0.0.1:2112", "", None) is None


def test_a_port_that_has_come_is_noticed() -> None:
    now = [BUILT_IN]
    ports = PortBook(lambda: tuple(now))
    assert ports.refresh()
    assert not ports.refresh()
    now.append(A)
    assert ports.refresh()
    now.remove(A)
    assert not ports.refresh()
