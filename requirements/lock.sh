#!/bin/sh
# Pin every requirement by hash, for all platforms, naming no index.
set -eu
cd "$(dirname "$0")/.."
pin() {
  uv pip compile "$@" --python-version 3.11 --universal --generate-hashes \
    --no-emit-index-url --no-annotate --no-header --quiet
}
pin --group build --output-file requirements/build.txt
pin pyproject.toml --output-file requirements/run.txt
pin pyproject.toml --group test \
  --constraint requirements/run.txt --output-file requirements/test.txt
pin pyproject.toml --extra spark --group check \
  --constraint requirements/test.txt --output-file requirements/check.txt
