// SPDX-License-Identifier: GPL-3.0-or-later
#include "smime/MaterialFiles.h"

#include "identity/CertificateChain.h"
#include "provider/CertificateFacts.h"
#include "provider/KeyMaterial.h"
#include "provider/PrivateKeyFile.h"

#include <optional>

using base::ErrorCode;

namespace smime {

namespace {

class MaterialReader
{
public:
    explicit MaterialReader(const AskPassphrase &ask) : m_ask(ask) {}

    /// Reads one file, asking for the passphrase the first time that one is needed.
    base::Result<provider::KeyMaterial> read(const QByteArray &file)
    {
        base::Result<provider::KeyMaterial> found = provider::readKeyMaterial(file, m_passphrase.value_or(base::Secret()));
        if (found || found.error().code != ErrorCode::PassphraseMissing || m_passphrase)
            return found;
        base::Result<base::Secret> passphrase = m_ask();
        if (!passphrase)
            return passphrase.error();
        m_passphrase = *passphrase;
        return provider::readKeyMaterial(file, *passphrase);
    }

private:
    const AskPassphrase &m_ask;
    std::optional<base::Secret> m_passphrase;
};

// A file may hold the key, another one its certificate; the public half tells who belongs to whom.
void pairKeys(const QList<QCA::PrivateKey> &keys, const QList<QByteArray> &certificates, OpeningMaterial &material)
{
    auto set = std::make_shared<identity::KeySet>();
    for (const QCA::PrivateKey &key : keys) {
        const qsizetype before = set->keys.size();
        for (const QByteArray &der : certificates) {
            if (!provider::isPair(key, der))
                continue;
            const base::Result<provider::CertificateFacts> facts = provider::readCertificateFacts(der);
            if (!facts)
                continue;
            identity::KeyMaterial own;
            own.use = identity::keyUseOf(*facts).value_or(identity::KeyUse::Encryption);
            own.certificate = der;
            own.chain = identity::chainOf(der, certificates);
            own.pkcs8 = provider::toPkcs8(key);
            own.notBefore = facts->notBefore;
            own.notAfter = facts->notAfter;
            set->keys.append(own);
        }
        material.loneKeys += set->keys.size() == before ? 1 : 0;
    }
    material.keys = std::move(set);
}

} // namespace

base::Result<OpeningMaterial> readMaterial(const MaterialFiles &files, const AskPassphrase &ask)
{
    OpeningMaterial material;
    MaterialReader reader{ask};
    for (const QByteArray &file : files.trust) {
        const base::Result<QList<QByteArray>> anchors = provider::readMailAnchors(file);
        if (!anchors)
            return anchors.error();
        material.anchors += *anchors;
    }
    for (const QByteArray &file : files.crls) {
        const base::Result<provider::KeyMaterial> found = reader.read(file);
        if (!found)
            return found.error().code == ErrorCode::NotACertificate ? base::Error{ErrorCode::NotACrl, found.error().detail, {}, {}} : found.error();
        if (found->crls.isEmpty())
            return {ErrorCode::NotACrl};
        material.crls += found->crls;
    }
    QList<QCA::PrivateKey> keys;
    for (const QByteArray &file : files.keys) {
        const base::Result<provider::KeyMaterial> found = reader.read(file);
        if (!found)
            return found.error();
        keys += found->privateKeys;
        material.certificates += found->certificates;
        material.crls += found->crls;
    }
    for (const QByteArray &file : files.certificates) {
        const base::Result<QList<QByteArray>> certificates = provider::readCertificates(file);
        if (!certificates)
            return certificates.error();
        material.certificates += *certificates;
    }
    pairKeys(keys, material.certificates + material.anchors, material);
    return material;
}

} // namespace smime
