// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/MessageService.h"
#include "identity/RevocationInquiry.h"

namespace app {

/// What is to be asked about the signers of an opened message: certificates on a path that leads to an anchor, where nobody knows whether they
/// were revoked. Empty if there is nothing to ask. A path to nobody is never asked about: its certificates could name any address.
[[nodiscard]] QList<identity::RevocationQuestion> revocationQuestions(const smime::OpenedMessage &opened);

/// Opens with `request` alone, asks `source` what is open about revocation and, if something was asked, opens again with the answers; what
/// was asked and not answered is then Unknown. Waits for the network; any worker thread.
[[nodiscard]] smime::OpenedMessage openAsking(smime::OpenRequest request, identity::RevocationSource &source, const base::Cancellation &cancellation = {});

/// As openFor(), and asks; the answers are kept in the profile for later mails and for times without network.
[[nodiscard]] smime::OpenedMessage openForAsking(const Reader &reader, const MailToOpen &mail, identity::RevocationSource &source,
                                                 const base::Cancellation &cancellation = {});

} // namespace app
