# Sourced by ./run and ./test: where to build, and how to run a command where Qt 6.8 and QCA are.
# A caller may set `variant` (release, asan, fuzz) and `cmake_options` before.
# shellcheck shell=bash

source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
variant=${variant:-release}
build_dir=$source_dir/build/$variant
[ -n "${cmake_options+set}" ] || cmake_options=(-DCMAKE_BUILD_TYPE=Release)

say() { printf 'waxwing: %s\n' "$*" >&2; }

# packages: what packages.txt names, one a line.
packages() {
    sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$source_dir/packaging/buildroot/packages.txt"
}

# True where Qt 6.8 and QCA for Qt 6 are installed, or where the distribution has them: Debian 13, Ubuntu 25.04 and newer.
is_native() {
    [ -z "${WAXWING_FORCE_ROOT:-}" ] || return 1
    if pkg-config --atleast-version=6.8 Qt6Widgets 2>/dev/null &&
        [ -n "$(find /usr/lib*/ -maxdepth 4 -name 'Qca-qt6Config.cmake' -print -quit 2>/dev/null)" ]; then
        return 0
    fi
    command -v apt-cache >/dev/null || return 1
    [ "$(id -u)" != 0 ] || [ -n "$(find /var/lib/apt/lists -name '*Packages*' -print -quit 2>/dev/null)" ] || apt-get update >/dev/null 2>&1 || true
    local version
    version=$(candidate qt6-base-dev)
    [ -n "$version" ] && dpkg --compare-versions "$version" ge 6.8 && [ -n "$(candidate libqca-qt6-dev)" ]
}

# candidate PACKAGE: the version that apt would install; nothing if it knows none.
candidate() {
    apt-cache policy "$1" 2>/dev/null | sed -n 's/^ *Candidate: \([0-9]\)/\1/p'
}

# Installs what is missing where that can be done; otherwise names, in one message, what only root can install.
need() {
    local missing=() name
    for name in "$@"; do
        [ "$(dpkg-query -W -f '${Status}' "$name" 2>/dev/null)" = 'install ok installed' ] || missing+=("$name")
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

# With the compiler's own list of headers, ccache need not preprocess each file, which takes as long as compiling it with precompiled headers.
export CCACHE_DEPEND=1 CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_DIR=${CCACHE_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/waxwing/ccache} CCACHE_BASEDIR=$source_dir CCACHE_NOHASHDIR=1

# inside CMD...: runs CMD with Qt and QCA at hand. What a build folder was made with stays its kind.
stamp=$build_dir/.made-by
case "$(cat "$stamp" 2>/dev/null)" in
    native) kind=native ;;
    root*) kind=root ;;
    *) if is_native; then kind=native; else kind=root; fi ;;
esac
if [ "$kind" = native ]; then
    made_by=native
    [ -e "$stamp" ] || { mapfile -t wanted < <(packages) && need "${wanted[@]}"; }
    inside() { PATH="$build_dir/bin:$PATH" "$@"; }
    inside_exec() { export PATH="$build_dir/bin:$PATH"; exec "$@"; }
else
    command -v mmdebstrap >/dev/null && command -v bwrap >/dev/null && command -v newuidmap >/dev/null || need mmdebstrap bubblewrap uidmap
    if [ "$variant" = fuzz ]; then lists=(packages.txt packages-fuzz.txt); else lists=(packages.txt); fi
    root=$("$source_dir/packaging/buildroot/make" "${lists[@]}")
    made_by="root $root"
    inside() { "$source_dir/packaging/buildroot/enter" "$root" "$source_dir" "$@"; }
    inside_exec() { exec "$source_dir/packaging/buildroot/enter" "$root" "$source_dir" "$@"; }
fi

# build TARGET...: configures and builds. A build folder made in another way is begun anew.
build() {
    if [ -e "$build_dir" ] && [ "$(cat "$stamp" 2>/dev/null)" != "$made_by" ]; then
        rm -rf --one-file-system "$build_dir"
    fi
    mkdir -p "$build_dir"
    printf '%s\n' "$made_by" >"$stamp"
    if [ ! -e "$build_dir/build.ninja" ]; then
        say "configuring"
        inside cmake -S "$source_dir" -B "$build_dir" -G Ninja "${cmake_options[@]}" >"$build_dir/configure.log" 2>&1 ||
            { tail -n 30 "$build_dir/configure.log" >&2; exit 1; }
    fi
    inside ninja -C "$build_dir" --quiet "$@" >&2
}

# supervise CMD...: runs CMD inside; a signal to us ends the program first, then what is around it.
supervise() {
    inside "$@" &
    local child=$! status=0
    # shellcheck disable=SC2064
    trap "end_program $child" TERM INT
    wait "$child" || status=$?
    # A trapped signal ends the first wait early; the second one collects the real end.
    while kill -0 "$child" 2>/dev/null; do wait "$child" || status=$?; done
    trap - TERM INT
    return "$status"
}

end_program() {
    local pid
    for pid in $(descendants "$1"); do
        [ "$(cat "/proc/$pid/comm" 2>/dev/null)" != waxwing ] || kill -TERM "$pid" 2>/dev/null
    done
    for _ in $(seq 30); do
        kill -0 "$1" 2>/dev/null || return 0
        sleep 0.1
    done
    kill -TERM "$1" 2>/dev/null || true
}

descendants() {
    local child
    for child in $(cat /proc/"$1"/task/*/children 2>/dev/null); do
        printf '%s\n' "$child"
        descendants "$child"
    done
}
