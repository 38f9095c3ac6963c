#!/usr/bin/env bash
# Set up .venv for the user of a checkout (`runtime`) or for its developer (`dev`).
#
#   environment.sh runtime|dev
#
# Needs Python 3.11 or later with venv and pip, in $PYTHON or on the PATH. Installs exactly what the
# locks say, then k8sgen itself from the checkout, editable. A stamp makes the second run a matter of
# milliseconds; changed requirements begin a new environment.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

case ${1:-} in
  runtime) lock=requirements.lock ;;
  dev) lock=requirements-dev.lock ;;
  *) echo "usage: $0 runtime|dev" >&2; exit 2 ;;
esac

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null; }
python=
for candidate in ${PYTHON:+"$PYTHON"} python3 python3.14 python3.13 python3.12 python3.11; do
  if new_enough "$candidate"; then python=$candidate; break; fi
done
[ -n "$python" ] || { echo "environment: no Python 3.11 or later on the PATH; name one: make PYTHON=/path/to/python" >&2; exit 1; }

# What the packages depend on, then what the editable install of k8sgen depends on.
packages="$("$python" -V) $(cat requirements.lock requirements-dev.lock | cksum) $PWD"
checkout=$(cksum < pyproject.toml)
stamp() { echo ".venv/k8sgen-$1.stamp"; }
has_packages() { [ -f "$(stamp "$1")" ] && [ "$(head -n 1 "$(stamp "$1")")" = "$packages" ] && new_enough .venv/bin/python; }
is_set_up() { has_packages "$1" && [ "$(tail -n 1 "$(stamp "$1")")" = "$checkout" ]; }

if is_set_up "$1" || { [ "$1" = runtime ] && is_set_up dev; }; then exit 0; fi
started=$SECONDS
if ! has_packages runtime; then
  echo "environment: setting up .venv with $("$python" -V)" >&2
  "$python" -m venv --clear .venv
fi
pip() { .venv/bin/python -m pip --disable-pip-version-check "$@"; }
has_packages "$1" || pip install --quiet --require-hashes -r "$lock"
pip install --quiet --no-deps --no-build-isolation --editable .
for done in runtime "$1"; do printf '%s\n' "$packages" "$checkout" > "$(stamp "$done")"; done # dev is a superset
echo "environment: $1 is ready ($((SECONDS - started)) s)" >&2
