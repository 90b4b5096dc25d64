// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/RelayAssessor.h"

#include "app/MessageJson.h"
#include "app/RelayService.h"
#include "identity/CertificateBook.h"
#include "identity/Directory.h"
#include "identity/TrustStore.h"
#include "mime/Structure.h"
#include "relay/Users.h"
#include "smime/PartKind.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QSet>
#include <QTimeZone>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace app {

namespace {

/// So much of what has no structure, or is too large, is read for its head.
constexpr qsizetype kHeadOctets = 64 * 1024;

/// The form in which addresses are compared.
QByteArray keyOf(const QString &address)
{
    return relay::mailboxKey(address.toUtf8());
}

QSet<QByteArray> keysOf(const mime::Headers &headers, std::initializer_list<const char *> names)
{
    QSet<QByteArray> keys;
    for (const char *name : names)
        for (const mime::Address &address : headers.addresses(name))
            keys.insert(keyOf(address.mailbox));
    return keys;
}

QString structureText(const mime::Part &part, int depth = 0)
{
    constexpr int kDeepest = 4;
    constexpr std::size_t kMostParts = 8;
    QString text = QString::fromLatin1(part.type.value);
    if (part.children.empty() || depth >= kDeepest)
        return text;
    QStringList parts;
    for (std::size_t i = 0; i < std::min(part.children.size(), kMostParts); ++i)
        parts << structureText(part.children[i], depth + 1);
    if (part.children.size() > kMostParts)
        parts << u"..."_s;
    return text + u" ("_s + parts.join(u", "_s) + u')';
}

/// What was decrypted does not go to the disk: where a field is protected by encryption, the carrier's view of it is kept.
QJsonObject withoutContent(QJsonObject open)
{
    open.remove(u"body"_s);
    open.remove(u"unprotected"_s);
    QJsonObject headers = open["headers"_L1].toObject();
    for (auto it = headers.begin(); it != headers.end(); ++it) {
        QJsonObject field = it->toObject();
        if (!field["protection"_L1].toString().contains("encrypted"_L1))
            continue;
        field[u"value"_s] = field["outer"_L1];
        field.remove(u"addresses"_s);
        *it = field;
    }
    open[u"headers"_s] = headers;
    if (QJsonObject diagnosis = open["diagnosis"_L1].toObject(); !diagnosis.isEmpty()) {
        diagnosis.remove(u"sent"_s);
        diagnosis.remove(u"received"_s);
        open[u"diagnosis"_s] = diagnosis;
    }
    if (QJsonArray further = open["further"_L1].toArray(); !further.isEmpty()) {
        for (QJsonValueRef part : further)
            part = withoutContent(part.toObject());
        open[u"further"_s] = further;
    }
    return open;
}

/// As carriers see them: all authors, and nobody who only stands in the name of one.
void nameFields(RelayAssessment &assessment, const mime::Headers &headers)
{
    const QList<mime::Address> authors = headers.addresses("From");
    assessment.from = authors.isEmpty() ? headers.text("From") : mime::editableListText(authors);
    assessment.subject = headers.text("Subject");
}

/// Matches the list of readers with the envelope and with what everybody sees.
class Readers
{
public:
    Readers(const mime::Headers &headers, const QList<QByteArray> &envelope)
        : m_visible(keysOf(headers, {"To", "Cc"})), m_senders(keysOf(headers, {"From", "Sender"})), m_envelope(envelope.begin(), envelope.end()) {}

    void match(const smime::EncryptionVerdict &encryption, RelayAssessment &assessment) const
    {
        QSet<QByteArray> reading;
        bool hasUnknown = false;
        for (const smime::Recipient &recipient : encryption.recipients) {
            const RelayReader reader = matched(recipient);
            hasUnknown = hasUnknown || !reader.isKnown();
            for (const QString &address : reader.addresses)
                reading.insert(keyOf(address));
            assessment.readers.append(reader);
        }
        // Somebody unknown may be any of them: nothing is claimed then.
        if (encryption.state == smime::EncryptionState::None || hasUnknown)
            return;
        for (const QByteArray &key : m_envelope)
            if (!reading.contains(key))
                assessment.cannotRead.append(QString::fromUtf8(key));
        assessment.cannotRead.sort();
    }

private:
    [[nodiscard]] RelayReader matched(const smime::Recipient &recipient) const
    {
        RelayReader reader{recipient.addresses, recipient.name, recipient.issuer, QString::fromLatin1(recipient.serial),
                           QString::fromLatin1(recipient.subjectKeyIdentifier), recipient.algorithm, smime::nameOf(recipient.kind),
                           false, false, false, false};
        bool isOnlyOne = false;
        for (const QString &address : recipient.addresses) {
            const QByteArray key = keyOf(address);
            reader.isInEnvelope = reader.isInEnvelope || m_envelope.contains(key);
            reader.isVisible = reader.isVisible || m_visible.contains(key);
            reader.isSender = reader.isSender || m_senders.contains(key);
            isOnlyOne = isOnlyOne || (m_envelope.size() == 1 && m_envelope.contains(key));
        }
        // A copy that goes to this one alone tells nobody else.
        reader.isBetrayed = reader.isKnown() && !reader.isVisible && !reader.isSender && !isOnlyOne;
        return reader;
    }

    QSet<QByteArray> m_visible;
    QSet<QByteArray> m_senders;
    QSet<QByteArray> m_envelope;
};

QByteArray stampOf(const QString &path)
{
    const QFileInfo info{path};
    return info.exists() ? QByteArray::number(info.lastModified().toMSecsSinceEpoch()) + '/' + QByteArray::number(info.size()) + '\n' : QByteArray{"-\n"};
}

QByteArray stampOf(const identity::DataDirectory &data)
{
    QByteArray stamp = stampOf(data.authorityFolder()) + stampOf(data.directoryFolder()) + stampOf(data.trustFolder())
        + stampOf(data.trustFolder() + u"/crls"_s) + stampOf(data.path() + u"/profiles"_s);
    const QFileInfoList profiles = QDir{data.path() + u"/profiles"_s}.entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QFileInfo &profile : profiles)
        stamp += stampOf(profile.filePath() + u"/trust"_s) + stampOf(profile.filePath() + u"/book.json"_s);
    return stamp;
}

void appendNew(QList<QByteArray> &list, QSet<QByteArray> &known, const QByteArray &item)
{
    if (!item.isEmpty() && !known.contains(item)) {
        known.insert(item);
        list.append(item);
    }
}

} // namespace

smime::OpeningMaterial publicMaterial(const identity::DataDirectory &data, const smime::OpeningMaterial &extra)
{
    smime::OpeningMaterial material = extra;
    QSet<QByteArray> anchors(extra.anchors.begin(), extra.anchors.end());
    QSet<QByteArray> crls(extra.crls.begin(), extra.crls.end());
    QSet<QByteArray> certificates(extra.certificates.begin(), extra.certificates.end());
    QSet<QByteArray> people(extra.people.begin(), extra.people.end());
    const auto addTrust = [&](const identity::TrustMaterial &trust) {
        for (const QByteArray &anchor : trust.anchors)
            appendNew(material.anchors, anchors, anchor);
        for (const QByteArray &crl : trust.crls)
            appendNew(material.crls, crls, crl);
    };
    const auto addCertificate = [&](const QByteArray &certificate, const QList<QByteArray> &chain) {
        appendNew(material.certificates, certificates, certificate);
        for (const QByteArray &issuer : chain)
            appendNew(material.certificates, certificates, issuer);
    };
    addTrust(identity::TrustStore{data}.material());
    for (const identity::CertificateWithChain &member : identity::MemberDirectory{data.directoryFolder()}.all())
        addCertificate(member.certificate, member.chain);
    for (const identity::Profile &profile : data.profiles()) {
        addTrust(identity::TrustStore{data, profile}.material());
        if (const base::Result<identity::CertificateBook> book = identity::CertificateBook::open(profile.folder)) {
            for (const QByteArray &person : book->people())
                appendNew(material.people, people, person);
            for (const QByteArray &authority : book->authorities())
                appendNew(material.certificates, certificates, authority);
        }
    }
    return material;
}

RelayAssessment assessMessage(const relay::MessageAssessor::Message &message, const AskMaterial &material)
{
    RelayAssessment assessment;
    assessment.isKnown = true;
    if (message.isBeginning) {
        const mime::Headers head = mime::parseHeaders(QByteArrayView{message.octets}.first(std::min(message.octets.size(), kHeadOctets)));
        assessment.isTooLarge = true;
        nameFields(assessment, head);
        return assessment;
    }
    const base::Result<mime::Structure> structure = mime::parseStructure(message.octets);
    const mime::Headers headers = structure ? mime::headersOf(message.octets, structure->root)
                                            : mime::parseHeaders(QByteArrayView{message.octets}.first(std::min(message.octets.size(), kHeadOctets)));
    nameFields(assessment, headers);
    if (structure)
        assessment.structure = structureText(structure->root);
    assessment.summary = u"plain"_s;
    // Of plain mail, which is most, everything is known by now.
    if (structure && !smime::mayBeSealed(*structure))
        return assessment;
    const QDateTime received = QDateTime::fromMSecsSinceEpoch(message.receivedMs, QTimeZone::UTC);
    const smime::OpenedMessage opened = smime::open({message.octets, material(), received, received});
    assessment.open = withoutContent(toJson(opened));
    if (assessment.open["summary"_L1] == "plain"_L1 && opened.verdict.layers.isEmpty() && !opened.diagnosis) {
        assessment.open = {};
        return assessment;
    }
    Readers{headers, message.recipients}.match(opened.verdict.encryption, assessment);
    assessment.headerProtection = assessment.open["headers"_L1]["Subject"_L1]["protection"_L1].toString(u"none"_s);
    return RelayAssessment::fromJson(assessment.toJson());
}

RelayAssessment assessMessage(const RelayMessage &message, const QByteArray &octets, const smime::OpeningMaterial &material)
{
    return assessMessage(toBeAssessed(message, octets), [&material]() -> const smime::OpeningMaterial & { return material; });
}

relay::MessageAssessor::Message toBeAssessed(const RelayMessage &message, const QByteArray &octets)
{
    QList<QByteArray> recipients;
    for (const QString &recipient : message.recipients)
        recipients.append(recipient.toUtf8());
    return {message.id, message.received.toMSecsSinceEpoch(), message.sender.toUtf8(), recipients, octets};
}

RelayAssessor::RelayAssessor(const identity::DataDirectory &data, identity::SharedKeySet keys) : m_data(data), m_keys(std::move(keys)) {}

const smime::OpeningMaterial &RelayAssessor::material()
{
    QByteArray stamp = stampOf(m_data);
    if (stamp == m_stamp)
        return m_material;
    m_stamp = std::move(stamp);
    smime::OpeningMaterial extra;
    extra.keys = m_keys;
    m_material = publicMaterial(m_data, extra);
    return m_material;
}

QByteArray RelayAssessor::assess(const Message &message)
{
    return assessMessage(message, [this]() -> const smime::OpeningMaterial & { return material(); }).toJson();
}

} // namespace app
