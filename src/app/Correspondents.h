// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mime/Address.h"

namespace app {

/// Whether somebody who types `text` may mean this person: it begins the address, the name, or a word of it.
[[nodiscard]] bool isMeantBy(const QString &text, const mime::Address &person);

/// `found` first, addresses; then those of `others` who may be meant and are not among them. At most `limit`.
[[nodiscard]] QStringList withCorrespondents(const QStringList &found, const QList<mime::Address> &others, const QString &text, qsizetype limit = 10);

} // namespace app
