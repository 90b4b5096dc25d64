// SPDX-License-Identifier: GPL-3.0-or-later
#include "relay/Users.h"

#include "mime/Charset.h"
#include "net/SmtpGrammar.h"

#include <QRandomGenerator>
#include <QUrl>

namespace relay {

namespace {

/// A quoted local part with the least quoting that is possible.
QByteArray leastQuoted(QByteArrayView local)
{
    QByteArray plain;
    QByteArray quoted{"\""};
    for (qsizetype i = 1; i < local.size() - 1; ++i) {
        if (local[i] == '\\')
            ++i;
        plain.append(local[i]);
        if (local[i] == '"' || local[i] == '\\')
            quoted.append('\\');
        quoted.append(local[i]);
    }
    quoted.append('"');
    const bool needsNone = !plain.startsWith('"') && net::isSmtpMailbox(QByteArray{plain}.append("@x"), net::SmtpCharset::Utf8);
    return needsNone ? plain : quoted;
}

} // namespace

QByteArray mailboxKey(QByteArrayView address)
{
    if (!net::isSmtpMailbox(address, net::SmtpCharset::Utf8))
        return {};
    const qsizetype at = address.lastIndexOf('@');
    if (address.startsWith('"'))
        if (const QByteArray local = leastQuoted(address.first(at)); local != address.first(at))
            return mailboxKey(QByteArray{local}.append(address.sliced(at)));
    if (mime::isAscii(address))
        return address.toByteArray().toLower();
    const QByteArray local = QString::fromUtf8(address.first(at)).normalized(QString::NormalizationForm_C).toLower().toUtf8();
    const QByteArray domain = QUrl::toAce(QString::fromUtf8(address.sliced(at + 1)));
    return domain.isEmpty() ? QByteArray{} : QByteArray{local + '@' + domain};
}

QByteArray aliasKey(QByteArrayView name)
{
    if (!name.startsWith('@'))
        return mailboxKey(name);
    const QByteArray somebody = mailboxKey(QByteArray{"x"}.append(name));
    return somebody.isEmpty() ? somebody : somebody.sliced(1);
}

store::SpoolCredential toCredential(const net::ScramVerifier &verifier)
{
    return {verifier.salt, verifier.iterations, verifier.storedKey, verifier.serverKey};
}

net::ScramVerifier toVerifier(const store::SpoolCredential &credential)
{
    return {credential.salt, credential.iterations, credential.storedKey, credential.serverKey};
}

Users::Users()
{
    quint32 random[8];
    QRandomGenerator::system()->fillRange(random);
    m_decoySecret = QByteArray{reinterpret_cast<const char *>(random), sizeof random};
}

void Users::set(const QList<store::SpoolAccount> &accounts, const QList<store::SpoolAlias> &aliases)
{
    m_verifiers.clear();
    m_aliases.clear();
    m_domains.clear();
    for (const store::SpoolAccount &account : accounts) {
        m_verifiers.insert(account.address, toVerifier(account.credential));
        m_domains.insert(account.address.mid(account.address.lastIndexOf('@') + 1));
    }
    for (const store::SpoolAlias &alias : aliases) {
        m_aliases.insert(alias.name, alias.mailbox);
        m_domains.insert(alias.name.mid(alias.name.lastIndexOf('@') + 1));
    }
}

QByteArray Users::named(const QByteArray &key) const
{
    return m_verifiers.contains(key) ? key : m_aliases.value(key);
}

QByteArray Users::mailboxOf(const QByteArray &key) const
{
    QByteArray mailbox = named(key);
    const qsizetype at = key.lastIndexOf('@');
    if (!mailbox.isEmpty() || at < 1)
        return mailbox;
    const qsizetype plus = key.indexOf('+');
    if (plus > 0 && plus < at && !key.startsWith('"'))
        mailbox = named(key.first(plus) + key.sliced(at));
    return mailbox.isEmpty() ? m_aliases.value(key.sliced(at)) : mailbox;
}

net::ScramVerifier Users::verifier(const QByteArray &key) const
{
    const auto it = m_verifiers.constFind(key);
    return it == m_verifiers.cend() ? net::decoyVerifier(key, m_decoySecret) : *it;
}

} // namespace relay
