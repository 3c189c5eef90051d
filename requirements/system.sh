#!/bin/sh
# What the portal needs from the system, beside python3 and make.
#
#   requirements/system.sh run     to start the portal and print its PDF
#   requirements/system.sh test    the same, and to run the suite
#   requirements/system.sh audit   the same, and to open what is exported in a real LibreOffice
#
# Installs what is missing as root or through a sudo without password; otherwise prints the one
# line to type. What the portal cannot do without then stops the command; a missing browser,
# PostgreSQL or LibreOffice does so in CI only: elsewhere the tests that want them are skipped, and
# say so.
# On a system without apt-get it only says what to look for.
set -eu

# Python finds a library where WeasyPrint will; one process asks for all of them.
needed_to_run() {
    "${PYTHON:-python3}" - <<'PYTHON'
from ctypes.util import find_library
from importlib.util import find_spec

PACKAGES = {
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz-subset": "libharfbuzz-subset0",
    "fontconfig": "fontconfig",
}
missing = [package for library, package in PACKAGES.items() if not find_library(library)]
# Debian cuts these two modules out of python3.
if not (find_spec("ensurepip") and find_spec("venv")):
    missing.append("python3-venv")
print(*missing)
PYTHON
}

needed_to_test() {
    ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || echo postgresql
    command -v chromium >/dev/null || command -v google-chrome >/dev/null || echo chromium
    command -v pdftotext >/dev/null || echo poppler-utils
}

needed_to_audit() {
    command -v soffice >/dev/null ||
        echo libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui
}

# install PACKAGE…: fails, after saying why, when it could not
install() {
    if ! command -v apt-get >/dev/null; then
        echo "Ce système n’a pas apt-get. À installer par vos soins (noms Debian) : $*" >&2
        return 0
    fi
    if [ "$(id -u)" = 0 ]; then
        as_root=""
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        as_root="sudo"
    else
        echo "Il manque des paquets du système. Tapez cette ligne, puis recommencez :" >&2
        echo "    sudo apt-get install -y --no-install-recommends $*" >&2
        return 1
    fi
    echo "Installation des paquets du système : $*"
    log=$(mktemp)
    status=0
    for package in "$@"; do
        if ! $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$package" >"$log" 2>&1; then
            tail -n 5 "$log" >&2
            echo "Ce paquet n’a pas pu être installé : $package" >&2
            status=1
        fi
    done
    rm -f "$log"
    return $status
}

refresh() {
    if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
        apt-get update -qq || true
    elif command -v apt-get >/dev/null && command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        sudo apt-get update -qq || true
    fi
}

case "${1:-}" in
    run | test | audit) ;;
    *)
        echo "usage : requirements/system.sh run|test|audit" >&2
        exit 2
        ;;
esac

required=$(needed_to_run)
wanted=""
[ "$1" = run ] || wanted=$(needed_to_test)
[ "$1" != audit ] || wanted="$wanted $(needed_to_audit)"
wanted=$(echo $wanted)
[ -n "$required$wanted" ] || exit 0
refresh
# Names of packages hold no spaces: the shell may cut the lists.
[ -z "$required" ] || install $required
if [ -n "$wanted" ] && ! install $wanted; then
    [ "${CI:-}" != true ] || exit 1
    echo "Les tests qui en ont besoin seront sautés." >&2
fi
