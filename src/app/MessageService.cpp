// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/MessageService.h"

#include "base/Log.h"
#include "identity/CertificateBook.h"
#include "identity/Directory.h"
#include "identity/RevocationInquiry.h"
#include "identity/TrustStore.h"

#include <QThreadPool>
#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;

namespace app {

namespace {

smime::Continuity continuityOf(identity::Remembered remembered)
{
    switch (remembered) {
    case identity::Remembered::NotChecked:
        return smime::Continuity::NotChecked;
    case identity::Remembered::First:
        return smime::Continuity::First;
    case identity::Remembered::Same:
        return smime::Continuity::Same;
    case identity::Remembered::Renewed:
        return smime::Continuity::Renewed;
    case identity::Remembered::Changed:
        return smime::Continuity::Changed;
    }
    Q_UNREACHABLE_RETURN(smime::Continuity::NotChecked);
}

void addKnownCertificates(smime::OpeningMaterial &material, const Reader &reader, const identity::CertificateBook *book)
{
    if (book) {
        material.people = book->people();
        material.certificates = book->authorities();
    }
    for (const identity::CertificateWithChain &member : identity::MemberDirectory(reader.data.directoryFolder()).all()) {
        // An authority publishes itself there, too.
        material.certificates.append(member.certificate);
        material.certificates += member.chain;
    }
}

/// `mailId` as CertificateBook::mailIdOf(); empty if there is no book.
smime::OpeningMaterial materialOf(const Reader &reader, const MailToOpen &mail, const std::shared_ptr<identity::CertificateBook> &book, const QByteArray &mailId)
{
    smime::OpeningMaterial material;
    material.keys = reader.material.keys;
    material.anchors = reader.material.trust.anchors;
    material.crls = reader.material.trust.crls + mail.more.crls;
    material.ocspResponses = mail.more.ocspResponses + identity::OcspCache(reader.profile.folder).responses(mail.at);
    material.inquiry = mail.more.inquiry;
    material.passwords = mail.more.passwords;
    material.revocation = reader.demand;
    addKnownCertificates(material, reader, book.get());
    if (book)
        material.recall = [book, mailId](const QString &address, const QByteArray &certificate) {
            identity::SeenSignature seen;
            seen.address = address;
            seen.certificate = certificate;
            seen.mailId = mailId;
            const identity::Recall recall = book->recall(seen);
            return smime::Recollection{continuityOf(recall.continuity), recall.earlierMails, recall.since};
        };
    return material;
}

// Only who was verified is remembered: a stranger must not become an acquaintance by writing often.
void learn(identity::CertificateBook &book, const smime::OpenedMessage &opened, Learning learning, const QByteArray &mailId)
{
    if (opened.verdict.summary != smime::Summary::Verified)
        return;
    const QList<smime::Signer> &signers = opened.verdict.signature.signers;
    const auto sender = std::find_if(signers.begin(), signers.end(), [](const smime::Signer &signer) {
        return signer.axes.identity == smime::Identity::Match;
    });
    const smime::ShownField *from = opened.header("From");
    const QList<mime::Address> senders = from ? mime::parseAddresses(from->raw) : QList<mime::Address>{};
    if (sender == signers.end() || senders.size() != 1)
        return;
    identity::SeenSignature seen;
    seen.address = senders.first().mailbox;
    seen.certificate = sender->certificate;
    seen.chain = opened.certificates;
    seen.chain.removeAll(sender->certificate);
    seen.encryptionCertificate = opened.signerEncryptionCertificate;
    seen.capabilities = opened.signerCapabilitiesDer;
    seen.signingTime = sender->signingTime;
    seen.mailId = mailId;
    const identity::Writing writing = learning == Learning::RememberLater ? identity::Writing::Later : identity::Writing::Now;
    if (const base::Result<identity::Recall> result = book.observe(seen, writing); !result)
        qCInfo(logApp, "the signer of a mail was not remembered: %s", base::nameOf(result.error().code));
}

// A list is news for every mail of its issuer. Only those of authorities that lead to an anchor: TrustStore verifies who signed them.
void keepLists(const Reader &reader, const smime::OpenedMessage &opened)
{
    QList<QByteArray> issuers;
    for (const smime::Signer &signer : opened.verdict.signature.signers)
        if (signer.axes.chain == smime::Chain::Trusted)
            issuers += signer.path;
    if (issuers.isEmpty())
        return;
    constexpr qsizetype kMost = 20; // A mail may bring any number, and each is looked at as a whole.
    const QList<QByteArray> lists = opened.crls.first(qMin(kMost, opened.crls.size()));
    identity::TrustStore trust(reader.data, reader.profile);
    for (const QByteArray &list : lists)
        if (const base::Status kept = trust.addCrl(list, issuers); !kept)
            qCInfo(logApp, "a revocation list of a mail was not kept: %s", base::nameOf(kept.error().code));
}

/// Every certificate that the profile's keys have or had, DER; also while they are locked. Empty if the keystore cannot be read.
QList<QByteArray> ownCertificates(const Reader &reader)
{
    QList<QByteArray> certificates;
    const base::Result<identity::Keystore> keystore = identity::Keystore::open(reader.profile.folder);
    if (!keystore)
        return certificates;
    for (const identity::KeyEntry &entry : keystore->entries()) {
        if (!entry.certificate.isEmpty())
            certificates.append(entry.certificate);
        certificates += entry.earlierCertificates;
    }
    return certificates;
}

void writeLearnt(const base::Clock &clock)
{
    if (const base::Status written = identity::CertificateBook::writeWaiting(clock); !written)
        qCWarning(logApp, "what was learnt of correspondents was not kept: %s", base::nameOf(written.error().code));
}

} // namespace

smime::InspectionMaterial inspectionMaterialOf(const Reader &reader)
{
    smime::InspectionMaterial material;
    material.opening.keys = reader.material.keys;
    material.opening.anchors = reader.material.trust.anchors;
    const base::Result<identity::CertificateBook> book = identity::CertificateBook::open(reader.profile.folder);
    addKnownCertificates(material.opening, reader, book ? &*book : nullptr);
    material.ownCertificates = ownCertificates(reader);
    return material;
}

smime::OpenedMessage openFor(const Reader &reader, const MailToOpen &mail, const base::Cancellation &cancellation)
{
    std::shared_ptr<identity::CertificateBook> book;
    if (base::Result<identity::CertificateBook> opened = identity::CertificateBook::open(reader.profile.folder))
        book = std::make_shared<identity::CertificateBook>(std::move(opened).value());
    const QByteArray mailId = book ? identity::CertificateBook::mailIdOf(mail.octets) : QByteArray();
    const smime::OpenRequest request{mail.octets, materialOf(reader, mail, book, mailId), mail.at, mail.firstReceived, mail.tellsSteps};
    smime::OpenedMessage opened = smime::open(request, cancellation);
    if (mail.learning != Learning::LookOnly) {
        if (book)
            learn(*book, opened, mail.learning, mailId);
        keepLists(reader, opened);
    }
    return opened;
}

MessageService::MessageService(QThreadPool *pool, const base::Clock &clock) : m_pool(pool), m_clock(clock) {}

MessageService::~MessageService()
{
    writeLearnt(m_clock);
}

void MessageService::keepLearnt() const
{
    m_pool->start([&clock = m_clock] { writeLearnt(clock); });
}

base::Operation<smime::OpenedMessage> MessageService::openFor(Reader reader, MailToOpen mail) const
{
    mail.at = m_clock.now();
    mail.learning = Learning::RememberLater;
    return base::runOn(m_pool, [reader = std::move(reader), mail = std::move(mail)](const base::Cancellation &cancellation) -> base::Result<smime::OpenedMessage> {
        smime::OpenedMessage opened = app::openFor(reader, mail, cancellation);
        return cancellation.isRequested() ? base::Result<smime::OpenedMessage>{base::ErrorCode::Cancelled} : std::move(opened);
    });
}

base::Operation<smime::InspectedPart> MessageService::inspectFor(Reader reader, QByteArray octets) const
{
    return base::runOn(m_pool, [reader = std::move(reader), octets = std::move(octets)](const base::Cancellation &) {
        return smime::inspect(octets, inspectionMaterialOf(reader));
    });
}

} // namespace app
