#!/usr/bin/env bash
# The same four operations on Kith and on other products, on the same PostgreSQL, one alive at a time, in the order
# ours – peer – ours.
#
#   KITH_HOME=… peers.sh FOLDER PEER…     FOLDER holds the harness: start-PEER.sh, measure.sh, lua/
set -euo pipefail
ours=$(cd "$(dirname "$0")/peers" && pwd -P)
KITH_HOME=$(cd "${KITH_HOME:-$ours/../../distribution/target/kith}" && pwd -P)
export KITH_HOME
harness=$(mktemp -d "${TMPDIR:-/tmp}/kith-peers.XXXXXX")
trap 'rm -rf "$harness"' EXIT
cp -R "${1:?the folder of the harness}/." "$harness"
chmod -R u+w "$harness"
# PostgreSQL runs as a user of its own when root calls this: that user must get to the harness and the data.
chmod 755 "$harness"
[ "$(id -u)" != 0 ] || export PEERS=${PEERS:-/var/tmp/kith-peers}
cp -R "$ours/." "$harness"
shift
for peer in "$@"; do
    "$harness/run-all.sh" kith "$peer" kith
done
"$harness/stop.sh" pg
