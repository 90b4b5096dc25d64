// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/CertificateAssessment.h"

#include "base/Log.h"
#include "identity/CertificateBook.h"
#include "identity/Directory.h"

#include <QCoreApplication>
#include <QHash>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace app {

namespace {

class Sentences
{
    Q_DECLARE_TR_FUNCTIONS(app::CertificateAssessment)
};

QString dateText(const QDateTime &time)
{
    return QLocale{}.toString(time.toLocalTime().date(), QLocale::LongFormat);
}

/// A certificate that may be the recipient's, before anybody judged it.
QList<identity::CertificateWithChain> candidatesFor(const identity::DataDirectory &data, const base::Result<identity::CertificateBook> &book,
                                                    const QString &recipient)
{
    QList<identity::CertificateWithChain> candidates;
    if (book) {
        const QList<identity::KnownCertificate> known = book->find(recipient);
        for (const identity::KnownCertificate &entry : known)
            candidates.append({entry.certificate, entry.chain});
    } else {
        qCWarning(logApp) << "certificate book:" << nameOf(book.error().code) << book.error().detail;
    }
    const base::Result<QList<identity::CertificateWithChain>> members = identity::MemberDirectory{data.directoryFolder()}.find(recipient);
    if (members)
        candidates += *members;
    return candidates;
}

// The newest wins: a certificate says it as of its first day.
QByteArray capabilitiesFor(const base::Result<identity::CertificateBook> &book, const RecipientCertificate &recipient)
{
    const QByteArray certified = identity::capabilitiesIn(recipient.certificate);
    const QDateTime since = certified.isEmpty() ? QDateTime() : recipient.info.notBefore;
    const QByteArray announced = book ? book->capabilitiesOf(recipient.address, since) : QByteArray();
    return announced.isEmpty() ? certified : announced;
}

} // namespace

CertificateState keyState(const identity::KeyEntry &entry, const identity::TrustMaterial &trust, const QDateTime &now)
{
    if (entry.certificate.isEmpty())
        return CertificateState::WaitingForCertificate;
    const AssessFor purpose = entry.use == identity::KeyUse::Encryption ? AssessFor::Encryption : AssessFor::Signing;
    return assess(entry.certificate, entry.chain, trust, purpose, now);
}

QString usagesText(const QStringList &usages)
{
    static const QHash<QString, const char *> kWords{{u"digitalSignature"_s, QT_TRANSLATE_NOOP("app::CertificateAssessment", "signing")},
                                                     {u"nonRepudiation"_s, QT_TRANSLATE_NOOP("app::CertificateAssessment", "signing what shall bind")},
                                                     {u"keyEncipherment"_s, QT_TRANSLATE_NOOP("app::CertificateAssessment", "receiving what is encrypted")},
                                                     {u"keyAgreement"_s, QT_TRANSLATE_NOOP("app::CertificateAssessment", "receiving what is encrypted")},
                                                     {u"keyCertSign"_s, QT_TRANSLATE_NOOP("app::CertificateAssessment", "issuing certificates")},
                                                     {u"cRLSign"_s, QT_TRANSLATE_NOOP("app::CertificateAssessment", "issuing lists of revoked ones")},
                                                     {u"emailProtection"_s, QT_TRANSLATE_NOOP("app::CertificateAssessment", "mail")},
                                                     {u"serverAuth"_s, QT_TRANSLATE_NOOP("app::CertificateAssessment", "servers")},
                                                     {u"clientAuth"_s, QT_TRANSLATE_NOOP("app::CertificateAssessment", "logging in")},
                                                     {u"anyExtendedKeyUsage"_s, QT_TRANSLATE_NOOP("app::CertificateAssessment", "any purpose")}};
    QStringList words;
    for (const QString &usage : usages)
        words += kWords.contains(usage) ? Sentences::tr(kWords[usage]) : usage;
    words.removeDuplicates();
    return words.isEmpty() ? Sentences::tr("any purpose") : words.join(u", "_s);
}

QString stateText(CertificateState state, const CertificateInfo &info)
{
    switch (state) {
    case CertificateState::NotChecked: return Sentences::tr("It has not been checked.");
    case CertificateState::Good: return Sentences::tr("It is valid until %1.").arg(dateText(info.notAfter));
    case CertificateState::Expired: return Sentences::tr("It expired on %1.").arg(dateText(info.notAfter));
    case CertificateState::NotYetValid: return Sentences::tr("It is not valid before %1.").arg(dateText(info.notBefore));
    case CertificateState::Revoked: return Sentences::tr("It was revoked by its authority.");
    case CertificateState::Untrusted: return Sentences::tr("Nobody you trust vouches for it.");
    case CertificateState::WrongUsage: return Sentences::tr("It was not issued for this use of mail.");
    case CertificateState::Damaged: return Sentences::tr("It is damaged, or somebody altered it.");
    case CertificateState::Weak: return Sentences::tr("Its key or its signature is too weak today.");
    case CertificateState::WaitingForCertificate: return Sentences::tr("The request has not been answered yet.");
    }
    Q_UNREACHABLE_RETURN({});
}

QString stateName(CertificateState state)
{
    switch (state) {
    case CertificateState::NotChecked: return u"not-checked"_s;
    case CertificateState::Good: return u"good"_s;
    case CertificateState::Expired: return u"expired"_s;
    case CertificateState::NotYetValid: return u"not-yet-valid"_s;
    case CertificateState::Revoked: return u"revoked"_s;
    case CertificateState::Untrusted: return u"untrusted"_s;
    case CertificateState::WrongUsage: return u"wrong-usage"_s;
    case CertificateState::Damaged: return u"damaged"_s;
    case CertificateState::Weak: return u"weak"_s;
    case CertificateState::WaitingForCertificate: return u"waiting"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

RecipientCertificate findRecipient(const identity::DataDirectory &data, const identity::Profile &profile, const QString &recipient,
                                   const QDateTime &now)
{
    RecipientCertificate best;
    best.address = recipient;
    const identity::TrustMaterial trust = identity::TrustStore{data, profile}.material();
    const base::Result<identity::CertificateBook> book = identity::CertificateBook::open(profile.folder);
    const QList<identity::CertificateWithChain> candidates = candidatesFor(data, book, recipient);
    for (const identity::CertificateWithChain &candidate : candidates) {
        base::Result<CertificateInfo> info = certificateInfo(candidate.certificate);
        if (!info)
            continue;
        const CertificateState state = assess(candidate.certificate, candidate.chain, trust, AssessFor::Encryption, now);
        const bool isGood = state == CertificateState::Good;
        // A signing certificate beside an encryption certificate is no reason to complain.
        const bool isBetter = best.mark == RecipientMark::None
            || (isGood && (best.mark != RecipientMark::Found || info->notBefore > best.info.notBefore))
            || (best.mark == RecipientMark::FoundBut && best.reason == CertificateState::WrongUsage);
        if (!isBetter)
            continue;
        best.mark = isGood ? RecipientMark::Found : RecipientMark::FoundBut;
        best.reason = state;
        best.info = std::move(info).value();
        best.certificate = isGood ? candidate.certificate : QByteArray{};
        best.chain = candidate.chain;
    }
    if (best.mark == RecipientMark::Found)
        best.capabilities = capabilitiesFor(book, best);
    return best;
}

} // namespace app
