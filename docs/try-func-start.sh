#!/usr/bin/env bash
# docs/try-func-start.md as a script: the Azure flavour under the real Functions host, a run, and the black-box tests against it.
# Needs the .NET 10 SDK, Node.js 20 or newer, and Core Tools 4 (npm install --global azure-functions-core-tools@4).
set -euo pipefail
cd "$(dirname "$0")/.."

for tool in dotnet npx func; do
  command -v "$tool" >/dev/null || { echo "$tool is not on the PATH; docs/try-func-start.md says what is needed"; exit 1; }
done
case "$(func --version)" in 4.*) ;; *) echo "func is $(func --version), 4.x is needed"; exit 1 ;; esac

port=${PORT:-7071}
url=http://localhost:$port
state=$(mktemp -d)
started=()
stop() { for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done; rm -rf "$state"; }
trap stop EXIT

wait_for() { # what, url, log
  for _ in $(seq 180); do curl -s -o /dev/null --max-time 2 "$2" && return; sleep 1; done
  echo "$1 does not answer at $2:"; tail -20 "$3"; exit 1
}

npx --yes azurite --silent --location "$state/azurite" >"$state/azurite.log" 2>&1 & started+=($!)
wait_for Azurite http://127.0.0.1:10000 "$state/azurite.log"

(cd functions && exec func start --port "$port") >"$state/func.log" 2>&1 & started+=($!)
wait_for "The Functions host" "$url/api/health/live" "$state/func.log"
for function in RunOrchestrator ModelOrchestrator ShardOrchestrator StartRun; do
  grep -q "$function" "$state/func.log" || { echo "The host does not list $function:"; tail -40 "$state/func.log"; exit 1; }
done

ARENABENCH_URL=$url dotnet test --project tests/ArenaBench.EndToEnd.Tests --filter-class '*ServiceTests'
echo "The suite passed against $(func --version) at $url."
