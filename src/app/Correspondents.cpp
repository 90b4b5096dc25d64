// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/Correspondents.h"

namespace app {

bool isMeantBy(const QString &text, const mime::Address &person)
{
    return !text.isEmpty() && (person.mailbox.startsWith(text, Qt::CaseInsensitive) || person.name.startsWith(text, Qt::CaseInsensitive)
                               || person.name.contains(u' ' + text, Qt::CaseInsensitive));
}

QStringList withCorrespondents(const QStringList &found, const QList<mime::Address> &others, const QString &text, qsizetype limit)
{
    QStringList all = found;
    mime::MailboxSet known(found);
    for (const mime::Address &person : others) {
        if (all.size() >= limit)
            break;
        if (!isMeantBy(text, person) || known.contains(person.mailbox))
            continue;
        known.insert(person.mailbox);
        all += person.mailbox;
    }
    return all;
}

} // namespace app
