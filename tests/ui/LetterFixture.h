// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/VerdictPresenter.h"
#include "smime/Open.h"

namespace uitest {

using namespace Qt::StringLiterals;

inline smime::ShownField field(const QByteArray &name, const QString &value)
{
    return {name, value, value.toUtf8(), std::nullopt, smime::CryptographicStatus::SignedAndEncrypted};
}

inline smime::OpenedMessage letter(const QString &text)
{
    smime::OpenedMessage message;
    message.headers = {field("From", u"Bob Baker <bob@example.org>"_s), field("To", u"Alice Archer <alice@example.org>"_s),
                       field("Subject", u"Lunch on Friday"_s), field("Date", u"Mon, 23 Nov 2026 14:02:00 +0000"_s)};
    message.headers[2].outer = u"[...]"_s;
    message.text = text;
    message.verdict.summary = smime::Summary::Verified;
    smime::Signer signer;
    signer.certificate = "not empty";
    message.verdict.signature.signers = {signer};
    return message;
}

inline app::VerdictPresentation presentation(app::Severity severity, app::SealSign sign, const QString &headline, const QString &readers)
{
    using A = app::ReasonAxis;
    using S = app::Severity;
    return {severity, sign, headline, readers,
            {{A::Content, severity == S::Danger ? S::Danger : S::Good, u"The content is as it was signed: both digests are equal."_s},
             {A::Authority, S::Good, u"Example Authority vouches for bob@example.org."_s},
             {A::Sender, S::Good, u"The certificate names bob@example.org, the sender shown."_s},
             {A::Revocation, S::Neutral, u"Nobody was asked whether the certificate was revoked."_s},
             {A::Memory, S::Notice, u"This is the first message from Bob Baker that you opened with this certificate."_s}},
            {}};
}

} // namespace uitest
