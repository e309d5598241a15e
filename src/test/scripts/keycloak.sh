#!/bin/sh
# keycloak.sh [ROOT]: a real Keycloak for KeycloakIT, from Maven Central, unpacked and optimized once
# in ROOT (some 170 MB, half a minute of CPU). Needs Maven and a JDK. Prints its folder on the last line:
#
#   export VEDETTE_TEST_KEYCLOAK=$(src/test/scripts/keycloak.sh | tail -n 1)
set -eu
VERSION=26.4.5
ROOT=${1:-${TMPDIR:-/var/tmp}/vedette-keycloak}
FOLDER=$ROOT/keycloak-$VERSION

if [ ! -e "$FOLDER/.complete" ]; then
    rm -rf "$FOLDER"
    mvn -B -q -ntp org.apache.maven.plugins:maven-dependency-plugin:3.8.1:unpack \
        -Dartifact=org.keycloak:keycloak-quarkus-dist:$VERSION:zip -DoutputDirectory="$ROOT" >&2
    # the features that sign-in has no use for cost start-up time
    JAVA_OPTS_APPEND=-Xmx512m sh "$FOLDER/bin/kc.sh" build --db=dev-mem \
        --features-disabled=admin,account,ciba,par,device-flow,organization,impersonation >&2
    mkdir -p "$FOLDER/data/import"
    touch "$FOLDER/.complete"
fi
echo "$FOLDER"
