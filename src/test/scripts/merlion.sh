#!/bin/sh
# merlion.sh [ROOT]: a Python with the Merlion side-car's pinned packages from PyPI, in a virtual environment in ROOT (about a
# minute and 700 MB, once). Prints the Python's path on the last line; MerlionIT starts and kills the side-car with it:
#
#   export VEDETTE_TEST_MERLION_PYTHON=$(src/test/scripts/merlion.sh | tail -n 1)
#
# To run the side-car by hand: "$VEDETTE_TEST_MERLION_PYTHON" src/main/docker/merlion/server.py
set -eu
ROOT=${1:-${TMPDIR:-/var/tmp}/vedette-merlion}
REQUIREMENTS=$(dirname "$0")/../../main/docker/merlion/requirements.txt
STAMP=$ROOT/.requirements

if ! cmp -s "$REQUIREMENTS" "$STAMP"; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get -o DPkg::Lock::Timeout=300 update -qq >&2
        DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 \
            install -y -qq --no-install-recommends python3 python3-venv libgomp1 >&2
    fi
    rm -rf "$ROOT"
    python3 -m venv "$ROOT" >&2
    "$ROOT/bin/pip" install --quiet --disable-pip-version-check --no-compile --only-binary :all: \
        -r "$REQUIREMENTS" >&2
    cp "$REQUIREMENTS" "$STAMP"
fi
echo "$ROOT/bin/python"
