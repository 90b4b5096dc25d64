// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/Mailbox.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace identity {

bool isMailbox(const QString &mailbox)
{
    const qsizetype at = mailbox.lastIndexOf(u'@');
    if (at <= 0 || at > 64 || at == mailbox.size() - 1 || mailbox.toUtf8().size() > 254)
        return false;
    const auto isUnfit = [](QChar c) { return c <= u' ' || c == u'\x7f' || c == u'<' || c == u'>' || c == u',' || c == u';' || !c.isPrint(); };
    const QString domain = mailbox.mid(at + 1);
    return std::none_of(mailbox.cbegin(), mailbox.cend(), isUnfit) && !mailbox.left(at).contains(u'@')
        && !domain.startsWith(u'.') && !domain.endsWith(u'.') && !domain.contains(".."_L1) && !domain.startsWith(u'-');
}

} // namespace identity
