// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/Reader.h"
#include "provider/CmsFacts.h"
#include "provider/CmsOptions.h"

namespace {

void requireSoundStructure(const provider::CmsStructure &cms, qsizetype size)
{
    qsizetype total = 0;
    qsizetype at = 0;
    for (const provider::CmsRange &range : cms.content) {
        fuzz::require(range.offset >= at && range.length >= 0 && range.offset + range.length <= size, "ranges lie in order inside the input");
        at = range.offset + range.length;
        total += range.length;
    }
    fuzz::require(total == cms.contentOctets, "content octets are those of the ranges");
    fuzz::require(cms.trailingOctets >= 0 && cms.trailingOctets <= size, "trailing octets lie inside the input");
}

QCA::SecureMessageKeyList keys()
{
    const provider::KeyMaterial &material = fuzz::readerKeys();
    QCA::SecureMessageKeyList all;
    for (qsizetype i = 0; i < material.privateKeys.size(); ++i) {
        QCA::SecureMessageKey key;
        key.setX509CertificateChain(QCA::CertificateChain(QCA::Certificate::fromDER(material.certificates.value(i))));
        key.setX509PrivateKey(material.privateKeys[i]);
        all.append(key);
    }
    return all;
}

void verify(const QByteArray &cms, const QByteArray &detachedContent)
{
    QCA::CMS system;
    QCA::SecureMessage message(&system);
    message.startVerify(detachedContent.isNull() ? QByteArray() : cms);
    message.update(detachedContent.isNull() ? cms : detachedContent);
    message.end();
    message.waitForFinished(-1);
    const provider::CmsFacts *facts = provider::factsOf(message);
    fuzz::require(facts != nullptr, "there are facts");
    for (const provider::CmsSignerFacts &signer : facts->signers)
        fuzz::require(signer.integrity != provider::CmsIntegrity::Valid || !signer.certificateDer.isEmpty(), "nobody is valid without a certificate");
}

void decrypt(const QByteArray &cms)
{
    static const QCA::SecureMessageKeyList &all = *new QCA::SecureMessageKeyList(keys());
    QCA::CMS system;
    system.setPrivateKeys(all);
    QCA::SecureMessage message(&system);
    provider::CmsOptions options;
    options.password = base::Secret("fuzz");
    options.sharedKeys = {{"team", base::Secret(QByteArray(32, '\x11'))}};
    options.decompressedLimit = 1 << 20;
    provider::setOptions(message, options);
    message.startDecrypt();
    message.update(cms);
    message.end();
    message.waitForFinished(-1);
    const provider::CmsFacts *facts = provider::factsOf(message);
    fuzz::require(facts != nullptr, "there are facts");
    fuzz::require(facts->fault == provider::CmsFault::None || message.read().isEmpty(), "nothing comes out of a failure");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    fuzz::startProvider();
    const QByteArray cms = fuzz::octets(data, size);
    if (const auto structure = provider::readCmsStructure(cms))
        requireSoundStructure(*structure, cms.size());
    verify(cms, {});
    verify(cms, "Content-Type: text/plain\r\n\r\nHello\r\n");
    decrypt(cms);
    return 0;
}
