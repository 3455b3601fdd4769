"""What went wrong on the way to headquarters, in words that say what to do."""

import ssl
from collections.abc import Iterator
from socket import gaierror

import httpx2

from courier_desk.base.translation import Message, message
from courier_desk.sync.ports import LineFault

_EXPIRED = (9, 10)  # X509_V_ERR_CERT_NOT_YET_VALID, X509_V_ERR_CERT_HAS_EXPIRED
_WRONG_NAME = (62, 64)  # X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH
_PORTAL_STATUS = 511


def fault_of(error: httpx2.HTTPError | httpx2.StreamError, host: str) -> LineFault:
    """The fault that a failed request is."""
    causes = list(_causes(error))
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return _certificate_fault(cause)
    for cause in causes:
        if isinstance(cause, ssl.SSLError):
            text = message("No safe connection to headquarters: the network may ask for its own log-in.")
            return LineFault("tls", text)
        if isinstance(cause, gaierror):
            return LineFault("name", message("There is no network, or no {host} in it.", host=host))
    if isinstance(error, httpx2.ConnectError | httpx2.ConnectTimeout | httpx2.ProxyError):
        return LineFault("no line", message("There is no line to headquarters."))
    if isinstance(error, httpx2.TimeoutException):
        return LineFault("stalled", message("The line to headquarters has fallen silent."))
    return LineFault("broken", message("The line to headquarters broke off."))


def stranger(response: httpx2.Response) -> LineFault:
    """Somebody else than headquarters has answered."""
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if response.status_code == _PORTAL_STATUS or response.is_redirect or (response.is_success and kind == "text/html"):
        text = message("The network asks for its own log-in: open a web browser and log in there.")
        return LineFault("portal", text)
    if response.status_code in {502, 503, 504}:
        return LineFault("gateway", message("Headquarters is away for the moment."))
    return LineFault("stranger", message("What answers at this address is not headquarters."))


def not_understood() -> LineFault:
    """Headquarters, but not in words of this program."""
    return LineFault("answer", message("Headquarters' answer cannot be read."))


def _certificate_fault(error: ssl.SSLCertVerificationError) -> LineFault:
    return LineFault("certificate", _certificate_words(error.verify_code))


def _certificate_words(code: int) -> Message:
    if code in _EXPIRED:
        return message("Headquarters' certificate does not hold today: is the date of this PC right?")
    if code in _WRONG_NAME:
        return message("Who answers has a certificate for another name: the network may ask for its own log-in.")
    return message("Who answers cannot prove to be headquarters: the network may ask for its own log-in.")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    for _each in range(10):
        if error is None:
            return
        yield error
        error = error.__cause__ or error.__context__
