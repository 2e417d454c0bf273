#!/usr/bin/env bash
# The whole way of somebody who writes a plugin, with nothing of ours but the zip and with an empty
# local Maven repository: make it, test it, run it, change it while it runs, package it, sign it,
# and install it on a server. Ends with 0 if every step did what it should.
#
#   author-walk.sh ZIP [SEED]
#
#   SEED   a local Maven repository from which libraries are taken before asking Maven Central;
#          nothing of ours is taken from it
set -euo pipefail

zip=$(readlink -f "$1")
seed=${2:-}
work=$(mktemp -d "${TMPDIR:-/tmp}/kith-walk.XXXXXX")
began=$(date +%s)
running=

say() { printf '%4d s  %s\n' "$(($(date +%s) - began))" "$*" >&2; }

fail() {
    say "FAILED: $*"
    tail -n 40 "$work"/*.log >&2 || true
    exit 1
}

stop() {
    [ -z "$running" ] || { kill "$running" && wait "$running" || true; }
    running=
}

cleanup() {
    stop
    rm -rf "$work"
}
trap cleanup EXIT

# Settings of whoever runs the tests are not the author's.
for variable in $(compgen -e KITH_ || true); do
    [ "$variable" = KITH_JAVA_HOME ] || unset "$variable"
done
# No start here is so late that it could have an earlier one's cache, so none is made.
export KITH_CACHE_DIR=/dev/null/none KITH_HTTP_PORT=0

# Maven as on a new machine.
mkdir -p "$work/home/.mvn"
printf -- '-B\n-ntp\n-Dmaven.repo.local=%s\n' "$work/m2" >"$work/home/.mvn/maven.config"
if [ -n "$seed" ]; then
    mkdir "$work/seed"
    cp -al "$seed/." "$work/seed/" 2>/dev/null || cp -a "$seed/." "$work/seed/"
    rm -rf "$work/seed/dev/kith"
    # Without its notes it is a repository like any other.
    find "$work/seed" \( -name _remote.repositories -o -name 'resolver-status.properties' \
        -o -name '*.lastUpdated' \) -delete
    cat >"$work/settings.xml" <<END
<settings>
    <profiles>
        <profile>
            <id>seed</id>
            <repositories><repository><id>seed</id><url>file://$work/seed</url>
                <releases><checksumPolicy>ignore</checksumPolicy></releases></repository></repositories>
            <pluginRepositories><pluginRepository><id>seed</id><url>file://$work/seed</url>
                <releases><checksumPolicy>ignore</checksumPolicy></releases></pluginRepository></pluginRepositories>
        </profile>
    </profiles>
    <activeProfiles><activeProfile>seed</activeProfile></activeProfiles>
</settings>
END
    printf -- '-s\n%s\n' "$work/settings.xml" >>"$work/home/.mvn/maven.config"
fi

# Waits until the log $1 says $2; the program that writes it is to be alive.
until_said() {
    for _ in $(seq 1200); do
        ! grep -q "$2" "$1" || return 0
        kill -0 "$running" 2>/dev/null || fail "it ended without saying: $2"
        sleep 0.2
    done
    fail "it did not say: $2"
}

# Calls $2 of the server whose data lies in $1, with further options of curl.
call() {
    local data=$1 path=$2
    shift 2
    curl -sS --max-time 30 -H "Authorization: Bearer $(cat "$data/run/token")" \
        -H 'Content-Type: application/json' "$@" \
        "$(sed 's/.*"url":"\([^"]*\)".*/\1/' "$data/run/server.json")/api/v1$path"
}

id_of() { sed 's/.*"id":"\([^"]*\)".*/\1/'; }

cd "$work"
unzip -q "$zip"
kith=$(echo "$work"/kith-*/bin/kith)
home=${kith%/bin/kith}

say "what there is to read"
for file in docs/plugin-guide.md docs/operator-guide.md docs/images/flow.svg docs/areas/loyalty.md \
    docs/decisions docs/warranty/src/main/java/com/example/warranty/Covers.java; do
    [ -e "$home/$file" ] || fail "there is no $file"
done
for module in plugin-api plugin-testkit; do
    ls "$home/maven/dev/kith/$module"/*/"$module"-*-sources.jar >ls.log || fail "no sources of $module"
done

say "a new plugin"
new=$(date +%s)
"$kith" plugin new warranty >new.log
plugin=$work/warranty
cp -r "$work/home/.mvn" "$plugin/.mvn"
[ "$(wc -l <"$plugin/pom.xml")" -le 30 ] || fail "its pom has more than 30 lines"
! grep -rnE '@[A-Za-z]+@' "$plugin/src" >&2 || fail "a name was not filled in"

say "running it"
cd "$plugin"
"$kith" dev >"$work/dev.log" 2>&1 &
running=$!
until_said "$work/dev.log" 'plugin warranty 0.1.0 runs'
until_said "$work/dev.log" 'run/token'
data=$plugin/.kith/data
customer=$(call "$data" /customers -d '{"kind": "person", "name": "Ada"}' | id_of)
note=$(call "$data" /warranty/notes -d "{\"customerId\": \"$customer\", \"text\": \"Two years\"}" | id_of)
call "$data" "/warranty/notes/$note" | grep -q 'Two years' || fail "its route does not answer"

say "changing it while it runs"
source=src/main/java/com/example/warranty/WarrantyPlugin.java
sed -i 's|there is no such note|nobody wrote that|' "$source"
changed=$(date +%s)
until call "$data" /warranty/notes/00000000-0000-0000-0000-000000000001 | grep -q 'nobody wrote that'; do
    [ $(($(date +%s) - changed)) -lt 120 ] || fail "the changed route does not answer"
    sleep 0.1
done
now=$(date +%s)
say "the changed route answers, $((now - changed)) s after the change and $((now - new)) s after \`new\`"
call "$data" "/warranty/notes/$note" | grep -q 'Two years' || fail "its data is gone"

say "a migration while it runs"
echo 'alter table warranty.note add column until date;' >src/main/resources/db/warranty/V2__until.sql
swapped=$(grep -c 'plugin warranty 0.1.0 runs' "$work/dev.log" || true)
for _ in $(seq 600); do
    [ "$(grep -c 'plugin warranty 0.1.0 runs' "$work/dev.log")" -eq "$swapped" ] || break
    sleep 0.2
done
[ "$(grep -c 'plugin warranty 0.1.0 runs' "$work/dev.log")" -gt "$swapped" ] || fail "the migration was not taken up"
stop

say "testing and packaging it"
mvn package >"$work/package.log" 2>&1 || fail "its tests fail, or it cannot be packaged"
grep -q 'Tests run: [1-9][0-9]' "$work/package.log" || fail "no tests ran"

say "signing it"
jar=$plugin/target/warranty-0.1.0.jar
cd "$work"
cp "$jar" unsigned.jar
trusted=$("$kith" plugin keygen author.key | tail -n 1)
"$kith" plugin sign "$jar" --key author.key >sign.log

say "installing it on a server"
printf 'data:\n  dir: %s\nplugins:\n  trustedKeys: [%s]\n' "$work/data" "$trusted" >kith.yaml
export KITH_CONFIG=$work/kith.yaml
"$kith" plugin verify "$jar" >verify.log || fail "the server does not trust the signature"
"$kith" serve >serve.log 2>&1 &
running=$!
until_said serve.log 'is running at'
"$kith" plugin install "$jar" --yes >install.log 2>&1 || fail "it is not installed"
grep -q 'warranty: running' install.log || fail "it does not run"
grep -q 'create table warranty.note' install.log || fail "the plan does not show the migrations"
customer=$(call "$work/data" /customers -d '{"kind": "person", "name": "Ada"}' | id_of)
note=$(call "$work/data" /warranty/notes \
    -d "{\"customerId\": \"$customer\", \"text\": \"Three years\"}" | id_of)
call "$work/data" "/warranty/notes/$note" | grep -q 'Three years' || fail "its route does not answer"

say "an unsigned copy is refused"
if "$kith" plugin install unsigned.jar --yes >refused.log 2>&1; then
    fail "an unsigned package was installed"
fi
grep -q 'it has no signature' refused.log || fail "it is refused for another reason: $(cat refused.log)"
stop
say "done"
