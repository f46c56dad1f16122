# shellcheck shell=bash
# What the scripts of this folder share. Sourced, never run.
set -euo pipefail

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

# Prints the comment block at the top of the script in $1, as its help.
usage() {
    sed -n '2,${/^#/!q;s/^# \{0,1\}//p;}' "$1"
}

# Says what is being done. Standard output is for results alone.
say() {
    printf '==> %s\n' "$*" >&2
}

# fail STATUS LINE...: says why, and ends the script. Status 1 is a failure, 2 wrong use.
fail() {
    local status=$1 line
    shift
    printf 'error: %s\n' "$1" >&2
    shift
    for line in "$@"; do printf '       %s\n' "$line" >&2; done
    exit "$status"
}

# Ends the script where the clone or its build folder cannot be written, since the build would only say so minutes later.
check_clone() {
    local me owner foreign
    me=$(id -un)
    owner=$(stat -c %U "$repository")
    [ -w "$repository" ] || fail 1 "$repository belongs to $owner, and $me may not write there." \
        "Run this as $owner, or make a clone of your own: git clone $repository"
    [ -d "$repository/.build" ] || return 0
    foreign=$(find "$repository/.build" -maxdepth 2 ! -type l ! -writable -print -quit)
    [ -z "$foreign" ] || fail 1 "$foreign belongs to $(stat -c %U "$foreign"), and $me may not write there." \
        "Remove the build folder, then run this again: sudo rm -rf $repository/.build"
}

# Lets git read folders that belong to somebody else (a clone made by another user, a mirror of the dependencies, a
# package cache shared through sudo), for the programs that this script starts and for no other. A file, because git does
# not hand settings of the environment on to the process that reads a local mirror.
trust_folders() {
    local settings=$repository/.build/gitconfig
    [ "${GIT_CONFIG_GLOBAL:-}" != "$settings" ] || return 0
    mkdir -p "$repository/.build"
    cat >"$settings" <<-END
	[include]
	    path = ${XDG_CONFIG_HOME:-$HOME/.config}/git/config
	    path = ${GIT_CONFIG_GLOBAL:-$HOME/.gitconfig}
	[safe]
	    directory = *
	END
    export GIT_CONFIG_GLOBAL=$settings
}

# build OPTION...: swift build with its own progress line on a terminal, and a line every 20 seconds elsewhere.
build() {
    trust_folders
    if [ -t 2 ]; then
        swift build --package-path "$repository" "$@" >&2
    else
        swift build --package-path "$repository" "$@" 2>&1 | thin_progress >&2
    fi
}

thin_progress() {
    local line next=0
    while IFS= read -r line; do
        if [[ $line =~ ^\[[0-9]+/[0-9]+\]\  ]]; then
            if ((SECONDS < next)); then continue; fi
            next=$((SECONDS + 20))
        fi
        printf '%s\n' "$line"
    done
}

# Runs a Python tool of the checks from .build/venv, which is made, or made anew, when the list of versions has changed.
python_tool() {
    local tool=$1 environment=$repository/.build/venv wanted=$repository/Scripts/checks/requirements.txt
    shift
    if ! cmp -s "$wanted" "$environment/requirements.txt"; then
        say "Installing the Python tools of the checks (half a minute)"
        rm -rf "$environment"
        python3 -m venv "$environment"
        "$environment/bin/pip" install --quiet --disable-pip-version-check --no-input --requirement "$wanted" >&2 ||
            fail 1 "pip could not install the Python tools of the checks ($wanted)."
        cp "$wanted" "$environment/requirements.txt"
    fi
    "$environment/bin/$tool" "$@"
}
