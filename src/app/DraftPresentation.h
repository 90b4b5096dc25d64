// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/VerdictPresenter.h"

#include <QStringList>

namespace app {

/// What the banner says over a letter that its writer has not sent yet; a verdict would speak of a sender and a way that there are not.
/// `missing`: for whom it waits, empty for a draft. Pure.
[[nodiscard]] VerdictPresentation presentDraft(const smime::Verdict &verdict, const QStringList &missing);

} // namespace app
