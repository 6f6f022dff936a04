#!/usr/bin/env bash
# Writes requirements.lock: exact versions with hashes, and no address of any index, so that it holds everywhere.
set -euo pipefail
cd "$(dirname "$0")/.."
.venv/bin/pip-compile --quiet --strip-extras --generate-hashes --allow-unsafe \
  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options --no-header \
  --extra dev --output-file requirements.lock pyproject.toml "$@"
sed -i '1i # Written by `make lock` from pyproject.toml; install with --require-hashes. Do not edit by hand.' requirements.lock
