#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# tst_Complete.sh LUPDATE SOURCE: every sentence of the sources has its German, and every plural its English.
set -euo pipefail
lupdate=$1
source=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

check() { # FILE LUPDATE-OPTIONS...
    local file=$1
    shift
    cp "$source/translations/$file" "$scratch/$file"
    "$lupdate" -I "$source" -I "$source/src" -no-obsolete -locations none "$@" "$source"/src/app/*.cpp "$source"/src/app/*.h "$source"/src/cli/*.cpp "$source"/src/cli/*.h "$source"/ui/*.cpp "$source"/ui/*.h \
        -ts "$scratch/$file" >"$scratch/log"
    if grep -B 4 -e 'type="unfinished"' "$scratch/$file" | grep '<source>'; then
        echo "these sentences of $file are not finished"
        return 1
    fi
}

check waxwing_de.ts
check waxwing_en.ts -pluralonly
