// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/RevocationFetching.h"

#include "base/Log.h"
#include "identity/TrustStore.h"

using namespace Qt::StringLiterals;

namespace app {

namespace {

void apply(smime::OpeningMaterial &material, const identity::RevocationAnswers &answers)
{
    material.crls += answers.crls;
    material.ocspResponses = answers.ocspResponses + material.ocspResponses;
    if (answers.unanswered > 0)
        material.inquiry = smime::RevocationInquiry::Unanswered;
}

void keep(const Reader &reader, const smime::OpenedMessage &opened, const identity::RevocationAnswers &answers, const QDateTime &at)
{
    const QList<identity::RevocationQuestion> questions = revocationQuestions(opened);
    base::Status kept = identity::OcspCache(reader.profile.folder).keep(questions, answers.ocspResponses, at);
    identity::TrustStore trust(reader.data, reader.profile);
    QList<QByteArray> issuers;
    for (const identity::RevocationQuestion &question : questions)
        issuers.append(question.issuer);
    for (const QByteArray &list : answers.crls)
        if (const base::Status added = trust.addCrl(list, issuers); !added && added.error().code != base::ErrorCode::CertificateUntrusted)
            kept = added;
    if (!kept)
        qCWarning(logApp) << "what is known about revocation could not be kept:" << base::nameOf(kept.error().code) << kept.error().detail;
}

} // namespace

QList<identity::RevocationQuestion> revocationQuestions(const smime::OpenedMessage &opened)
{
    QList<identity::RevocationQuestion> questions;
    for (const smime::Signer &signer : opened.verdict.signature.signers) {
        const bool isOpen = signer.axes.revocation == smime::Revocation::NotChecked || signer.axes.revocation == smime::Revocation::Unknown;
        if (!isOpen || signer.axes.chain != smime::Chain::Trusted)
            continue;
        QByteArray certificate = signer.certificate;
        for (const QByteArray &issuer : signer.path) {
            if (const identity::RevocationQuestion question{certificate, issuer}; !questions.contains(question))
                questions.append(question);
            certificate = issuer;
        }
    }
    return questions;
}

smime::OpenedMessage openAsking(smime::OpenRequest request, identity::RevocationSource &source, const base::Cancellation &cancellation)
{
    smime::OpenedMessage opened = smime::open(request, cancellation);
    const QList<identity::RevocationQuestion> questions = revocationQuestions(opened);
    if (questions.isEmpty())
        return opened;
    const identity::RevocationAnswers answers = identity::inquireRevocation(questions, source, request.at, cancellation);
    if (answers.asked == 0)
        return opened;
    apply(request.material, answers);
    return smime::open(request, cancellation);
}

smime::OpenedMessage openForAsking(const Reader &reader, const MailToOpen &mail, identity::RevocationSource &source, const base::Cancellation &cancellation)
{
    smime::OpenedMessage opened = openFor(reader, mail, cancellation);
    const QList<identity::RevocationQuestion> questions = revocationQuestions(opened);
    if (questions.isEmpty())
        return opened;
    const identity::RevocationAnswers answers = identity::inquireRevocation(questions, source, mail.at, cancellation);
    if (answers.asked == 0)
        return opened;
    keep(reader, opened, answers, mail.at);
    MailToOpen again = mail;
    apply(again.more, answers);
    return openFor(reader, again, cancellation);
}

} // namespace app
