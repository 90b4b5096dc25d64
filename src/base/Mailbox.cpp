// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Mailbox.h"

#include <QUrl>
#include <algorithm>

namespace base {

namespace {

QString asciiLower(QString text)
{
    for (QChar &c : text)
        if (c >= u'A' && c <= u'Z')
            c = QChar{static_cast<char16_t>(c.unicode() + (u'a' - u'A'))};
    return text;
}

bool isAscii(QStringView text)
{
    return std::all_of(text.cbegin(), text.cend(), [](QChar c) { return c.unicode() < 128; });
}

/// What has no A-label, such as an address literal, stays as it is.
QString aLabels(const QString &domain)
{
    const QByteArray ace = QUrl::toAce(domain);
    return ace.isEmpty() ? domain : QString::fromLatin1(ace);
}

} // namespace

QString normalisedMailbox(const QString &mailbox)
{
    const qsizetype at = mailbox.lastIndexOf(u'@');
    if (at <= 0 || at == mailbox.size() - 1)
        return {};
    if (isAscii(QStringView(mailbox).sliced(at + 1)))
        return asciiLower(mailbox); // almost every one
    return asciiLower(mailbox.first(at + 1) + aLabels(mailbox.sliced(at + 1)));
}

bool isSameMailbox(const QString &a, const QString &b)
{
    const QString left = normalisedMailbox(a);
    return !left.isEmpty() && (a == b || left == normalisedMailbox(b));
}

bool namesMailbox(const QStringList &addresses, const QString &mailbox)
{
    return std::any_of(addresses.cbegin(), addresses.cend(), [&mailbox](const QString &named) { return isSameMailbox(named, mailbox); });
}

} // namespace base
