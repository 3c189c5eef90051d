#!/usr/bin/env bash
# Run a command against a throw-away PostgreSQL:   tests/postgres.sh COMMAND…
#
# The server has its own data directory, listens on a socket in it only, and is stopped and erased
# when the command ends, however it ends. It does not survive a power cut, and is the faster for it.
# Exit status: the command's, or 77 when this machine has no PostgreSQL.
set -euo pipefail

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)
if [ -z "$bin" ]; then
    initdb=$(command -v initdb || true)
    [ -n "$initdb" ] || exit 77
    bin=$(dirname "$initdb")
fi

# PostgreSQL refuses to run as root: Debian's package brings the account it wants.
as_owner=()
home=$(mktemp -d "${TMPDIR:-/tmp}/portail-ctg-pg.XXXXXX")
if [ "$(id -u)" = 0 ]; then
    as_owner=(setpriv --reuid=postgres --regid=postgres --clear-groups)
    chown postgres "$home"
fi

stop() {
    "${as_owner[@]}" "$bin/pg_ctl" --pgdata="$home/data" --mode=immediate --silent stop >/dev/null 2>&1 || true
    rm -rf "$home"
}
trap stop EXIT
trap 'exit 130' INT TERM

(
    cd "$home"
    "${as_owner[@]}" "$bin/initdb" --pgdata="$home/data" --username=ctg --auth=trust \
        --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$home/initdb.log" 2>&1 || { cat "$home/initdb.log" >&2; exit 1; }
    "${as_owner[@]}" "$bin/pg_ctl" --pgdata="$home/data" --wait --silent --log="$home/server.log" start \
        -o "-c listen_addresses='' -c unix_socket_directories='$home' -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c shared_buffers=64MB -c wal_level=minimal -c max_wal_senders=0 -c autovacuum=off -c jit=off -c max_connections=60" \
        || { cat "$home/server.log" >&2; exit 1; }
    "${as_owner[@]}" "$bin/createdb" --host="$home" --username=ctg ctg
)

DATABASE_URL="postgres://ctg@/ctg?host=$home" "$@"
