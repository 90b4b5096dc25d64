// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/SentComparison.h"

#include "store/MailStore.h"

namespace app {

std::optional<smime::SignatureDiagnosis> comparedWithSent(store::MailStore &mail, const Reader &reader, const smime::OpenedMessage &opened, const QDateTime &now)
{
    const base::Result<QByteArray> sent = base::await(mail.sentOctets(opened.messageId));
    return sent ? smime::diagnoseAgainst(openFor(reader, {*sent, now, {}, Learning::LookOnly, {}}), opened) : std::nullopt;
}

} // namespace app
