"""The guards of conftest.py do notice: each test here runs a small test that does what must not be done."""

import pytest

# What the inner tests log is seen out here, too.
pytestmark = pytest.mark.logs_freely
pytest_plugins = ["pytester"]

_SETTINGS = """
[pytest]
pythonpath = {root}
qt_api = pyside6
qt_log_level_fail = WARNING
filterwarnings = error
markers = logs_freely: any entry may come
"""


@pytest.fixture
def inner(pytester: pytest.Pytester, request: pytest.FixtureRequest) -> pytest.Pytester:
    root = request.config.rootpath
    guards = (root / "tests" / "conftest.py").read_text(encoding="utf-8")
    assert "_THREAD_GRACE_S = PATIENCE_S\n" in guards
    pytester.makeconftest(guards.replace("_THREAD_GRACE_S = PATIENCE_S", "_THREAD_GRACE_S = 0.2"))
    (pytester.path / "pytest.ini").write_text(_SETTINGS.format(root=root), encoding="utf-8")
    return pytester


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("import logging; logging.getLogger('desk').warning('printer lost')", "printer lost"),
        ("import structlog; structlog.get_logger('desk').error('anchor gone')", "anchor gone"),
        ("expect_log('printer lost')", "expected, but not logged"),
        ("import socket; socket.create_connection(('192.0.2.1', 80), 1)", "must not reach"),
        ("import socket; socket.getaddrinfo('example.org', 443)", "must not reach"),
        ("import threading, time; threading.Thread(target=time.sleep, args=(2,), daemon=True).start()", "left behind"),
        ("import threading; t = threading.Thread(target=lambda: 1 / 0); t.start(); t.join()", "ZeroDivisionError"),
        ("from PySide6.QtCore import qWarning; qWarning('QLayout: wrong')", "QLayout: wrong"),
        ("import warnings; warnings.warn('old way', DeprecationWarning)", "old way"),
        ("class Torn:\n        def __del__(self): 1 / 0\n    Torn()", "ZeroDivisionError"),
    ],
)
def test_what_must_not_be_done_fails_the_test(inner: pytest.Pytester, wrong: str, said: str) -> None:
    inner.makepyfile(f"def test_wrong(expect_log):\n    {wrong}\n")

    result = inner.runpytest_inprocess("-p", "no:cacheprovider")

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines([f"*{said}*"])


def test_what_is_announced_and_what_stays_on_the_machine_passes(inner: pytest.Pytester) -> None:
    inner.makepyfile(
        """
        import logging, os, socket
        from courier_desk.base import translation

        def test_log(expect_log):
            expect_log("printer lost")
            logging.getLogger("desk").warning("printer lost: no paper")

        def test_loopback(unused_port):
            with socket.create_server(("127.0.0.1", unused_port)), socket.create_connection(("127.0.0.1", unused_port)):
                pass

        def test_language_is_set():
            translation.set_language("zh_CN")

        def test_language_is_back(data_folder):
            assert translation.language() == "en"
            assert data_folder.root.is_dir()
            assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
        """
    )
    inner.runpytest_inprocess("-p", "no:cacheprovider").assert_outcomes(passed=4)
