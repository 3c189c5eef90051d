#!/bin/sh
# Back up the database and the media: deploy/sauvegarde.sh DIRECTORY [DAYS_KEPT]
# Reads DATABASE_URL and VAR_DIR as the portal does (run it under /etc/portail-ctg.env).
set -eu

target=${1:?usage : deploy/sauvegarde.sh RÉPERTOIRE [JOURS_CONSERVÉS]}
days=${2:-30}
var=${VAR_DIR:-var}
media=${MEDIA_ROOT:-$var/media}
stamp=$(date +%Y-%m-%d-%H%M%S)
python=${PYTHON:-.venv/bin/python}
umask 077
mkdir -p "$target"
# Nothing half written ever carries the name of a backup.
work=$(mktemp -d "$target/.en-cours.XXXXXX")
trap 'rm -rf "$work"' EXIT

case "${DATABASE_URL:-sqlite}" in
    postgres*)
        pg_dump --format=custom --file="$work/base.dump" --dbname="$(echo "$DATABASE_URL" | sed -E 's#^(postgres|psql|pgsql|postgresql)://#postgresql://#')"
        ;;
    *)
        # A copy of the file could catch a half written page: SQLite makes the copy itself.
        COPY="$work/base.sqlite3" "$python" manage.py shell --no-imports --verbosity 0 --command \
            'import os; from django.db import connection; connection.cursor().execute("VACUUM INTO %s", [os.environ["COPY"]])'
        ;;
esac
if [ -d "$media" ]; then
    tar --create --gzip --file="$work/media.tar.gz" --directory="$media" .
fi
mv "$work" "$target/portail-ctg-$stamp"
trap - EXIT
find "$target" -maxdepth 1 -type d -name 'portail-ctg-*' -mtime "+$days" -exec rm -rf {} +
echo "Sauvegarde faite : $target/portail-ctg-$stamp"
