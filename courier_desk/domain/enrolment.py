"""Joining headquarters: the one-time code as people type it, and the address as people paste it."""

import re
import unicodedata
from urllib.parse import SplitResult, urlsplit

from courier_desk.base.errors import UserError
from courier_desk.base.quantities import plain_digits
from courier_desk.base.translation import message

# Without the signs that are taken for one another when somebody reads them from paper.
CODE_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 12
_GROUP = 4
_LONGEST_ADDRESS = 200
# Where nothing leaves the computer, as when somebody tries headquarters out, there is nobody to hide from.
_AT_HOME = frozenset({"localhost", "127.0.0.1", "::1"})
_HOST = re.compile(r"[^\s/@\\<>\"'`{}|^]+")
_BETWEEN = re.compile(r"[\s\-_.,:/\u2010-\u2015\u2212\u30fc\u3000]+")
_UNSEEN = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\x00-\x1f\x7f]")


def plain_code(text: str) -> str:
    """What was typed in capitals, with nothing between the signs; full-width signs made plain."""
    plain = unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).upper()
    return _BETWEEN.sub("", plain)


def strangers(code: str) -> str:
    """The signs of a plain code that no code holds, each once, in their order."""
    return "".join(dict.fromkeys(sign for sign in code if sign not in CODE_ALPHABET))


def group_code(code: str) -> str:
    """A plain code as it is written: ``ABCD-EFGH-JKMN``."""
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


def read_code(text: str) -> str:
    """The one-time code that was typed. Errors: UserError for the field ``code``."""
    code = plain_code(text)
    if not code:
        raise UserError(message("Type the one-time code that headquarters gave you."), field="code")
    wrong = strangers(code)
    if wrong:
        raise UserError(message("No code holds {signs}: look at it again.", signs=" ".join(wrong[:6])), field="code")
    if len(code) != CODE_LENGTH:
        said = message("A code has {n} signs; these are {count}.", n=CODE_LENGTH, count=len(code))
        raise UserError(said, field="code")
    return code


def read_address(text: str) -> str:
    """The address of headquarters, ``https://host[:port][/path]``, from what was typed or pasted; https is added where
    nothing is said, http on this very computer. Errors: UserError for the field ``address``."""
    plain = plain_digits(_UNSEEN.sub("", text)).strip(" \"'<>“”‘’《》")
    if not plain:
        raise UserError(message("Enter the address of headquarters."), field="address")
    if len(plain) > _LONGEST_ADDRESS:
        raise UserError(message("An address has at most {n} characters.", n=_LONGEST_ADDRESS), field="address")
    parts = _split(plain if "://" in plain else f"https://{plain}")
    host = (parts.hostname or "").lower()
    if "://" not in plain and host in _AT_HOME:
        parts = parts._replace(scheme="http")
    if parts.scheme == "http" and host not in _AT_HOME:
        raise UserError(message("Headquarters is reached only by https://."), field="address")
    port = f":{parts.port}" if parts.port else ""
    shown = f"[{host}]" if ":" in host else host
    # Somebody may have copied it from the pages of headquarters' own people.
    path = parts.path.split("/admin", 1)[0].rstrip("/")
    return f"{parts.scheme}://{shown}{port}{path}"


def _split(address: str) -> SplitResult:
    wrong = UserError(message("This is no address: it looks like https://hq.example.org"), field="address")
    try:
        parts = urlsplit(address)
        # Asking for the port is what checks it.
        known = parts.scheme in ("https", "http") and parts.port != 0
    except ValueError:
        raise wrong from None
    if not known or parts.username or parts.password or not _HOST.fullmatch(parts.hostname or ""):
        raise wrong
    return parts
