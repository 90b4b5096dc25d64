// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/RequestContext.h"

#include "provider/KeyContext.h"
#include "provider/PemBlocks.h"
#include "provider/CertificateBuilder.h"
#include "provider/QcaProperties.h"

namespace provider {

RequestContext::RequestContext(const RequestContext &other)
    : QCA::CSRContext(other.provider()), m_request(other.m_request ? X509_REQ_dup(other.m_request.get()) : nullptr),
      m_properties(other.m_properties)
{
}

QByteArray RequestContext::toDER() const
{
    return derBy(i2d_X509_REQ, m_request.get());
}

QString RequestContext::toPEM() const
{
    return QString::fromLatin1(toPem(toDER(), "CERTIFICATE REQUEST"));
}

QCA::ConvertResult RequestContext::fromDER(const QByteArray &der)
{
    const ClearsErrorQueue clears;
    X509RequestPtr request = fromDerBy<X509RequestPtr>(d2i_X509_REQ, der);
    if (!request)
        return QCA::ErrorDecode;
    m_request = std::move(request);
    m_properties = propertiesOf(m_request.get());
    return QCA::ConvertGood;
}

QCA::ConvertResult RequestContext::fromPEM(const QString &pem)
{
    return fromDER(firstPemBlock(pem.toLatin1(), "CERTIFICATE REQUEST"));
}

bool RequestContext::createRequest(const QCA::CertificateOptions &options, const QCA::PKeyContext &key)
{
    const ClearsErrorQueue clears;
    const EvpKeyPtr evp = evpOf(key);
    const X509NamePtr subject = subjectFrom(options);
    auto request = buildRequest(evp.get(), subject.get(), addressesFrom(options), hostNamesFrom(options));
    if (!request)
        return false;
    m_request = std::move(*request);
    m_properties = propertiesOf(m_request.get());
    return true;
}

bool RequestContext::compare(const QCA::CSRContext *other) const
{
    return other && other->toDER() == toDER();
}

QCA::PKeyContext *RequestContext::subjectPublicKey() const
{
    const ClearsErrorQueue clears;
    EvpKeyPtr key(m_request ? X509_REQ_get_pubkey(m_request.get()) : nullptr);
    return key ? new KeyContext(provider(), std::move(key), false) : new KeyContext(provider());
}

} // namespace provider
