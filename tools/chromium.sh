#!/usr/bin/env bash
# Makes sure that there is a Chromium for the browser tests and the screenshots.
set -euo pipefail

if [ -n "${DENLUOT_CHROMIUM:-}" ]; then
  [ -x "$DENLUOT_CHROMIUM" ] && exit 0
  echo "DENLUOT_CHROMIUM names $DENLUOT_CHROMIUM, which cannot be run." >&2
  exit 1
fi
for name in chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null && exit 0
done

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Debian's Chromium for the browser tests …"
  export DEBIAN_FRONTEND=noninteractive
  apt-get -qq -o Acquire::Retries=3 update
  # DejaVu lends the arrows that Be Vietnam Pro does not have.
  apt-get -qq -o Acquire::Retries=3 install -y --no-install-recommends chromium fonts-dejavu-core >/dev/null
  exit 0
fi
echo "The browser tests need Chromium: install it (Debian: apt-get install chromium)," >&2
echo "or name one: DENLUOT_CHROMIUM=/path/to/chromium make test" >&2
exit 1
