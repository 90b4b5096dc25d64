// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/RequestFile.h"

#include "identity/CertificateFile.h"
#include "identity/Mailbox.h"
#include "provider/KeyGeneration.h"
#include "provider/PemBlocks.h"

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace identity {

namespace {

constexpr const char *kRequestLabel = "CERTIFICATE REQUEST";
constexpr const char *kReceiverLabel = "PUBLIC KEY";
constexpr const char *kCapabilitiesLabel = "SMIME CAPABILITIES";

} // namespace

base::Result<RequestFile> readRequestFile(const QByteArray &file)
{
    if (file.isEmpty())
        return ErrorCode::FileEmpty;
    const base::Result<provider::RequestFacts> facts = provider::readRequest(file);
    if (!facts)
        return facts.error();
    const provider::PemBlocks pem = file.startsWith('\x30') ? provider::PemBlocks{} : provider::readPemBlocks(file);
    // Half a request would be answered with half an identity.
    if (pem.isDamaged)
        return {ErrorCode::NotACertificateRequest, u"a block of the file is damaged, or its end is missing"_s};
    RequestFile request;
    request.name = facts->commonName;
    request.address = facts->addresses.value(0);
    request.wantsCapabilities = !pem.labelled(kCapabilitiesLabel).isEmpty();
    const QList<QByteArray> receivers = pem.labelled(kReceiverLabel);
    const auto use = receivers.isEmpty() ? provider::MailUse::SignAndReceive : provider::MailUse::Sign;
    request.keys.append({facts->publicKey, use, facts->keyType});
    for (const QByteArray &der : receivers) {
        const base::Result<QCA::PublicKey> key = provider::readPublicKey(der);
        if (!key)
            return key.error();
        request.keys.append({*key, provider::MailUse::Receive, provider::describeKey(*key)});
    }
    return request;
}

QByteArray writeRequestFile(const QByteArray &request, const QCA::PrivateKey &signer, const QCA::PrivateKey &receiver)
{
    const QString keyType = provider::describeKey(receiver.isNull() ? signer : receiver);
    QByteArray file = toPem(request, kRequestLabel);
    if (!receiver.isNull())
        file += toPem(provider::publicKeyDer(receiver), kReceiverLabel);
    return file + toPem(provider::encodeSmimeCapabilities(provider::ownCapabilities(keyType)), kCapabilitiesLabel);
}

base::Result<Applicant> applicantOf(const QByteArray &requestFile)
{
    const base::Result<RequestFile> request = readRequestFile(requestFile);
    if (!request)
        return request.error();
    if (!isMailbox(request->address))
        return {ErrorCode::AddressInvalid, u"the request names no mail address"_s};
    return Applicant{request->name, request->address};
}

} // namespace identity
