#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# tst_Install.sh BUILD: what is installed is complete, valid and runs, and so is the Debian package.
set -euo pipefail
build=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# Each program runs from where it was put, without the build folder's help.
check_tree() {
    local prefix=$1 file
    for file in bin/wax bin/waxwing share/applications/org.waxwing_mail.Waxwing.desktop \
        share/metainfo/org.waxwing_mail.Waxwing.metainfo.xml share/icons/hicolor/scalable/apps/waxwing.svg \
        share/doc/waxwing/copyright lib/systemd/user/waxwing-relay{.service,-smtp.socket,-submission.socket,-submission-tls.socket,-pop3.socket}; do
        [ -e "$prefix/$file" ] || { echo "missing: $file"; exit 1; }
    done
    desktop-file-validate "$prefix/share/applications/org.waxwing_mail.Waxwing.desktop"
    [[ $("$prefix/bin/wax" --version) == "wax "[0-9]* ]] || { echo "wax does not say its version"; exit 1; }
    [[ $(QT_QPA_PLATFORM=offscreen "$prefix/bin/waxwing" --version) == [Ww]"axwing "[0-9]* ]] || { echo "waxwing does not say its version"; exit 1; }
}

cmake --install "$build" --prefix "$scratch/usr" >"$scratch/install.log"
check_tree "$scratch/usr"
appstreamcli validate --no-net "$scratch/usr/share/metainfo/org.waxwing_mail.Waxwing.metainfo.xml"

cpack -G DEB --config "$build/CPackConfig.cmake" -B "$scratch/package" >"$scratch/cpack.log" 2>&1 || { tail -n 20 "$scratch/cpack.log"; exit 1; }
deb=("$scratch"/package/*.deb)
[[ $(dpkg-deb --field "${deb[0]}" Depends) == *libqca-qt6* ]] || { echo "the package does not depend on QCA"; exit 1; }
dpkg-deb -x "${deb[0]}" "$scratch/unpacked"
check_tree "$scratch/unpacked/usr"
