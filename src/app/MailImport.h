// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Operation.h"
#include "store/Message.h"

#include <QStringList>
#include <memory>

namespace store {
class MailStore;
}

namespace app {

/// What came of files of mail.
struct MailImport {
    int added = 0;
    int known = 0;                 ///< Were there before.
    QList<base::Error> unreadable; ///< FileNotFound, FileNotReadable, MessageTooLarge; the detail begins with the path. What came before in that file was added.
};

/// Puts the letters of these files into `folder`, as mail programs export them: mbox, RFC 4155, or one message a file. On a thread of `pool`.
/// Cancelled and the errors of store::MailStore::addOld(); what was added until then stays.
[[nodiscard]] base::Operation<MailImport> importMail(std::shared_ptr<store::MailStore> mail, const QStringList &paths, store::Folder folder, QThreadPool *pool);

} // namespace app
