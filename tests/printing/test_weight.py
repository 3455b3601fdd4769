"""What the process with the window carries: the way to the printers, not the drawing."""

import subprocess
import sys

_HEAVY = ("reportlab", "PIL", "zxingcpp", "pypdfium2", "barcode")


def test_spooler_and_previews_do_not_load_the_drawing_libraries() -> None:
    program = (
        "import sys, courier_desk.printing.spooler, courier_desk.printing.desk_paper; "
        f"print([m for m in {_HEAVY!r} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=30)
    assert done.stdout.strip() == "[]"
