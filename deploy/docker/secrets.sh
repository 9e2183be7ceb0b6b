#!/usr/bin/env bash
# secrets.sh: makes the random secrets that docker-compose.yml mounts, in .secrets beside this file, which git ignores.
# What is there already is left alone: remove a file and run this again to rotate it (docs/operations.md says what else).
set -euo pipefail
cd "$(dirname "$0")"
mkdir -p .secrets
chmod 700 .secrets
cd .secrets

random() { od -An -N "$1" -tx1 /dev/urandom | tr -d ' \n'; }
# Through a mount a container sees owner and rights of the file: readable for whoever gets past the folder.
keep() {
  [ -s "$1" ] || (umask 022 && cat >"$1.part" && chmod 444 "$1.part" && mv "$1.part" "$1")
}

members=mongo-1:27017,mongo-2:27017,mongo-3:27017
address() { echo "mongodb://$1:$(random 24)@$members/?replicaSet=rs0&authSource=admin"; }

address planledger | keep mongodb-url
address administrator | keep mongodb-admin-url
random 48 | keep mongodb-key
random 24 | keep service-client-secret
random 16 | keep keycloak-admin-password
