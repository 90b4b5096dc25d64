// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Operation.h"
#include "store/Message.h"

#include <QStringList>
#include <memory>
#include <utility>

namespace store {
class MailStore;
}

namespace app {

/// What came of files of mail.
struct MailImport {
    int added = 0;
    int known = 0; ///< Were there before.
    /// FileNotFound, FileNotReadable, FileTooLarge (a message in it), FolderWithoutMail. What came before in that file was added.
    QList<std::pair<QString, base::Error>> unreadable;
};

/// Puts the letters of these files into `folder`, as mail programs export them: mbox, RFC 4155, or one message a file; of a folder, such as a maildir, those of the mail
/// in it. On a thread of `pool`.
/// Cancelled and the errors of store::MailStore::addOld(); what was added until then stays.
[[nodiscard]] base::Operation<MailImport> importMail(std::shared_ptr<store::MailStore> mail, const QStringList &paths, store::Folder folder, QThreadPool *pool);

} // namespace app
