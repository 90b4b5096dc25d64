// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "smime/SignatureDiagnosis.h"

namespace smime {

/// What was done to a signed entity of which both sides are at hand, judged part by part by what the parts decode to, so that any way to encode,
/// convert or fold them is recognised; `Unknown` if it was something else, or more than one thing. Both have CRLF. Pure.
[[nodiscard]] SignatureDamage compareEntities(QByteArrayView sent, QByteArrayView received);

} // namespace smime
