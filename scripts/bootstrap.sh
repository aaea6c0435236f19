#!/bin/sh
# Finds a Python that can run the project and hands over to bootstrap.py.
# usage: sh scripts/bootstrap.sh site|mt|cluster|dev|bench
set -eu
folder=$(dirname "$0")
for python in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
    if command -v "$python" >/dev/null 2>&1 &&
        "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        exec "$python" "$folder/bootstrap.py" "$@"
    fi
done
cat >&2 <<'MESSAGE'
This project needs Python 3.11 or newer, and none was found on this machine.

  Debian, Ubuntu, WSL:  sudo apt-get install -y python3 python3-venv python3-pip
  macOS (Homebrew):     brew install python@3.13
  Fedora:               sudo dnf install -y python3 python3-pip

If it is installed under another name, say which:  make site PYTHON=/path/to/python3
MESSAGE
exit 9
