// SPDX-License-Identifier: GPL-3.0-or-later
// Whole mails through smime::open, with keys and anchors, and through the inspector without.
#include "fuzz/Reader.h"
#include "provider/PrivateKeyFile.h"
#include "smime/Inspect.h"
#include "smime/Open.h"

namespace {

identity::SharedKeySet keys()
{
    const provider::KeyMaterial &read = fuzz::readerKeys();
    auto set = std::make_shared<identity::KeySet>();
    for (qsizetype i = 0; i < read.privateKeys.size(); ++i) {
        identity::KeyMaterial material;
        material.certificate = read.certificates.value(i);
        material.pkcs8 = provider::toPkcs8(read.privateKeys[i]);
        material.use = identity::KeyUse::Encryption;
        set->keys.append(material);
    }
    return set;
}

smime::OpeningMaterial material()
{
    smime::OpeningMaterial all;
    all.keys = keys();
    all.anchors = fuzz::anchors();
    return all;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    fuzz::startProvider();
    static const smime::OpeningMaterial &reader = *new smime::OpeningMaterial(material());
    const QByteArray mail = fuzz::octets(data, size);
    const smime::OpenedMessage opened = smime::open({mail, reader, fuzz::moment(), {}});
    const smime::Verdict &verdict = opened.verdict;
    const bool isVerified = verdict.summary == smime::Summary::Verified;
    fuzz::require(!isVerified || (verdict.signature.axes.integrity == smime::Integrity::Valid && verdict.signature.axes.chain == smime::Chain::Trusted
                                  && verdict.signature.axes.identity == smime::Identity::Match && !verdict.signature.signers.isEmpty()),
                  "nothing is verified without a signer who is");
    const bool isOpen = verdict.encryption.state == smime::EncryptionState::None || verdict.encryption.state == smime::EncryptionState::Decrypted;
    fuzz::require(isOpen || verdict.summary == smime::Summary::CannotDecrypt || verdict.summary == smime::Summary::Malformed,
                  "what cannot be decrypted is called so");
    for (const smime::Attachment &attachment : opened.attachments)
        fuzz::require(attachment.begin >= 0 && attachment.begin + attachment.length <= attachment.source.size(), "attachments lie inside their layer");
    (void)smime::inspect(mail);
    return 0;
}
