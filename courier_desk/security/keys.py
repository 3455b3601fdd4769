"""The keys of a station: the database's raw 256-bit key and the key of the hash of identity numbers.

They lie in the system's key store; where there is none, in a file that only this user can read. The key file says in
either case where the keys are, so that a moved data folder still finds them.
"""

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from courier_desk.base.errors import EnvironmentFault
from courier_desk.base.files import USER_ONLY, write_atomically
from courier_desk.base.logging import get_logger
from courier_desk.base.translation import message

SERVICE = "courier-desk"
KEY_BYTES = 32


class KeyBackend(Protocol):
    """A store of the system for short secrets."""

    def get_password(self, service: str, username: str) -> str | None: ...
    def set_password(self, service: str, username: str, password: str) -> None: ...


@dataclass(frozen=True, slots=True, repr=False)
class StationKeys:
    """Both keys, and whether they are in the system's key store."""

    database: bytes
    identity: bytes
    in_system_store: bool

    def __repr__(self) -> str:
        return f"StationKeys(in_system_store={self.in_system_store})"


def system_backend() -> KeyBackend | None:
    """The system's key store, or None where there is none that can be used."""
    import keyring  # noqa: PLC0415  looks for backends, which takes time
    from keyring.backends import fail, null  # noqa: PLC0415
    from keyring.errors import KeyringError  # noqa: PLC0415

    try:
        backend = keyring.get_keyring()
        usable = not isinstance(backend, fail.Keyring | null.Keyring) and backend.priority > 0
        if usable:
            # Some are there and yet refuse every call (no session bus, locked for good).
            backend.get_password(SERVICE, "probe")
    except (KeyringError, RuntimeError, OSError) as error:
        get_logger(__name__).warning("no system key store", error=error)
        return None
    return backend if usable else None


def load_keys(key_file: Path, database: Path, backend: KeyBackend | None) -> StationKeys:
    """The keys of the station; fresh ones only where there is no key file and no database yet.

    Errors: EnvironmentFault when the keys of an existing database cannot be had."""
    try:
        if key_file.exists():
            return _read(key_file, backend)
        if database.exists():
            raise _lost()
        return _create(key_file, backend)
    except OSError as error:
        raise EnvironmentFault(
            message("The key of the database cannot be read or written."), retriable=False
        ) from error


def keyed_hash(key: bytes, text: str) -> str:
    """HMAC-SHA256 in hex: the same text gives the same hash on this station, and nobody without the key can try."""
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def _lost() -> EnvironmentFault:
    return EnvironmentFault(
        message("The key of this database is missing. Put the key file back, or set the desk up again."),
        retriable=False,
    )


def _create(key_file: Path, backend: KeyBackend | None) -> StationKeys:
    pair = secrets.token_bytes(2 * KEY_BYTES)
    key_id = secrets.token_hex(8)
    text = base64.b64encode(pair).decode()
    stored = backend is not None and _keep(backend, key_id, text)
    content = {"key_id": key_id} if stored else {"key_id": key_id, "keys": text}
    key_file.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(key_file, json.dumps(content).encode() + b"\n")
    return StationKeys(pair[:KEY_BYTES], pair[KEY_BYTES:], stored)


def _keep(backend: KeyBackend, key_id: str, text: str) -> bool:
    """True when the store gave back what it was given: nothing is encrypted with a key that is not safe."""
    from keyring.errors import KeyringError  # noqa: PLC0415  see system_backend

    try:
        backend.set_password(SERVICE, key_id, text)
        return backend.get_password(SERVICE, key_id) == text
    except (KeyringError, RuntimeError, OSError) as error:
        get_logger(__name__).warning("the system key store refused", error=error)
        return False


def _read(key_file: Path, backend: KeyBackend | None) -> StationKeys:
    if key_file.stat().st_mode & 0o077:
        key_file.chmod(USER_ONLY)
    try:
        content = json.loads(key_file.read_text(encoding="ascii"))
        text = content.get("keys")
        stored = text is None
        if stored:
            text = backend.get_password(SERVICE, content["key_id"]) if backend is not None else None
        pair = base64.b64decode(text or "", validate=True)
    except (ValueError, KeyError, AttributeError, TypeError):
        raise _lost() from None
    if len(pair) != 2 * KEY_BYTES:
        raise _lost()
    return StationKeys(pair[:KEY_BYTES], pair[KEY_BYTES:], stored)
