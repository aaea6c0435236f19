#!/bin/sh
# Runs the tests of machine drafts on upstream's own Argos Translate, in an environment of its own.
# usage: sh scripts/test_mt_upstream.sh [words for pytest]
# TORCH says which torch pip is to take; by itself it takes one with CUDA on Linux, several GB.
set -eu
cd "$(dirname "$0")/.."
venv=.cache/mt-upstream-venv
[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet "${TORCH:-torch}"
"$venv/bin/python" -m pip install --quiet --editable '.[mt-upstream]' \
    pytest pytest-xdist hypothesis playwright
"$venv/bin/python" -m pip list 2>/dev/null | grep -i -E '^(argos|torch |stanza|spacy |ctranslate2|onnxruntime)'
if "$venv/bin/python" -m pip show --quiet argos-translate-lt 2>/dev/null; then
    echo "argos-translate-lt is in $venv too: both hold one module. Remove the folder and try again." >&2
    exit 1
fi
exec "$venv/bin/python" -m pytest -q -p no:cacheprovider tests/draft tests/cli/draft "$@"
