# Sourced by ./run and ./test: where to build, and how to run a command where Qt 6.8 and QCA are.
# shellcheck shell=bash

source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build_dir=$source_dir/build/release

say() { printf 'waxwing: %s\n' "$*" >&2; }

# True where the distribution itself has Qt 6.8 and QCA for Qt 6: Debian 13, Ubuntu 25.04 and newer.
is_native() {
    [ -z "${WAXWING_FORCE_ROOT:-}" ] || return 1
    pkg-config --atleast-version=6.8 Qt6Widgets 2>/dev/null && [ -n "$(find /usr/lib*/ -maxdepth 4 -name 'Qca-qt6Config.cmake' -print -quit 2>/dev/null)" ]
}

# Installs what is missing where that can be done; otherwise names, in one message, what only root can install.
need() {
    local missing=() name
    for name in "$@"; do
        dpkg-query -W -f '${Status}' "$name" 2>/dev/null | grep -q 'install ok installed' || missing+=("$name")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$(id -u)" = 0 ]; then
        say "installing ${missing[*]}"
        { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"; } >/dev/null 2>&1 && return 0
        say "apt-get could not install ${missing[*]}; see: apt-get install ${missing[*]}"
    else
        say "these packages are missing, and only root can install them: ${missing[*]}"
        say "run once: sudo apt-get install --no-install-recommends ${missing[*]}"
    fi
    exit 3
}

# inside CMD...: runs CMD with Qt and QCA at hand.
if is_native; then
    kind=native
    inside() { PATH="$build_dir/bin:$PATH" "$@"; }
else
    kind=root
    command -v mmdebstrap >/dev/null && command -v bwrap >/dev/null && command -v newuidmap >/dev/null || need mmdebstrap bubblewrap uidmap
    root=$("$source_dir/packaging/buildroot/make")
    export CCACHE_DIR=${CCACHE_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/waxwing/ccache} CCACHE_BASEDIR=$source_dir CCACHE_NOHASHDIR=1
    inside() { "$source_dir/packaging/buildroot/enter" "$root" "$source_dir" "$@"; }
fi

# build TARGET...: configures and builds. A build folder made in another way is begun anew.
build() {
    local stamp=$build_dir/.made-by made_by="$kind ${root:-}"
    if [ -e "$build_dir" ] && [ "$(cat "$stamp" 2>/dev/null)" != "$made_by" ]; then
        rm -rf --one-file-system "$build_dir"
    fi
    mkdir -p "$build_dir"
    printf '%s\n' "$made_by" >"$stamp"
    if [ ! -e "$build_dir/build.ninja" ]; then
        say "configuring"
        inside cmake -S "$source_dir" -B "$build_dir" -G Ninja -DCMAKE_BUILD_TYPE=Release >"$build_dir/configure.log" 2>&1 ||
            { tail -n 30 "$build_dir/configure.log" >&2; exit 1; }
    fi
    inside ninja -C "$build_dir" --quiet "$@" >&2
}
