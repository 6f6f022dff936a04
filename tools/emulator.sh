#!/usr/bin/env bash
# Makes .emulator, where the printer emulator emupos (Apache-2.0) lives: it needs Python 3.13 or later,
# which our own environment need not be. tests/test_printer_emulator.py uses it where it is there.
set -euo pipefail
cd "$(dirname "$0")/.."
for python in python3.14 python3.13 "$HOME"/.pyenv/versions/3.1[34].*/bin/python; do
  if command -v "$python" >/dev/null && "$python" -c 'import sys; sys.exit(sys.version_info < (3, 13))' 2>/dev/null; then
    "$python" -m venv .emulator
    .emulator/bin/python -m pip --quiet install emupos==0.4.0
    echo "emupos is in .emulator"
    exit 0
  fi
done
echo "no Python of 3.13 or later here" >&2
exit 1
