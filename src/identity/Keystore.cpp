// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/Keystore.h"

#include "base/FileAccess.h"
#include "base/Mailbox.h"
#include "identity/CertificateFile.h"
#include "identity/FileLock.h"
#include "identity/KeystoreContents.h"
#include "provider/CertificateFacts.h"
#include "provider/KeyGeneration.h"
#include "provider/PrivateKeyFile.h"
#include "provider/SecretBox.h"

#include <QFileInfo>
#include <algorithm>

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Secret;
using provider::KdfCost;

namespace identity {

namespace {

/// The master secret has 256 random bits: no guessing to be slowed down, and a keystore with forty keys opens at once.
constexpr KdfCost kMasterCost = KdfCost::Quick;

/// The passphrase under which everything else lies: the text of a random key, so that a keystore can be opened
/// with nothing but the openssl command if Waxwing should be gone one day.
Secret masterSecretOf(const QCA::PrivateKey &masterKey)
{
    const Secret der = provider::toPkcs8(masterKey);
    return Secret::takenFrom(QByteArray::fromRawData(der.view().data(), der.view().size()).toBase64());
}

base::Result<Secret> openMaster(const QByteArray &encryptedMaster, const Secret &passphrase)
{
    if (passphrase.isEmpty())
        return ErrorCode::PassphraseMissing;
    const base::Result<QCA::PrivateKey> key = provider::fromEncryptedPkcs8(encryptedMaster, passphrase);
    if (!key)
        return key.error();
    return masterSecretOf(*key);
}

struct NewMaster {
    Secret master;
    QByteArray encrypted;
};

base::Result<NewMaster> makeMaster(const Secret &passphrase)
{
    const base::Result<QCA::PrivateKey> key = provider::generateKey(provider::KeyType::X25519);
    if (!key)
        return key.error();
    base::Result<QByteArray> encrypted = provider::toEncryptedPkcs8(*key, passphrase, costOf(passphrase));
    if (!encrypted)
        return encrypted.error();
    return NewMaster{masterSecretOf(*key), std::move(encrypted).value()};
}

/// Of two KeyMaterial or KeyEntry; what waits for its certificate is the oldest.
template <typename Key>
bool isNewer(const Key &a, const Key &b)
{
    return a.notBefore.isValid() && (!b.notBefore.isValid() || a.notBefore > b.notBefore);
}

bool isUsable(const KeyMaterial &key, const QDateTime &at)
{
    return !key.certificate.isEmpty() && key.isForOwner && key.notBefore <= at && at <= key.notAfter;
}

/// Puts a certificate in front; the one before stays, since old mail names it by issuer and serial number.
void takeCertificate(KeyEntry &entry, const QByteArray &certificate, const QList<QByteArray> &chain,
                     const provider::CertificateFacts &facts)
{
    if (!entry.certificate.isEmpty() && entry.certificate != certificate)
        entry.earlierCertificates.prepend(entry.certificate);
    entry.earlierCertificates.removeAll(certificate);
    entry.certificate = certificate;
    if (!chain.isEmpty())
        entry.chain = chain;
    entry.notBefore = facts.notBefore;
    entry.notAfter = facts.notAfter;
}

} // namespace

const KeyMaterial *KeySet::signingKey(const QDateTime &at) const
{
    const auto fits = [&at](const KeyMaterial &key) { return key.use != KeyUse::Encryption && isUsable(key, at); };
    const auto found = std::ranges::find_if(keys, fits);
    return found == keys.end() ? nullptr : &*found;
}

const KeyMaterial *KeySet::encryptionKey(const QDateTime &at) const
{
    const auto fits = [&at](const KeyMaterial &key) { return key.use != KeyUse::Signing && isUsable(key, at); };
    const auto found = std::ranges::find_if(keys, fits);
    return found == keys.end() ? nullptr : &*found;
}

QList<const KeyMaterial *> KeySet::decryptionKeys() const
{
    QList<const KeyMaterial *> found;
    for (const KeyMaterial &key : keys)
        if (key.use != KeyUse::Signing)
            found.append(&key);
    return found;
}

Secret wellKnownPassphrase()
{
    return Secret{"demonstration"};
}

KdfCost costOf(const Secret &passphrase)
{
    return passphrase == wellKnownPassphrase() ? KdfCost::Quick : KdfCost::Full;
}

base::Status checkNewPassphrase(const Secret &passphrase)
{
    if (passphrase.isEmpty())
        return ErrorCode::PassphraseMissing;
    if (QString::fromUtf8(passphrase.view()).size() < kShortestPassphrase)
        return {ErrorCode::PassphraseTooShort, u"at least %1 characters"_s.arg(kShortestPassphrase)};
    return base::Done{};
}

/// A change of the file: holds the lock, starts from what is on the disk now, and shows the result only once it is written.
class Keystore::Change
{
public:
    explicit Change(Keystore &store) : m_store(store), m_lock(store.file()) {}

    [[nodiscard]] base::Status begin()
    {
        if (const base::Status taken = m_lock.take(); !taken)
            return taken;
        base::Result<Contents> present = m_store.read();
        if (!present)
            return present.error();
        contents = std::move(present).value();
        // Another program changed the passphrase meanwhile: the master secret at hand is no longer the file's.
        if (m_store.isUnlocked() && contents.encryptedMaster != m_store.m_contents->encryptedMaster) {
            m_store.lock();
            m_store.m_contents = std::make_shared<const Contents>(contents);
            return {ErrorCode::KeystoreLocked, u"its passphrase was changed by another program"_s};
        }
        return base::Done{};
    }

    [[nodiscard]] base::Status commit(const Secret &master)
    {
        if (const base::Status written = base::writePrivateFile(m_store.file(), serialise(contents)); !written)
            return written;
        return m_store.show(std::make_shared<const Contents>(std::move(contents)), master);
    }

    Contents contents;

private:
    Keystore &m_store;
    FileLock m_lock;
};

QString Keystore::file() const
{
    return m_folder + "/keystore.json"_L1;
}

base::Result<Keystore::Contents> Keystore::read() const
{
    const base::Result<QByteArray> bytes = base::readFile(file(), base::kLargestPrivateFile);
    if (!bytes)
        return bytes.error();
    return parse(*bytes);
}

const QString &Keystore::address() const
{
    return m_contents->address;
}

bool Keystore::existsIn(const QString &folder)
{
    return QFileInfo::exists(folder + "/keystore.json"_L1);
}

base::Result<Keystore> Keystore::create(const QString &folder, const QString &address, const Secret &passphrase, const base::Clock &clock)
{
    if (existsIn(folder))
        return {ErrorCode::ProfileExists, folder};
    if (const base::Status fit = checkNewPassphrase(passphrase); !fit)
        return fit.error();
    if (const base::Status made = base::makePrivateFolder(folder); !made)
        return made.error();
    const base::Result<NewMaster> master = makeMaster(passphrase);
    if (!master)
        return master.error();
    Keystore store;
    store.m_folder = folder;
    store.m_clock = &clock;
    FileLock lock{store.file()};
    if (const base::Status taken = lock.take(); !taken)
        return taken.error();
    if (existsIn(folder)) // Another program was quicker.
        return {ErrorCode::ProfileExists, folder};
    Contents contents{address, master->encrypted, {}, {}};
    if (const base::Status written = base::writePrivateFile(store.file(), serialise(contents)); !written)
        return written.error();
    if (const base::Status shown = store.show(std::make_shared<const Contents>(std::move(contents)), master->master); !shown)
        return shown.error();
    return store;
}

base::Result<Keystore> Keystore::open(const QString &folder, const base::Clock &clock)
{
    Keystore store;
    store.m_folder = folder;
    store.m_clock = &clock;
    base::Result<Contents> contents = store.read();
    if (!contents)
        return contents.error();
    store.m_contents = std::make_shared<const Contents>(std::move(contents).value());
    return store;
}

QList<KeyEntry> Keystore::entries() const
{
    QList<KeyEntry> list;
    for (const Item &item : m_contents->items)
        list.append(item.entry);
    std::ranges::stable_sort(list, isNewer<KeyEntry>);
    return list;
}

base::Status Keystore::unlock(const Secret &passphrase)
{
    // What another program added since open() is to be there, too.
    base::Result<Contents> contents = read();
    if (!contents)
        return contents.error();
    const base::Result<Secret> master = openMaster(contents->encryptedMaster, passphrase);
    if (!master)
        return master.error();
    return show(std::make_shared<const Contents>(std::move(contents).value()), *master);
}

void Keystore::lock()
{
    m_master = {};
    m_keys.reset();
    m_secrets.clear();
}

base::Result<bool> Keystore::refresh()
{
    base::Result<Contents> contents = read();
    if (!contents)
        return contents.error();
    if (contents->encryptedMaster != m_contents->encryptedMaster || serialise(*contents) == serialise(*m_contents))
        return false;
    if (const base::Status shown = show(std::make_shared<const Contents>(std::move(contents).value()), m_master); !shown)
        return shown.error();
    return true;
}

base::Result<SharedKeySet> Keystore::decryptKeys(const Contents &contents, const Secret &master)
{
    auto set = std::make_shared<KeySet>();
    set->address = contents.address;
    for (const Item &item : contents.items) {
        const KeyEntry &entry = item.entry;
        const base::Result<QCA::PrivateKey> key = provider::fromEncryptedPkcs8(item.encryptedKey, master);
        if (!key || provider::publicKeyDer(*key) != entry.publicKey)
            return {ErrorCode::KeystoreDamaged, u"the key %1 does not open under the keystore's master secret"_s.arg(entry.id)};
        const Secret pkcs8 = provider::toPkcs8(*key);
        const base::Result<provider::CertificateFacts> current = provider::readCertificateFacts(entry.certificate);
        set->keys.append({entry.id, entry.use, entry.certificate, entry.chain, pkcs8, entry.notBefore, entry.notAfter, current && base::namesMailbox(current->addresses, set->address)});
        for (const QByteArray &earlier : entry.earlierCertificates)
            if (const base::Result<provider::CertificateFacts> facts = provider::readCertificateFacts(earlier))
                set->keys.append({entry.id, entry.use, earlier, entry.chain, pkcs8, facts->notBefore, facts->notAfter, base::namesMailbox(facts->addresses, set->address)});
    }
    std::ranges::stable_sort(set->keys, isNewer<KeyMaterial>);
    return SharedKeySet{std::move(set)};
}

base::Result<QMap<QString, Secret>> Keystore::decryptSecrets(const Contents &contents, const Secret &master)
{
    QMap<QString, Secret> secrets;
    for (const auto &[name, sealedSecret] : contents.secrets.asKeyValueRange()) {
        const base::Result<Secret> secret = provider::openSecret(sealedSecret, master, name.toUtf8());
        if (!secret)
            return {ErrorCode::KeystoreDamaged, u"the stored secret \"%1\" does not open"_s.arg(name)};
        secrets.insert(name, *secret);
    }
    return secrets;
}

/// Takes over what lies on the disk; with an empty master secret the keystore stays locked.
base::Status Keystore::show(const std::shared_ptr<const Contents> &contents, const Secret &master)
{
    if (master.isEmpty()) {
        m_contents = contents;
        return base::Done{};
    }
    const base::Result<SharedKeySet> keys = decryptKeys(*contents, master);
    if (!keys)
        return keys.error();
    const base::Result<QMap<QString, Secret>> secrets = decryptSecrets(*contents, master);
    if (!secrets)
        return secrets.error();
    m_contents = contents;
    m_master = master;
    m_keys = *keys;
    m_secrets = *secrets;
    return base::Done{};
}

base::Result<QString> Keystore::addKey(const NewKey &key)
{
    if (!isUnlocked())
        return ErrorCode::KeystoreLocked;
    const base::Result<QCA::PrivateKey> privateKey = provider::fromPkcs8(key.pkcs8.view());
    if (!privateKey)
        return privateKey.error();
    KeyEntry entry;
    entry.use = key.use;
    entry.publicKey = provider::publicKeyDer(*privateKey);
    entry.request = key.request;
    entry.addedAt = m_clock->now();
    entry.id = QString::fromLatin1(fingerprintOf(entry.publicKey).first(16));
    provider::CertificateFacts facts;
    if (!key.certificate.isEmpty()) {
        const base::Result<provider::CertificateFacts> read = provider::readCertificateFacts(key.certificate);
        if (!read)
            return read.error();
        if (read->publicKeyDer != entry.publicKey)
            return {ErrorCode::CertificateKeyMismatch, read->subject};
        facts = *read;
    }
    Change change{*this};
    if (const base::Status begun = change.begin(); !begun)
        return begun.error();
    QList<Item> &items = change.contents.items;
    auto present = std::ranges::find_if(items, [&](const Item &item) { return item.entry.publicKey == entry.publicKey; });
    if (present == items.end()) {
        base::Result<QByteArray> encrypted = provider::toEncryptedPkcs8(*privateKey, m_master, kMasterCost);
        if (!encrypted)
            return encrypted.error();
        items.append({entry, std::move(encrypted).value()});
        present = items.end() - 1;
    }
    if (!key.certificate.isEmpty())
        takeCertificate(present->entry, key.certificate, key.chain, facts);
    if (const base::Status written = change.commit(m_master); !written)
        return written.error();
    return entry.id;
}

base::Result<QString> Keystore::setCertificate(const QByteArray &certificate, const QList<QByteArray> &chain)
{
    const base::Result<provider::CertificateFacts> facts = provider::readCertificateFacts(certificate);
    if (!facts)
        return facts.error();
    Change change{*this};
    if (const base::Status begun = change.begin(); !begun)
        return begun.error();
    QList<Item> &items = change.contents.items;
    const auto present = std::ranges::find_if(items, [&](const Item &item) { return item.entry.publicKey == facts->publicKeyDer; });
    if (present == items.end())
        return {ErrorCode::KeyNotFound, facts->subject};
    takeCertificate(present->entry, certificate, chain, *facts);
    const QString id = present->entry.id;
    if (const base::Status written = change.commit(m_master); !written)
        return written.error();
    return id;
}

base::Status Keystore::changePassphrase(const Secret &oldPassphrase, const Secret &newPassphrase)
{
    if (const base::Status fit = checkNewPassphrase(newPassphrase); !fit)
        return fit;
    const bool wasUnlocked = isUnlocked();
    Change change{*this};
    if (const base::Status begun = change.begin(); !begun)
        return begun;
    const base::Result<Secret> oldMaster = openMaster(change.contents.encryptedMaster, oldPassphrase);
    if (!oldMaster)
        return oldMaster.error();
    // A new master secret: whoever has an old copy of the file and the old passphrase learns nothing about the new one.
    const base::Result<NewMaster> fresh = makeMaster(newPassphrase);
    if (!fresh)
        return fresh.error();
    for (Item &item : change.contents.items) {
        const base::Result<QCA::PrivateKey> key = provider::fromEncryptedPkcs8(item.encryptedKey, *oldMaster);
        if (!key)
            return {ErrorCode::KeystoreDamaged, item.entry.id};
        base::Result<QByteArray> encrypted = provider::toEncryptedPkcs8(*key, fresh->master, kMasterCost);
        if (!encrypted)
            return encrypted.error();
        item.encryptedKey = std::move(encrypted).value();
    }
    for (auto &&[name, sealedSecret] : change.contents.secrets.asKeyValueRange()) {
        const base::Result<Secret> secret = provider::openSecret(sealedSecret, *oldMaster, name.toUtf8());
        if (!secret)
            return {ErrorCode::KeystoreDamaged, u"a stored secret does not open"_s};
        base::Result<QByteArray> again = provider::sealSecret(*secret, fresh->master, name.toUtf8());
        if (!again)
            return again.error();
        sealedSecret = std::move(again).value();
    }
    change.contents.encryptedMaster = fresh->encrypted;
    return change.commit(wasUnlocked ? fresh->master : Secret{});
}

base::Status Keystore::storeSecret(const QString &name, const Secret &secret)
{
    if (!isUnlocked())
        return ErrorCode::KeystoreLocked;
    Change change{*this};
    if (const base::Status begun = change.begin(); !begun)
        return begun;
    change.contents.secrets.remove(name);
    if (!secret.isEmpty()) {
        base::Result<QByteArray> sealedSecret = provider::sealSecret(secret, m_master, name.toUtf8());
        if (!sealedSecret)
            return sealedSecret.error();
        change.contents.secrets.insert(name, std::move(sealedSecret).value());
    }
    return change.commit(m_master);
}

base::Result<Secret> Keystore::secret(const QString &name) const
{
    if (!isUnlocked())
        return ErrorCode::KeystoreLocked;
    const auto found = m_secrets.constFind(name);
    if (found == m_secrets.constEnd())
        return {ErrorCode::KeyNotFound, name};
    return *found;
}

} // namespace identity
