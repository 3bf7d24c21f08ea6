#!/usr/bin/env bash
# Makes the extension: types, tests, one file of JavaScript, `balise-<version>.vsix`.
# Without npm, or without a network, it says so and ends: this is no part of balise's own release.
set -euo pipefail
cd "$(dirname "$0")"

if ! command -v npm >/dev/null; then
    echo "There is no npm on this machine: the extension is not made"
    exit 0
fi
if ! errors=$(npm ci --no-audit --no-fund --loglevel=error 2>&1); then
    echo "$errors" >&2
    grep -qE 'code (ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH)' <<<"$errors" || exit 1
    echo "There is no network to get npm's packages from: the extension is not made"
    exit 0
fi
npm test
npm run package
