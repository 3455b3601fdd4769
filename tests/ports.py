"""Ports of this machine for tests that must know theirs beforehand."""

import contextlib
import random
import socket

# Below what systems give to connections that go out, so that none of those takes the port in the meantime.
_FIRST, _LAST = 15_000, 32_000
# Of its own for each process: others that test here draw other ports.
_dice = random.SystemRandom()


def free_port() -> int:
    """A TCP port of this machine that nothing listens on."""
    while True:
        port = _dice.randint(_FIRST, _LAST)
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
