#!/bin/sh
# What the portal needs from the system, beside python3 and make.
#
#   requirements/system.sh run     to start the portal and print its PDF
#   requirements/system.sh test    the same, and to run the suite
#
# Installs what is missing as root or through a sudo without password; otherwise prints the one
# line to type and stops. On a system without apt-get it only says what to look for.
set -eu

has_library() {
    "${PYTHON:-python3}" -c 'import sys; from ctypes.util import find_library as f; sys.exit(not f(sys.argv[1]))' "$1"
}

missing=""
need() { missing="$missing $1"; }

needs_to_run() {
    "${PYTHON:-python3}" -c 'import ensurepip, venv' 2>/dev/null || need python3-venv
    has_library pango-1.0 || need libpango-1.0-0
    has_library pangoft2-1.0 || need libpangoft2-1.0-0
    has_library harfbuzz-subset || need libharfbuzz-subset0
    has_library fontconfig || need fontconfig
}

needs_to_test() {
    needs_to_run
    ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || need postgresql
    command -v chromium >/dev/null || command -v google-chrome >/dev/null || need chromium
    command -v pdftotext >/dev/null || need poppler-utils
}

case "${1:-}" in
    run) needs_to_run ;;
    test) needs_to_test ;;
    *)
        echo "usage : requirements/system.sh run|test" >&2
        exit 2
        ;;
esac
[ -n "$missing" ] || exit 0

install="apt-get install -y --no-install-recommends$missing"
if ! command -v apt-get >/dev/null; then
    echo "Ce système n’a pas apt-get. À installer par vos soins (noms Debian) :$missing" >&2
    exit 0
fi
if [ "$(id -u)" = 0 ]; then
    as_root=""
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    as_root="sudo"
else
    echo "Il manque des paquets du système. Tapez cette ligne, puis recommencez :" >&2
    echo "    sudo $install" >&2
    exit 1
fi
echo "Installation des paquets du système :$missing"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive $install; } >"$log" 2>&1; then
    tail -n 15 "$log" >&2
    echo "Les paquets n’ont pas pu être installés :$missing" >&2
    exit 1
fi
