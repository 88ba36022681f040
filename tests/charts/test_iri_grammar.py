"""The grammar that jsonschema builds for addresses is not built for charts, and is there for whoever checks one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ASKED = """
import sys
import gxtools.charts
from jsonschema import FormatChecker

print("rfc3987_syntax" in sys.modules)
checker = FormatChecker()
print(*(checker.conforms(address, "iri") for address in ("https://例.org/年报", "no address")))
print(*(checker.conforms(address, "iri-reference") for address in ("年报/2024", "a b")))
print("rfc3987_syntax.syntax_helpers" in sys.modules)
"""


def test_built_when_an_address_is_checked_and_not_before(root: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(root), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, text=True, env=environment, timeout=60)
    assert done.stdout.split() == ["False", "True", "False", "True", "False", "True"], done.stderr
