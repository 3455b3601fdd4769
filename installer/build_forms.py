"""Compile forms/*.ui into courier_desk/ui/generated/ui_<name>.py, typed and with our own ``_``.

The output is committed, so that a clone runs with no build step; ``--check`` only compares and is what the tests call.
With names (``login_page new_order``) only those forms are compiled.
"""

from __future__ import annotations

import argparse
import ast
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

import PySide6

ROOT = Path(__file__).resolve().parent.parent
FORMS = ROOT / "forms"
GENERATED = ROOT / "courier_desk" / "ui" / "generated"
_TRANSLATION = "from courier_desk.base.translation import _"
_TEMPLATE = '''"""Made from forms/{form} by installer/build_forms.py: change the form, never this file."""

{imports}


{body}
'''


class FormError(Exception):
    """A form that cannot be compiled; the text says why."""


def compiler() -> Path:
    """Qt's form compiler, which lies inside the PySide6 wheel."""
    package = Path(PySide6.__file__).parent
    return package / "uic.exe" if os.name == "nt" else package / "Qt" / "libexec" / "uic"


def compile_form(source: Path) -> str:
    """The Python text for the form ``source``. Errors: FormError."""
    command = [str(compiler()), "-g", "python", "--from-imports", "--no-autoconnection", "--tr", "_", str(source)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode or done.stderr.strip():
        raise FormError(f"{source.name}: {done.stderr.strip() or f'uic ended with {done.returncode}'}")
    imports, body = _parts(done.stdout)
    root = _root_class(source)
    body = _annotated(body, root)
    needed = _used_names(body)
    lines = [line for line in (_cut_import(node, needed) for node in imports) if line]
    if "_" in needed:
        lines.append(_TRANSLATION)
    return _TEMPLATE.format(form=source.name, imports="\n".join(sorted(lines, key=_import_order)), body=body)


def _parts(text: str) -> tuple[list[ast.ImportFrom], str]:
    """The imports and the class of uic's output; its header, which changes with the version, is left behind."""
    kept = [line for line in text.splitlines() if not line.startswith(("#if ", "#endif", "# -*-", "##"))]
    tree = ast.parse("\n".join(kept))
    imports = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    if len(imports) + len(classes) != len(tree.body) or len(classes) != 1:
        raise FormError("uic wrote something that is neither an import nor the one class")
    return imports, "\n".join(kept[classes[0].lineno - 1 : classes[0].end_lineno])


def _root_class(source: Path) -> str:
    """The Qt class of the form's outermost widget; a promoted one is taken as what it extends."""
    form = ElementTree.parse(source).getroot()
    widget = form.find("widget")
    if widget is None:
        raise FormError(f"{source.name}: no widget in the form")
    extends = {
        custom.findtext("class", ""): custom.findtext("extends", "QWidget") for custom in form.iter("customwidget")
    }
    name = widget.get("class", "QWidget")
    while name in extends:
        name = extends[name]
    return name


def _annotated(body: str, root: str) -> str:
    body = re.sub(r"^class (\w+)\(object\):", r"class \1:", body)
    body = re.sub(r"def (setupUi|retranslateUi)\(self, (\w+)\):", rf"def \1(self, \2: {root}) -> None:", body)
    body = re.sub(r"^ +# (setupUi|retranslateUi)$", "", body, flags=re.MULTILINE)
    body = re.sub(r'_\((u"(?:[^"\\]|\\.)*"), None\)', r"_(\1)", body)
    body = re.sub(
        r"^( +)(_+\w+) = (self\.\w+\.\w+\(.*\))$", r"\g<0>\n\1assert \2 is not None", body, flags=re.MULTILINE
    )
    return re.sub(r"\n{3,}", "\n\n", body).rstrip()


def _used_names(body: str) -> set[str]:
    tree = ast.parse("from __future__ import annotations\n" + body)
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def _cut_import(node: ast.ImportFrom, needed: set[str]) -> str:
    names = sorted(alias.name for alias in node.names if alias.name in needed)
    if not names:
        return ""
    line = f"from {node.module} import {', '.join(names)}"
    if len(line) <= 120:
        return line
    return f"from {node.module} import (\n" + "".join(f"    {name},\n" for name in names) + ")"


def _import_order(line: str) -> tuple[bool, str]:
    """Qt before our own, each by name."""
    return line.startswith("from courier_desk"), line


def write_atomically(path: Path, text: str) -> None:
    """Write ``text`` so that a reader sees the old or the new file, never half of one."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="\n", dir=path.parent, delete=False) as file:
        file.write(text)
    Path(file.name).chmod(0o644)
    Path(file.name).replace(path)


def differences(names: list[str] | None = None, *, write: bool = False) -> list[str]:
    """What is wrong or out of date, one line each; ``write`` mends what can be mended."""
    found = []
    sources = sorted(FORMS.glob("*.ui"))
    if names:
        sources = [source for source in sources if source.stem in names]
    for source in sources:
        target = GENERATED / f"ui_{source.stem}.py"
        try:
            text = compile_form(source)
        except (FormError, ElementTree.ParseError, SyntaxError) as error:
            found.append(f"{source.name} cannot be compiled: {error}")
            continue
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            found.append(f"{target.name} {'written' if write else 'is out of date'}")
            if write:
                write_atomically(target, text)
    return found + _leftovers(write=write and not names)


def _leftovers(*, write: bool) -> list[str]:
    found = []
    for target in sorted(GENERATED.glob("ui_*.py")):
        if not (FORMS / f"{target.stem.removeprefix('ui_')}.ui").exists():
            found.append(f"{target.name} {'removed: it has' if write else 'has'} no form")
            if write:
                target.unlink()
    return found


def main(arguments: list[str] | None = None) -> int:
    """Exit status 0 when everything is up to date (or was brought up to date), 1 otherwise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="forms to compile, without .ui; all when none is named")
    parser.add_argument("--check", action="store_true", help="only compare, write nothing")
    options = parser.parse_args(arguments)
    unknown = [name for name in options.names if not (FORMS / f"{name}.ui").exists()]
    found = [f"there is no form {name}" for name in unknown]
    found += differences(options.names, write=not options.check)
    sys.stdout.write("".join(f"{line}\n" for line in found) or "All forms are up to date.\n")
    failed = [line for line in found if options.check or "cannot be compiled" in line or line.startswith("there is no")]
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
