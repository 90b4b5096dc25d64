// SPDX-License-Identifier: GPL-3.0-or-later
// Certificates, revocation lists, OCSP responses, requests and capabilities: every reader over the same octets.
#include "fuzz/Reader.h"
#include "provider/CertificateFacts.h"
#include "provider/CertificateIssuance.h"
#include "provider/Ocsp.h"
#include "provider/PathPolicy.h"
#include "provider/Revocation.h"

namespace {

void readCertificate(const QByteArray &der)
{
    const auto facts = provider::readCertificateFacts(der);
    if (!facts)
        return;
    const auto again = provider::readCertificateFacts(facts->der);
    fuzz::require(again.isOk() && *again == *facts, "a certificate is the same when it is read again");
    for (const QString &address : facts->addresses)
        fuzz::require(std::none_of(address.begin(), address.end(), [](QChar c) { return c.category() == QChar::Other_Control; }),
                      "an address has no control characters");
    (void)facts->maySign();
    (void)facts->mayReceive();
    (void)facts->mayProtectMail();
}

void buildPaths(const QByteArray &der)
{
    const QByteArray bob = fuzz::readerKeys().certificates.first();
    provider::PathPolicy policy;
    policy.at = fuzz::moment();
    policy.ocspResponses = {der};
    for (const provider::PathPurpose purpose : {provider::PathPurpose::SmimeSign, provider::PathPurpose::SmimeEncrypt}) {
        policy.purpose = purpose;
        // As leaf nobody issued it; as intermediate and as list it must not change what is known of Bob for the better.
        const provider::PathFindings ofInput = provider::validatePath(der, {der}, fuzz::anchors(), {der}, policy);
        const bool isAnchored = ofInput.chain == provider::PathChain::Trusted;
        fuzz::require(!isAnchored || provider::readCertificateFacts(der).isOk(), "what is trusted can be read");
        (void)provider::validatePath(bob, {der}, fuzz::anchors(), {der}, policy);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    fuzz::startProvider();
    const QByteArray octets = fuzz::octets(data, size);
    readCertificate(octets);
    buildPaths(octets);
    (void)provider::readCertificates(octets);
    (void)provider::readRequest(octets);
    (void)provider::readCrl(octets);
    const QByteArray issuer = fuzz::anchors().first();
    const QByteArray bob = fuzz::readerKeys().certificates.first();
    (void)provider::isCrlSignedBy(octets, {issuer});
    (void)provider::makeOcspRequest(octets, issuer);
    (void)provider::checkOcspResponse(octets, bob, issuer, fuzz::moment());
    (void)provider::decodeSmimeCapabilities(octets);
    (void)provider::readPublicKey(octets);
    return 0;
}
