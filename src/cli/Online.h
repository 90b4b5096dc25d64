// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/RevocationFetching.h"
#include "cli/Command.h"

#include <memory>

namespace cli {

/// Makes it possible to ask about revocation. `wax-offline` is linked without the network: there (HandOver.cpp) `wax-online` takes the place of this
/// program, with the same words, and only a failure to start it returns: FileNotFound. So nothing may have been read from stdin or printed before.
[[nodiscard]] base::Result<std::unique_ptr<identity::RevocationSource>> reachNetwork();

/// The newest letter in Sent of that Message-ID, of the profile that mail commands would choose. `wax-offline` is linked without the store: it starts
/// `wax-online` and takes down what that prints, so that what was read and typed so far need not be read again. MessageNotFound there, whatever is wrong;
/// else the errors of chosenProfile, app::MailSession::open and store::MailStore::sentOctets, too.
[[nodiscard]] base::Result<QByteArray> sentOctets(const Context &context, const QByteArray &messageId);

} // namespace cli
