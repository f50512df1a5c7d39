#!/usr/bin/env bash
# prepare.sh VENV run|dev|slow: a virtual environment with the locked dependencies, and a Qt that can start.
# Missing system packages are installed with apt when root; else the exact command is printed and we stop.
set -euo pipefail
venv=$1 kind=$2

system_packages() {
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing system packages: $*"
    DEBIAN_FRONTEND=noninteractive apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
  else
    echo "Some system libraries are missing. Install them, then run make again:" >&2
    echo "  sudo apt-get install $*" >&2
    exit 1
  fi
}

python=
for candidate in ${PYTHON:-} python3.13 python3.12 python3.11 python3 python; do
  if command -v "$candidate" >/dev/null && "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
    python=$candidate
    break
  fi
done
if [ -z "$python" ]; then
  echo "Journeymap needs Python 3.11, 3.12 or 3.13; none was found. Install one, then run make again." >&2
  exit 1
fi

if [ ! -x "$venv/bin/pip" ]; then
  if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    system_packages "python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
  fi
  "$python" -m venv "$venv"
fi
echo "Installing the locked dependencies (the first time takes a few minutes) …"
"$venv/bin/pip" install -q --disable-pip-version-check --require-hashes -r "requirements/$kind.txt"
"$venv/bin/pip" install -q --disable-pip-version-check --no-build-isolation --no-deps -e .

if [ "$kind" = slow ] && [ "$(uname -s)" = Linux ]; then
  servers=()
  compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null || command -v initdb >/dev/null || servers+=(postgresql)
  command -v java >/dev/null || servers+=(default-jre-headless)
  if [ ${#servers[@]} -gt 0 ]; then system_packages "${servers[@]}"; fi
fi

can_start() { QT_QPA_PLATFORM=offscreen "$venv/bin/python" -c 'from PySide6.QtWidgets import QApplication; QApplication([])' >/dev/null 2>&1; }
if ! can_start && [ "$(uname -s)" = Linux ]; then
  system_packages libegl1 libgl1 libfontconfig1 libdbus-1-3 libglib2.0-0 libxkbcommon0 libxkbcommon-x11-0 libxcb-cursor0 \
    libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-image0 libxcb-render-util0 libxcb-xinerama0 libxcb-randr0
fi
if ! can_start; then
  echo "Qt cannot start here. What it says:" >&2
  QT_QPA_PLATFORM=offscreen "$venv/bin/python" -c 'from PySide6.QtWidgets import QApplication; QApplication([])' || exit 1
fi
