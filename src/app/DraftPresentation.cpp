// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/DraftPresentation.h"

#include "app/SendOutlook.h"

#include <QCoreApplication>

namespace app {

namespace {
struct DraftWords {
    Q_DECLARE_TR_FUNCTIONS(app::DraftPresentation)
};
} // namespace

VerdictPresentation presentDraft(const smime::Verdict &verdict, const QStringList &missing)
{
    VerdictPresentation shown;
    switch (verdict.encryption.state) {
    case smime::EncryptionState::Decrypted:
        shown.sign = SealSign::Lock;
        shown.readers = DraftWords::tr("It is kept encrypted; only you can read it.");
        break;
    case smime::EncryptionState::NoKey:
    case smime::EncryptionState::Failed:
        shown.sign = SealSign::LockClosed;
        shown.headline = DraftWords::tr("Your draft, encrypted to you. Unlock your keys to read it.");
        return shown;
    case smime::EncryptionState::None:
        shown.readers = DraftWords::tr("It is kept in the clear, because it is to be sent without encryption.");
        break;
    }
    if (missing.isEmpty()) {
        shown.headline = DraftWords::tr("Your draft. Nothing of it has been sent.");
    } else {
        shown.severity = Severity::Notice;
        shown.sign = SealSign::LockClosed;
        shown.headline = DraftWords::tr("Waits for a certificate of %1. It is sealed and sent by itself when one arrives.").arg(namesText(missing));
    }
    return shown;
}

} // namespace app
