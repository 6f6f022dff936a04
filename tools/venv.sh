#!/usr/bin/env bash
# Makes .venv and puts the locked dependencies into it. Usage: tools/venv.sh [python]
set -euo pipefail
cd "$(dirname "$0")/.."
python=${1:-python3}

fail() { printf '\n%s\n' "$@" >&2; exit 1; }

command -v "$python" >/dev/null || fail "No '$python' here. Install Python 3.11 or later, or say where it is: make PYTHON=/path/to/python3 …"
"$python" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' ||
  fail "$("$python" --version) is too old: Python 3.11 or later is needed. Say where one is: make PYTHON=python3.12 …"
"$python" -c 'import ensurepip, venv' 2>/dev/null ||
  fail "This Python cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv"

# A .venv carried over from another place has a dead interpreter inside: make it anew.
.venv/bin/python -m pip --version >/dev/null 2>&1 || "$python" -m venv --clear .venv

echo "Installing the locked dependencies into .venv …"
.venv/bin/python -m pip install --quiet --quiet --disable-pip-version-check --require-hashes -r requirements.lock ||
  fail "Installing the dependencies failed: the lines above say why. It needs a package index once; later runs need none."
