// SPDX-License-Identifier: GPL-3.0-or-later
// Key files: PKCS#12, PKCS#8, and whatever else a person may point at.
#include "fuzz/Reader.h"
#include "provider/Pkcs12.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    fuzz::startProvider();
    const QByteArray file = fuzz::octets(data, size);
    const base::Secret passphrase("fuzz");
    if (const auto content = provider::readPkcs12(file, passphrase))
        for (const provider::Pkcs12Identity &identity : content->identities)
            fuzz::require(!identity.key.isNull(), "an identity has a key");
    (void)provider::readPkcs12(file, {});
    if (const auto material = provider::readKeyMaterial(file, passphrase))
        for (const QCA::PrivateKey &key : material->privateKeys)
            fuzz::require(!key.isNull(), "a key that was read is one");
    if (const auto key = provider::fromEncryptedPkcs8(file, passphrase))
        fuzz::require(!key->isNull(), "a key that was read is one");
    (void)provider::fromPkcs8(file);
    return 0;
}
