#!/bin/sh
# mlflow.sh [ROOT]: a Python with the pinned packages of an MLflow server from PyPI, in a virtual environment in ROOT (about a
# minute and a half and 650 MB, once). Prints the Python's path on the last line; MlflowIT starts and kills the server with it:
#
#   export VEDETTE_TEST_MLFLOW_PYTHON=$(src/test/scripts/mlflow.sh | tail -n 1)
set -eu
ROOT=${1:-${TMPDIR:-/var/tmp}/vedette-mlflow}
REQUIREMENTS=$(dirname "$0")/../../main/docker/mlflow/requirements.txt
STAMP=$ROOT/.requirements

if ! cmp -s "$REQUIREMENTS" "$STAMP"; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get -o DPkg::Lock::Timeout=300 update -qq >&2
        DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 \
            install -y -qq --no-install-recommends python3 python3-venv >&2
    fi
    rm -rf "$ROOT"
    python3 -m venv "$ROOT" >&2
    "$ROOT/bin/pip" install --quiet --disable-pip-version-check --no-compile --only-binary :all: \
        -r "$REQUIREMENTS" >&2
    cp "$REQUIREMENTS" "$STAMP"
fi
echo "$ROOT/bin/python"
