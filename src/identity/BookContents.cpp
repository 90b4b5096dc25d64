// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/BookContents.h"

#include "base/Mailbox.h"
#include "identity/ChecksummedJson.h"
#include "provider/CertificateFacts.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace identity {

namespace {

constexpr auto kFormat = "waxwing-book"_L1;

QString sourceName(BookSource source)
{
    switch (source) {
    case BookSource::Imported: return u"imported"_s;
    case BookSource::Mail: return u"mail"_s;
    case BookSource::Directory: return u"directory"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

BookSource sourceOf(const QString &name)
{
    if (name == "mail"_L1)
        return BookSource::Mail;
    return name == "directory"_L1 ? BookSource::Directory : BookSource::Imported;
}

const QString &mailboxOf(const QSharedDataPointer<RememberedCapabilities> &remembered)
{
    return remembered->mailbox;
}

QJsonObject toJson(const KnownCertificate &known)
{
    return {{u"certificate"_s, toText(known.certificate)},
            {u"chain"_s, toTexts(known.chain)},
            {u"source"_s, sourceName(known.source)},
            {u"firstSeen"_s, toText(known.firstSeen)},
            {u"lastSeen"_s, toText(known.lastSeen)},
            {u"mailCount"_s, known.mailCount}};
}

} // namespace

CertificateBook::Entry *CertificateBook::Contents::entryOf(const QByteArray &certificate)
{
    const qsizetype position = people.indexOf(certificate);
    return position < 0 ? nullptr : entries[position].data();
}

const CertificateBook::Entry *CertificateBook::Contents::entryOf(const QByteArray &certificate) const
{
    const qsizetype position = people.indexOf(certificate);
    return position < 0 ? nullptr : entries[position].constData();
}

CertificateBook::Entry *CertificateBook::Contents::add(const QByteArray &certificate, const QList<QByteArray> &chain, BookSource source,
                                                       const QDateTime &now)
{
    if (Entry *present = entryOf(certificate))
        return present;
    const base::Result<provider::CertificateFacts> facts = provider::readCertificateFacts(certificate);
    if (!facts)
        return nullptr;
    QSharedDataPointer<Entry> entry{new Entry};
    entry->known = {certificate, chain, source, now, now, 0};
    for (const QString &address : facts->addresses)
        if (const QString mailbox = base::normalisedMailbox(address); !mailbox.isEmpty())
            entry->mailboxes.append(mailbox);
    entry->issuer = facts->issuerDer + facts->authorityKeyIdentifier;
    entry->notBefore = facts->notBefore;
    entries.append(std::move(entry));
    people.append(certificate);
    for (const QByteArray &authority : chain)
        if (!authorities.contains(authority))
            authorities.append(authority);
    return entries.last().data();
}

const RememberedCapabilities *CertificateBook::Contents::capabilitiesOf(const QString &mailbox) const
{
    const auto found = std::ranges::find(capabilities, mailbox, mailboxOf);
    return found == capabilities.end() ? nullptr : found->constData();
}

void CertificateBook::Contents::announce(const QString &mailbox, const QByteArray &der, const QDateTime &at)
{
    const qsizetype position = std::ranges::find(std::as_const(capabilities), mailbox, mailboxOf) - capabilities.cbegin();
    if (position == capabilities.size())
        capabilities.emplaceBack(new RememberedCapabilities{{}, mailbox, der, at});
    else if (const QDateTime &before = capabilities.at(position)->announcedAt; !before.isValid() || at >= before)
        capabilities[position] = new RememberedCapabilities{{}, mailbox, der, at};
}

bool CertificateBook::Contents::remove(const QByteArray &certificate)
{
    const qsizetype position = people.indexOf(certificate);
    if (position < 0)
        return false;
    people.removeAt(position);
    entries.removeAt(position);
    return true;
}

QByteArray CertificateBook::serialise(const Contents &contents)
{
    QJsonArray entries;
    for (const QSharedDataPointer<Entry> &entry : contents.entries) {
        QJsonObject object = toJson(entry->known);
        QJsonArray mails;
        for (const SeenMail &mail : entry->mails)
            mails.append(QJsonObject{{u"id"_s, toText(mail.id)}, {u"at"_s, toText(mail.at)}});
        object["mails"_L1] = mails;
        object["forgottenMails"_L1] = entry->forgottenMails;
        entries.append(object);
    }
    QJsonObject capabilities;
    for (const QSharedDataPointer<RememberedCapabilities> &remembered : contents.capabilities)
        capabilities[remembered->mailbox] = QJsonObject{{u"der"_s, toText(remembered->der)}, {u"at"_s, toText(remembered->announcedAt)}};
    return writeChecksummed(kFormat, {{u"certificates"_s, entries}, {u"capabilities"_s, capabilities}});
}

base::Result<CertificateBook::Contents> CertificateBook::parse(const QByteArray &file)
{
    const base::Result<QJsonObject> object = readChecksummed(kFormat, file);
    if (!object) {
        base::Error error = object.error();
        if (error.code == ErrorCode::KeystoreDamaged)
            error.code = ErrorCode::DatabaseDamaged;
        return error;
    }
    Contents contents;
    const QJsonArray entries = (*object)["certificates"_L1].toArray();
    for (const QJsonValue &value : entries) {
        Entry *entry = contents.add(bytesOf(value["certificate"_L1]), bytesListOf(value["chain"_L1]),
                                    sourceOf(value["source"_L1].toString()), timeOf(value["firstSeen"_L1]));
        if (!entry)
            return {ErrorCode::DatabaseDamaged, u"a certificate of the book cannot be read"_s};
        entry->known.lastSeen = timeOf(value["lastSeen"_L1]);
        entry->known.mailCount = value["mailCount"_L1].toInt();
        entry->forgottenMails = value["forgottenMails"_L1].toInt();
        const QJsonArray mails = value["mails"_L1].toArray();
        for (const QJsonValue &mail : mails)
            entry->mails.append({bytesOf(mail["id"_L1]), timeOf(mail["at"_L1])});
    }
    const QJsonObject capabilities = (*object)["capabilities"_L1].toObject();
    for (auto entry = capabilities.begin(); entry != capabilities.end(); ++entry)
        contents.capabilities.emplaceBack(new RememberedCapabilities{{}, entry.key(), bytesOf(entry.value()["der"_L1]), timeOf(entry.value()["at"_L1])});
    return contents;
}

} // namespace identity
