// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/RelayAssessment.h"

#include "app/VerdictReasons.h"
#include "relay/MessageAssessor.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace app {

namespace {

QStringList stringsOf(const QJsonValue &value)
{
    QStringList strings;
    for (const QJsonValue &one : value.toArray())
        strings.append(one.toString());
    return strings;
}

RelayReader readerOf(const QJsonObject &object)
{
    RelayReader reader;
    reader.addresses = stringsOf(object["addresses"_L1]);
    reader.name = object["name"_L1].toString();
    reader.issuer = object["issuer"_L1].toString();
    reader.serial = object["serial"_L1].toString();
    reader.keyIdentifier = object["subjectKeyIdentifier"_L1].toString();
    reader.algorithm = object["algorithm"_L1].toString();
    reader.kind = object["kind"_L1].toString();
    reader.isInEnvelope = object["inEnvelope"_L1].toBool();
    reader.isVisible = object["visible"_L1].toBool();
    reader.isSender = object["sender"_L1].toBool();
    reader.isBetrayed = object["betrayed"_L1].toBool();
    return reader;
}

/// The sentences of the relay's monitor.
class AssessmentWords
{
    Q_DECLARE_TR_FUNCTIONS(app::RelayAssessment)

public:
    explicit AssessmentWords(const RelayAssessment &assessment) : m_assessment(assessment) {}

    [[nodiscard]] QString headline() const
    {
        if (!m_assessment.isKnown)
            return tr("Not looked at yet");
        if (m_assessment.isTooLarge)
            return tr("Larger than %1 MB: looked into when somebody opens it").arg(relay::MessageAssessor::kLargestOctets >> 20);
        const QString who = m_assessment.signedBy.join(u", "_s);
        if (m_assessment.summary == "malformed"_L1)
            return tr("Damaged: its structure cannot be read");
        if (m_assessment.summary == "altered"_L1)
            return tr("Altered since it was signed");
        if (m_assessment.summary == "impersonated"_L1)
            return tr("Signed by %1, who is not the sender").arg(who);
        if (m_assessment.summary == "verified"_L1)
            return m_assessment.isEncrypted() ? tr("Encrypted, and signed by %1: verified").arg(who) : tr("Signed by %1: verified").arg(who);
        if (m_assessment.summary == "unverified"_L1)
            return who.isEmpty() ? tr("Signed, not verified") : tr("Signed by %1, not verified").arg(who);
        if (m_assessment.summary == "decrypted"_L1)
            return tr("Encrypted, not signed");
        if (m_assessment.summary == "cannot-decrypt"_L1)
            return tr("Encrypted: only its readers see what is inside, and whether it is signed");
        return tr("Neither signed nor encrypted");
    }

    [[nodiscard]] QString glance() const
    {
        QString text = headline();
        if (m_assessment.hasLeak())
            text += u" \u00b7 "_s + tr("betrays a blind copy");
        if (!m_assessment.cannotRead.isEmpty())
            text += u" \u00b7 "_s + tr("unreadable for %1").arg(m_assessment.cannotRead.join(u", "_s));
        return text;
    }

    [[nodiscard]] QStringList all() const
    {
        QStringList lines{headline() + u'.'};
        if (!m_assessment.isLookedInto())
            return lines;
        addSigners(lines);
        if (!m_assessment.damage.isEmpty())
            lines << damageText(m_assessment.damage);
        addReaders(lines);
        addHeader(lines);
        if (!m_assessment.cipher.isEmpty())
            lines << tr("Cipher: %1.").arg(m_assessment.cipher);
        return lines;
    }

private:
    void addSigners(QStringList &lines) const
    {
        const QJsonObject signature = m_assessment.open["signature"_L1].toObject();
        for (const QJsonValue &value : signature["signers"_L1].toArray()) {
            const QString who = value["addresses"_L1].toArray().isEmpty() ? value["subject"_L1].toString() : stringsOf(value["addresses"_L1]).join(u", "_s);
            lines << tr("Signer: %1, certificate of %2, %3 with %4.").arg(who, value["issuer"_L1].toString(), value["algorithm"_L1].toString(), value["digest"_L1].toString());
            lines << (value["chain"_L1] == "trusted"_L1 ? tr("An authority that this computer trusts vouches for the signer.")
                                                        : tr("Nobody that this computer trusts vouches for the signer."));
        }
    }

    void addReaders(QStringList &lines) const
    {
        QStringList known;
        int unknown = 0;
        for (const RelayReader &reader : m_assessment.readers) {
            if (reader.isKnown())
                known << reader.addresses.first();
            else
                ++unknown;
        }
        if (!known.isEmpty())
            lines << tr("Readable by: %1.").arg(known.join(u", "_s));
        if (unknown > 0)
            lines << tr("Readable also by others whose certificates are not known here: %1.").arg(unknown);
        for (const RelayReader &reader : m_assessment.readers)
            if (reader.isBetrayed)
                lines << tr("The list of readers betrays %1, whom the header does not name: a blind copy that is none.").arg(reader.addresses.first());
        for (const QString &address : m_assessment.cannotRead)
            lines << tr("%1 gets it and cannot read it.").arg(address);
    }

    void addHeader(QStringList &lines) const
    {
        if (m_assessment.headerProtection == "encrypted"_L1 || m_assessment.headerProtection == "signed-and-encrypted"_L1)
            lines << tr("The subject is protected inside.");
        else if (m_assessment.headerProtection == "signed"_L1)
            lines << tr("The subject is signed too.");
        else if (m_assessment.isEncrypted() && m_assessment.isDecrypted)
            lines << tr("The subject is in clear and unprotected.");
    }

    const RelayAssessment &m_assessment;
};

} // namespace

bool RelayAssessment::isSigned() const
{
    return !open["signature"_L1]["signers"_L1].toArray().isEmpty();
}

bool RelayAssessment::hasLeak() const
{
    return std::any_of(readers.begin(), readers.end(), [](const RelayReader &reader) { return reader.isBetrayed; });
}

QStringList RelayAssessment::verifiedSenders() const
{
    QStringList senders;
    if (summary != "verified"_L1)
        return senders;
    for (const QJsonValue &signer : open["signature"_L1]["signers"_L1].toArray())
        if (signer["identity"_L1] == "match"_L1)
            senders += stringsOf(signer["addresses"_L1]);
    senders.removeDuplicates();
    return senders;
}

QJsonObject toJson(const RelayReader &reader)
{
    QJsonObject object{{u"addresses"_s, QJsonArray::fromStringList(reader.addresses)},
                       {u"name"_s, reader.name.isEmpty() ? QJsonValue() : QJsonValue(reader.name)},
                       {u"issuer"_s, reader.issuer},
                       {u"serial"_s, reader.serial},
                       {u"kind"_s, reader.kind},
                       {u"algorithm"_s, reader.algorithm},
                       {u"known"_s, reader.isKnown()},
                       {u"inEnvelope"_s, reader.isInEnvelope},
                       {u"visible"_s, reader.isVisible},
                       {u"sender"_s, reader.isSender},
                       {u"betrayed"_s, reader.isBetrayed}};
    if (!reader.keyIdentifier.isEmpty())
        object[u"subjectKeyIdentifier"_s] = reader.keyIdentifier;
    return object;
}

RelayAssessment RelayAssessment::fromJson(const QByteArray &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    RelayAssessment assessment;
    assessment.isKnown = !object.isEmpty();
    assessment.from = object["from"_L1].toString();
    assessment.subject = object["subject"_L1].toString();
    assessment.structure = object["structure"_L1].toString();
    assessment.cannotRead = stringsOf(object["cannotRead"_L1]);
    assessment.headerProtection = object["headerProtection"_L1].toString();
    for (const QJsonValue &reader : object["readableBy"_L1].toArray())
        assessment.readers.append(readerOf(reader.toObject()));
    assessment.open = object["open"_L1].toObject();
    assessment.isTooLarge = object["tooLarge"_L1].toBool();
    assessment.summary = assessment.isTooLarge ? QString{} : assessment.open["summary"_L1].toString(u"plain"_s);
    assessment.cipher = assessment.open["encryption"_L1]["cipher"_L1].toString();
    assessment.isDecrypted = assessment.open["encryption"_L1]["state"_L1] == "decrypted"_L1;
    assessment.damage = assessment.open["diagnosis"_L1]["damage"_L1].toString();
    for (const QJsonValue &signer : assessment.open["signature"_L1]["signers"_L1].toArray())
        if (signer["integrity"_L1] == "valid"_L1)
            assessment.signedBy += stringsOf(signer["addresses"_L1]);
    assessment.signedBy.removeDuplicates();
    return assessment;
}

QByteArray RelayAssessment::toJson() const
{
    QJsonArray list;
    for (const RelayReader &reader : readers)
        list.append(app::toJson(reader));
    QJsonObject object{{u"from"_s, from}, {u"subject"_s, subject}, {u"structure"_s, structure}};
    if (isTooLarge)
        object[u"tooLarge"_s] = true;
    if (!open.isEmpty()) {
        object[u"readableBy"_s] = list;
        object[u"cannotRead"_s] = QJsonArray::fromStringList(cannotRead);
        object[u"headerProtection"_s] = headerProtection;
        object[u"open"_s] = open;
    }
    return QJsonDocument{object}.toJson(QJsonDocument::Compact);
}

Severity assessmentSeverity(const RelayAssessment &assessment)
{
    if (!assessment.isKnown)
        return Severity::Neutral;
    const QString &summary = assessment.summary;
    if (assessment.hasLeak() || summary == "altered"_L1 || summary == "impersonated"_L1 || summary == "malformed"_L1)
        return Severity::Danger;
    if (summary == "unverified"_L1 || !assessment.cannotRead.isEmpty())
        return Severity::Notice;
    return summary == "verified"_L1 ? Severity::Good : Severity::Neutral;
}

QString assessmentHeadline(const RelayAssessment &assessment)
{
    return AssessmentWords{assessment}.headline();
}

QString assessmentGlance(const RelayAssessment &assessment)
{
    return AssessmentWords{assessment}.glance();
}

QStringList assessmentSentences(const RelayAssessment &assessment)
{
    return AssessmentWords{assessment}.all();
}

} // namespace app
