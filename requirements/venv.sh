#!/bin/sh
# Build or complete .venv from a lock: requirements/venv.sh base|dev
# uv is used when it is there (seconds), pip otherwise; the hashes are checked by both, and both
# compile what they install, so that no later start has to.
set -eu

lock="requirements/$1.txt"
if [ ! -x .venv/bin/python ]; then
    "${PYTHON:-python3}" -m venv .venv
fi
if cmp -s "$lock" ".venv/installed-$1.txt"; then
    exit 0
fi
echo "Installation des bibliothèques ($lock)…"
if ! { command -v uv >/dev/null && uv pip install --quiet --compile-bytecode --python .venv/bin/python --require-hashes -r "$lock" 2>/dev/null; }; then
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
fi
cp "$lock" ".venv/installed-$1.txt"
if [ "$1" = dev ]; then
    # The dev lock holds everything that the base one does.
    cp requirements/base.txt .venv/installed-base.txt
fi
