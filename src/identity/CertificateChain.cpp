// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/CertificateChain.h"

#include <algorithm>

namespace identity {

bool isIssuerOf(const provider::CertificateFacts &issuer, const provider::CertificateFacts &subject)
{
    return issuer.isCa && issuer.subjectDer == subject.issuerDer
        && (subject.authorityKeyIdentifier.isEmpty() || issuer.subjectKeyIdentifier.isEmpty()
            || issuer.subjectKeyIdentifier == subject.authorityKeyIdentifier);
}

QList<QByteArray> chainOf(const QByteArray &leaf, const QList<QByteArray> &pool)
{
    base::Result<provider::CertificateFacts> current = provider::readCertificateFacts(leaf);
    QList<provider::CertificateFacts> candidates;
    for (const QByteArray &der : pool)
        if (base::Result<provider::CertificateFacts> facts = provider::readCertificateFacts(der); facts && facts->isCa)
            candidates.append(std::move(facts).value());
    QList<QByteArray> chain;
    while (current && !current->isSelfIssued) {
        const auto issuer = std::ranges::find_if(
            candidates, [&current](const provider::CertificateFacts &candidate) { return isIssuerOf(candidate, *current); });
        if (issuer == candidates.end() || chain.contains(issuer->der))
            break;
        chain.append(issuer->der);
        current = *issuer;
    }
    return chain;
}

std::optional<KeyUse> keyUseOf(const provider::CertificateFacts &facts)
{
    if (!facts.mayProtectMail() || facts.isCa)
        return std::nullopt;
    if (facts.maySign() && facts.mayReceive())
        return KeyUse::SigningAndEncryption;
    if (facts.maySign())
        return KeyUse::Signing;
    return facts.mayReceive() ? std::optional{KeyUse::Encryption} : std::nullopt;
}

} // namespace identity
