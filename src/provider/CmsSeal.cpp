// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/CmsDer.h"
#include "provider/CmsEnvelope.h"
#include "provider/CmsNames.h"
#include "provider/CmsOids.h"
#include "provider/CmsRecipient.h"

#include <algorithm>
#include <climits>

using namespace Qt::StringLiterals;

namespace provider::cms {
namespace {

constexpr qint64 kMaxContentOctets = INT_MAX - (64 << 20); // what ASN1_put_object can say, with room for recipients

RsaKeyTransport transportOf(const CmsOptions &options, size_t index)
{
    return qsizetype(index) < options.keyTransportOf.size() ? options.keyTransportOf.at(qsizetype(index)) : options.keyTransport;
}

} // namespace

void Sealing::fail(const QString &detail)
{
    m_facts.fault = CmsFault::EncryptionFailed;
    m_facts.detail = detail;
}

void Sealing::begin(const std::vector<X509Ptr> &recipients, const CmsOptions &options, qint64 contentOctets, const char *innerType)
{
    m_cipher = newCipher(options.cipher);
    m_expected = contentOctets;
    if (recipients.empty())
        return fail(u"No recipient"_s);
    if (contentOctets < 0 || contentOctets > kMaxContentOctets)
        return fail(u"Content is too large"_s);
    const WipedBytes key = WipedBytes::random(m_cipher.keyOctets);
    if (!m_cipher || key.isEmpty())
        return fail(u"No cipher or no random octets"_s);
    m_encryption = Encryption::begin(m_cipher, key);
    if (!m_encryption)
        return fail(u"Cipher refused: "_s + takeErrorText());
    QList<QByteArray> ders;
    for (size_t i = 0; i < recipients.size(); ++i) {
        const WrittenRecipient written = recipients[i] ? writeRecipient(recipients[i].get(), key, transportOf(options, i), options.recipientNaming)
                                                       : WrittenRecipient{};
        if (written.der.isEmpty())
            return fail(u"Recipient %1 has no key that can receive. "_s.arg(i + 1) + takeErrorText());
        m_facts.recipients += written.facts;
        m_version = m_cipher.isAuthenticated() ? 0 : std::max(m_version, written.envelopeVersion);
        ders.append(written.der);
    }
    m_facts.type = m_cipher.isAuthenticated() ? CmsContentType::AuthEnvelopedData : CmsContentType::EnvelopedData;
    m_facts.protection = m_cipher.isAuthenticated() ? CmsProtection::Authenticated : CmsProtection::Unauthenticated;
    m_facts.cipher = algorithmOf(options.cipher, m_cipher);
    m_facts.nonce = m_cipher.nonce;
    m_facts.innerTypeOid = innerType;
    writeHead(derWrap(V_ASN1_SET, derSorted(ders)), derWrap(V_ASN1_SEQUENCE, derOid(m_facts.cipher.oid.constData()) + m_facts.cipher.parameters), innerType);
}

void Sealing::writeHead(const QByteArray &recipientSet, const QByteArray &algorithm, const char *innerType)
{
    const qsizetype cipherOctets = m_encryption->octetsFor(m_expected);
    const qsizetype tailOctets = m_cipher.tagOctets > 0 ? m_cipher.tagOctets + 2 : 0; // OCTET STRING mac
    QByteArray content = derOid(innerType) + algorithm + derHeader(0, V_ASN1_CONTEXT_SPECIFIC, false, cipherOctets);
    content.prepend(derHeader(V_ASN1_SEQUENCE, V_ASN1_UNIVERSAL, true, content.size() + cipherOctets));
    QByteArray body = derInteger(m_version) + recipientSet + content;
    const qsizetype rest = cipherOctets + tailOctets;
    body.prepend(derHeader(V_ASN1_SEQUENCE, V_ASN1_UNIVERSAL, true, body.size() + rest));
    body.prepend(derHeader(0, V_ASN1_CONTEXT_SPECIFIC, true, body.size() + rest));
    body.prepend(derOid(m_cipher.isAuthenticated() ? kOidAuthEnvelopedData : kOidEnvelopedData));
    m_head = derHeader(V_ASN1_SEQUENCE, V_ASN1_UNIVERSAL, true, body.size() + rest) + body;
    m_totalOctets = m_head.size() + rest;
}

void Sealing::add(QByteArrayView piece, QByteArray &out)
{
    if (isFailed())
        return;
    m_given += piece.size();
    if (m_given > m_expected)
        return fail(u"More content than was announced"_s);
    const qsizetype begin = out.size();
    out.resizeForOverwrite(begin + piece.size() + EVP_MAX_BLOCK_LENGTH);
    const qsizetype written = m_encryption->update(piece, octets(out) + begin);
    out.truncate(begin + qMax<qsizetype>(written, 0));
    if (written < 0)
        fail(u"Encrypting: "_s + takeErrorText());
}

void Sealing::finish(QByteArray &out)
{
    if (isFailed())
        return;
    if (m_given != m_expected)
        return fail(u"Less content than was announced"_s);
    const qsizetype begin = out.size();
    out.resizeForOverwrite(begin + EVP_MAX_BLOCK_LENGTH);
    const qsizetype written = m_encryption->finish(octets(out) + begin);
    out.truncate(begin + qMax<qsizetype>(written, 0));
    m_facts.authenticationTag = m_encryption->tag();
    if (written < 0 || m_facts.authenticationTag.size() != m_cipher.tagOctets)
        return fail(u"Encrypting: "_s + takeErrorText());
    if (m_cipher.isAuthenticated())
        out += derOctets(m_facts.authenticationTag);
}

} // namespace provider::cms
