#!/usr/bin/env bash
# Run the suite on SQLite, then on a throw-away PostgreSQL, and compare the number of tests.
#   tests/run.sh [arguments of pytest]
# Without PostgreSQL on this machine: fails in CI, says so and stops at SQLite elsewhere.
set -euo pipefail
cd "$(dirname "$0")/.."

# A dozen processes read the same modules: what the first one compiles serves the others.
unset PYTHONDONTWRITEBYTECODE

counts=var/tests
mkdir -p "$counts"
rm -f "$counts"/sqlite "$counts"/postgresql
suite=(.venv/bin/python -m pytest -m "not audit" -q -n "${TEST_PROCESSES:-3}" --dist=worksteal "$@")

# run_on VENDOR COMMAND…: leaves the figures of the run in $counts/VENDOR
run_on() {
    echo "— Suite sur $1"
    EXPECTED_DB_VENDOR="$1" TEST_COUNT_FILE="$counts/$1" "${@:2}"
}

total() { awk -F= '{ sum += $2 } END { print sum + 0 }' "$counts/$1"; }

(unset DATABASE_URL && run_on sqlite "${suite[@]}")

status=0
# The whole server is thrown away: nobody has to drop its databases one by one.
run_on postgresql tests/postgres.sh "${suite[@]}" --reuse-db || status=$?
if [ "$status" = 77 ] && [ ! -e "$counts/postgresql" ]; then
    echo "PostgreSQL est absent (Debian : apt-get install postgresql) : la suite n’a tourné que sur SQLite."
    [ "${CI:-}" != true ] || exit 1
    exit 0
fi
[ "$status" = 0 ] || exit "$status"

if [ "$(total sqlite)" != "$(total postgresql)" ]; then
    echo "Le nombre de tests diffère : $(total sqlite) sur SQLite, $(total postgresql) sur PostgreSQL." >&2
    exit 1
fi
echo "Même nombre de tests sur les deux bases : $(total sqlite)."
