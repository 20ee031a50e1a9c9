"""Pydantic finds no plugins under the command line, and everything that looks for them stays unloaded."""

from __future__ import annotations

import subprocess
import sys

from tests.architecture.house import ROOT

ASKED = """
import sys
from promisekit.cli.main import run
sys.argv = ["promisekit", "validate", "promises/2022-03.yaml"]
try:
    run()
finally:
    print("importlib.metadata" in sys.modules, "pydantic" in sys.modules, file=sys.stderr)
"""


def test_a_valid_promise_is_validated_without_looking_for_plugins() -> None:
    ran = subprocess.run([sys.executable, "-c", ASKED], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.stderr.splitlines()[-1] == "False True"
    assert ran.returncode == 0
