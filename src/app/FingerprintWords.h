// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QStringList>

namespace app {

/// A certificate's fingerprint as words that two people read to each other across a room, one asking and one answering: eleven
/// for the first 88 bits of the SHA-256, and a twelfth that a missing, misheard or swapped word makes wrong. English in every
/// language: they are names of signs, not sentences.
/// There are 256 of them; no two are alike but for one letter, and the first four letters tell which it is.
inline constexpr int kFingerprintWords = 12;
/// `fingerprint` has 11 octets or more.
[[nodiscard]] QStringList wordsOfFingerprint(const QByteArray &fingerprint);
/// The 11 octets that typed words mean, or what is wrong with them: InvalidArgument, `offset` is the place of the word that is not in the
/// list (from 0), or absent if the number of words or their last one is wrong. Upper case, commas and hyphens do not matter.
[[nodiscard]] base::Result<QByteArray> fingerprintOfWords(const QString &typed);

} // namespace app
