#!/usr/bin/env bash
# Holds the documents of a running server against public linters (needs Node; nothing is left behind).
#
#   docs/lint-openapi.sh [http://127.0.0.1:8080]
#   docs/lint-openapi.sh FILE          an OpenAPI document alone
set -euo pipefail

from=${1:-http://127.0.0.1:8080}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export npm_config_cache="$work/npm" npm_config_update_notifier=false

if [ -f "$from" ]; then
    cp "$from" "$work/openapi.json"
else
    curl -fsS "$from/openapi.json" -o "$work/openapi.json"
    curl -fsS "$from/asyncapi.json" -o "$work/asyncapi.json"
fi
cd "$work"

# `/customers/external/{source}` stands beside `/customers/{customer}/…`: the concrete one wins, as
# OpenAPI has it, and no customer's id is "external".
printf 'extends: [recommended]\nrules:\n  no-ambiguous-paths: off\n' >redocly.yaml
npx --yes @redocly/cli@2 lint openapi.json

printf 'extends: ["spectral:oas", "spectral:asyncapi"]\n' >.spectral.yaml
npx --yes @stoplight/spectral-cli@6 lint --fail-severity=warn openapi.json
if [ -f asyncapi.json ]; then
    npx --yes @stoplight/spectral-cli@6 lint --fail-severity=error asyncapi.json
fi
