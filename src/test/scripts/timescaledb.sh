#!/bin/sh
# timescaledb.sh [PORT] [ROOT]: a real TimescaleDB (its Apache-2 part) on 127.0.0.1:PORT for the
# …TimescaleIT suites, from the distribution's own packages (Debian trixie) in a folder used through
# chroot. Needs root on a Debian machine, no containers. Idempotent: builds ROOT once (about half a
# minute), starts the server when it is down, prints the URL of its superuser on the last line:
#
#   export VEDETTE_TEST_TIMESCALEDB_URL=$(src/test/scripts/timescaledb.sh | tail -n 1)
#
# Stop it with: timescaledb.sh stop [ROOT]
set -eu
STOP=no
if [ "${1:-}" = stop ]; then
    STOP=yes
    shift
    set -- 0 "$@"
fi
PORT=${1:-15432}
ROOT=${2:-${TMPDIR:-/var/tmp}/vedette-timescaledb}
PGV=17
BIN=/usr/lib/postgresql/$PGV/bin
DATA=/srv/pgdata

inside() { # runs a command in ROOT as the user postgres
    chroot --userspec=postgres:postgres "$ROOT" \
        /usr/bin/env -i PATH=/usr/bin:/bin HOME=/var/lib/postgresql LANG=C.UTF-8 "$@"
}

build() {
    rm -rf "$ROOT"
    if ! command -v mmdebstrap >/dev/null; then
        apt-get -o DPkg::Lock::Timeout=300 update -qq >&2
        DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 \
            install -y -qq --no-install-recommends mmdebstrap >&2
    fi
    # The host's own mirror, in either of the forms apt knows.
    MIRROR=$(awk '/^URIs:/ {print $2; exit}' /etc/apt/sources.list.d/debian.sources 2>/dev/null ||
        awk '/^deb / {for (i = 2; i <= NF; i++) if ($i ~ /:\/\//) {print $i; exit}}' /etc/apt/sources.list)
    # shellcheck disable=SC2016  # $1 belongs to the hook
    mmdebstrap --quiet --mode=root --variant=apt \
        --dpkgopt='path-exclude=/usr/share/doc/*' \
        --dpkgopt='path-exclude=/usr/share/man/*' \
        --dpkgopt='path-exclude=/usr/share/locale/*' \
        --essential-hook='mkdir -p "$1/etc/postgresql-common"; echo "create_main_cluster = false" > "$1/etc/postgresql-common/createcluster.conf"' \
        --include=postgresql-$PGV-timescaledb trixie "$ROOT" \
        "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $MIRROR trixie main" >&2
    touch "$ROOT/.complete"
}

initialize() {
    install -d -m 700 -o "$(stat -c %u "$ROOT/var/lib/postgresql")" \
        -g "$(stat -c %g "$ROOT/var/lib/postgresql")" "$ROOT$DATA"
    inside $BIN/initdb -D $DATA -U postgres --auth=trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
    # A test server: speed before safety. What needs durability is tested on the embedded server.
    cat >>"$ROOT$DATA/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = '/tmp'
shared_preload_libraries = 'timescaledb'
timescaledb.telemetry_level = off
fsync = off
synchronous_commit = off
full_page_writes = off
CONF
}

if [ $STOP = yes ]; then
    inside $BIN/pg_ctl -D $DATA -m fast stop >&2
    exit 0
fi
[ -e "$ROOT/.complete" ] || build
[ -e "$ROOT$DATA/PG_VERSION" ] || initialize
inside $BIN/pg_ctl -D $DATA status >/dev/null 2>&1 ||
    inside $BIN/pg_ctl -D $DATA -l $DATA/server.log -w -t 60 -o "-p $PORT" start >/dev/null
PORT=$(sed -n 4p "$ROOT$DATA/postmaster.pid")
echo "postgresql://postgres@127.0.0.1:$PORT/postgres"
