#!/bin/sh
# venv.sh NAME [ROOT]: a Python with pinned packages from PyPI, in a virtual environment in ROOT, made once. NAME is one of
#
#   merlion       the external engine's side-car; about a minute and 700 MB
#   mlflow        an MLflow server; about a minute and a half and 650 MB
#   schemathesis  the tester of APIs; half a minute and 90 MB
#
# Prints the Python's path on the last line; tests find it by a variable:
#
#   export VEDETTE_TEST_MERLION_PYTHON=$(src/test/scripts/venv.sh merlion | tail -n 1)
#   export VEDETTE_TEST_MLFLOW_PYTHON=$(src/test/scripts/venv.sh mlflow | tail -n 1)
#   export VEDETTE_TEST_SCHEMATHESIS=$(src/test/scripts/venv.sh schemathesis | tail -n 1)
set -eu
NAME=${1:?name one of merlion, mlflow, schemathesis}
SOURCES=$(dirname "$0")/../..
packages="python3 python3-venv"
case $NAME in
merlion)
    REQUIREMENTS=$SOURCES/main/docker/merlion/requirements.txt
    packages="$packages libgomp1"
    ;;
mlflow) REQUIREMENTS=$SOURCES/main/docker/mlflow/requirements.txt ;;
schemathesis) REQUIREMENTS=$SOURCES/test/schemathesis/requirements.txt ;;
*)
    echo "venv.sh: '$NAME' is none of merlion, mlflow, schemathesis" >&2
    exit 1
    ;;
esac
ROOT=${2:-${TMPDIR:-/var/tmp}/vedette-$NAME}
STAMP=$ROOT/.requirements

if ! cmp -s "$REQUIREMENTS" "$STAMP"; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get -o DPkg::Lock::Timeout=300 update -qq >&2
        # shellcheck disable=SC2086 # a list of names
        DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 \
            install -y -qq --no-install-recommends $packages >&2
    fi
    rm -rf "$ROOT"
    python3 -m venv "$ROOT" >&2
    "$ROOT/bin/pip" install --quiet --disable-pip-version-check --no-compile --only-binary :all: \
        -r "$REQUIREMENTS" >&2
    cp "$REQUIREMENTS" "$STAMP"
fi
echo "$ROOT/bin/python"
