"""Runs this folder by itself, whatever it is called and wherever it lies: `python -I checker CERTIFICATE LOG…`."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

if __name__ == "__main__":
    here = Path(__file__).resolve().parent
    sys.path.insert(0, str(here.parent))
    sys.exit(import_module(f"{here.name}.alone").main(sys.argv[1:]))
