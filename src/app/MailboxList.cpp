// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/MailboxList.h"

#include "mime/Address.h"

#include <QRandomGenerator>
#include <QRegularExpression>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace app {

namespace {

bool hasMailbox(const QStringList &fields)
{
    return std::any_of(fields.cbegin(), fields.cend(), [](const QString &field) { return mime::isValidMailbox(field.trimmed()); });
}

/// A comma may be one between surname and name.
QStringList fieldsOf(const QString &line)
{
    for (const QChar separator : {u'\t', u';'})
        if (line.contains(separator))
            return line.split(separator);
    const QStringList fields = line.split(u',');
    return hasMailbox(fields) ? fields : QStringList{line};
}

QString unquoted(const QString &field)
{
    const QString text = field.trimmed();
    return text.size() > 1 && text.startsWith(u'"') && text.endsWith(u'"') ? text.sliced(1, text.size() - 2).trimmed() : text;
}

ListedMailbox mailboxIn(const QString &line)
{
    ListedMailbox mailbox;
    const QStringList fields = fieldsOf(line);
    for (const QString &one : fields) {
        const QString field = unquoted(one);
        if (!mailbox.address.isEmpty()) {
            mailbox.password = mailbox.password.isEmpty() ? field : mailbox.password;
            continue;
        }
        const QList<mime::Address> found = field.contains(u'@') ? mime::parseAddresses(field) : QList<mime::Address>();
        // What follows ">" would be lost, a password maybe.
        const bool isWhole = !field.contains(u'<') || field.endsWith(u'>');
        const bool isAddress = isWhole && found.size() == 1 && mime::isValidMailbox(found.constFirst().mailbox);
        const QString name = isAddress ? found.constFirst().name : field;
        mailbox.name = QString(mailbox.name + u' ' + name).simplified();
        if (isAddress)
            mailbox.address = found.constFirst().mailbox;
    }
    return mailbox;
}

/// "Abel, Änne" becomes "aenne.abel"; nothing of a name without Latin letters.
QString localPartOf(const QString &name)
{
    if (name.contains(u'@'))
        return {}; // Was to be an address, and not this one.
    const qsizetype comma = name.indexOf(u',');
    QString text = comma < 0 ? name : name.mid(comma + 1) + u' ' + name.first(comma);
    text = text.toLower();
    const std::pair<QChar, QLatin1StringView> spelt[] = {{u'ä', "ae"_L1}, {u'ö', "oe"_L1}, {u'ü', "ue"_L1}, {u'ß', "ss"_L1}, {u'ø', "o"_L1}, {u'ł', "l"_L1}};
    for (const auto &[letter, letters] : spelt)
        text.replace(letter, letters);
    static const QRegularExpression others(u"[^a-z0-9 -]"_s);
    return text.normalized(QString::NormalizationForm_KD).remove(others).simplified().replace(u' ', u'.');
}

} // namespace

QList<ListedMailbox> readMailboxList(const QString &text, const QString &domain, const QStringList &present)
{
    using State = ListedMailbox::State;
    QList<ListedMailbox> list;
    const QStringList lines = text.split(u'\n');
    for (const QString &line : lines) {
        if (line.trimmed().isEmpty())
            continue;
        ListedMailbox mailbox = mailboxIn(line);
        if (const QString local = localPartOf(mailbox.name); mailbox.address.isEmpty() && !local.isEmpty() && mime::isValidMailbox(local + u'@' + domain))
            mailbox.address = local + u'@' + domain;
        const auto isSame = [&mailbox](const QString &other) { return mime::isSameMailbox(other, mailbox.address); };
        if (mailbox.address.isEmpty())
            mailbox.state = State::NoAddress;
        else if (std::any_of(list.cbegin(), list.cend(), [&isSame](const ListedMailbox &other) { return isSame(other.address); }))
            mailbox.state = State::Twice;
        else
            mailbox.state = std::any_of(present.cbegin(), present.cend(), isSame) ? State::Present : State::New;
        list += mailbox;
    }
    return list;
}

QString makePassword()
{
    constexpr QLatin1StringView kLetters{"abcdefghijkmnpqrstuvwxyz23456789"}; // 32, without l, o, 0 and 1.
    QString password;
    for (int i = 0; i < 12; ++i) {
        if (i > 0 && i % 4 == 0)
            password += u'-';
        password += QChar(kLetters[QRandomGenerator::system()->bounded(int(kLetters.size()))]);
    }
    return password;
}

} // namespace app
