// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/IdentityService.h"

#include "app/CertificateFiles.h"
#include "app/Correspondents.h"
#include "app/RelayCertificate.h"
#include "identity/CertificateFile.h"
#include "identity/Directory.h"
#include "identity/Enrolment.h"
#include "mime/Address.h"

#include <QHash>
#include <QMutex>
#include <QMutexLocker>
#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;
using base::Cancellation;
using base::Done;
using base::ErrorCode;
using base::Operation;
using identity::Keystore;

namespace app {

/// One profile's keystore. `work` is held by the job that uses it, for as long as a KDF runs.
struct IdentityService::Slot {
    QMutex work;
    std::optional<Keystore> store;
    int lockCount = 0; ///< As it was when the keystore was opened: what was unlocked before a later lock() no longer counts.
};

/// What GUI thread and jobs share. `mutex` is only ever held for a moment.
struct IdentityService::Shared {
    struct Open {
        identity::SharedKeySet keys;
        QMap<QString, base::Secret> secrets;
    };

    QMutex mutex;
    QHash<QString, std::shared_ptr<Slot>> slots;
    QHash<QString, Open> open;     ///< Of the unlocked profiles.
    QHash<QString, int> lockCount; ///< How often each was locked: an unlock that was overtaken by a lock does not count.

    std::shared_ptr<Slot> slotOf(const QString &key)
    {
        const QMutexLocker locker{&mutex};
        std::shared_ptr<Slot> &slot = slots[key];
        if (!slot)
            slot = std::make_shared<Slot>();
        return slot;
    }

    int lockCountOf(const QString &key)
    {
        const QMutexLocker locker{&mutex};
        return lockCount.value(key);
    }

    /// Lets the GUI thread see what the keystore holds now.
    void show(const QString &key, Keystore &store, int lockCountBefore)
    {
        const QMutexLocker locker{&mutex};
        if (lockCount.value(key) != lockCountBefore)
            store.lock();
        if (store.isUnlocked())
            open.insert(key, {store.keys(), store.secrets()});
        else
            open.remove(key);
    }
};

namespace {

/// Addresses that differ only in case are one profile, hence one keystore.
QString keyOf(const QString &address)
{
    return identity::DataDirectory::folderNameOf(address);
}

IdentityInfo identityInfo(const identity::KeyEntry &entry, const identity::TrustMaterial &trust, const QDateTime &now)
{
    IdentityInfo info;
    info.keyId = entry.id;
    info.use = entry.use;
    info.state = keyState(entry, trust, now);
    if (base::Result<CertificateInfo> certificate = certificateInfo(entry.certificate))
        info.certificate = std::move(certificate).value();
    return info;
}

/// The entries are in order of age, newest first: the owner's first valid one of each use is the one in use.
void markCurrent(QList<IdentityInfo> &infos, const QString &owner, const QDateTime &now)
{
    const auto isOwner = [&owner](const QString &address) { return mime::isSameMailbox(address, owner); };
    bool hasSigner = false;
    bool hasReceiver = false;
    for (IdentityInfo &info : infos) {
        if (info.state == CertificateState::WaitingForCertificate || now < info.certificate.notBefore || now > info.certificate.notAfter)
            continue;
        if (std::ranges::none_of(info.certificate.addresses, isOwner))
            continue;
        const bool signs = info.use != identity::KeyUse::Encryption && !hasSigner;
        const bool receives = info.use != identity::KeyUse::Signing && !hasReceiver;
        info.isCurrent = signs || receives;
        hasSigner = hasSigner || signs;
        hasReceiver = hasReceiver || receives;
    }
}

QString addressOf(const CreatedIdentity &created)
{
    return created.profile.address;
}

QString addressOf(const ImportedFile &imported)
{
    return imported.address;
}

/// What a profile trusts; without one, what all do.
identity::TrustStore trustStoreOf(const identity::DataDirectory &data, const QString &address)
{
    const base::Result<identity::Profile> owner = data.profile(address);
    return identity::TrustStore{data, owner ? std::optional{*owner} : std::nullopt};
}

/// The addresses of a person's certificate if one of them, or the name, begins with the text.
QStringList matchesIn(const QByteArray &certificate, const QString &text)
{
    QStringList matches;
    const base::Result<CertificateInfo> info = certificateInfo(certificate);
    if (!info || info->isAuthority)
        return matches;
    for (const QString &address : info->addresses)
        if (isMeantBy(text, {info->name, address}))
            matches.append(address);
    return matches;
}

} // namespace

QString forgottenPassphraseText()
{
    return IdentityService::tr("A forgotten passphrase cannot be recovered by anybody. Without it your keys stay locked, and mail that "
                               "was encrypted to you can never be opened again. Keep a copy of it in a safe place.");
}

IdentityService::IdentityService(const QString &dataDirectory, QThreadPool *pool, const base::Clock &clock, QObject *parent)
    : QObject(parent), m_data(dataDirectory), m_pool(pool), m_clock(&clock), m_shared(std::make_shared<Shared>())
{
}

IdentityService::~IdentityService() = default;

/// Runs `work(keystore)` in a job that has the profile's keystore for itself, and shows the result afterwards.
template <typename Work>
auto IdentityService::onKeystore(const QString &address, Work work) const
{
    using R = std::invoke_result_t<Work, Keystore &>;
    const QString key = keyOf(address);
    // As it is now: a lock() that comes before the job runs, or while it runs, wins.
    const int lockCount = m_shared->lockCountOf(key);
    return base::runOn(m_pool, [=, shared = m_shared, data = m_data, clock = m_clock](const Cancellation &) mutable -> R {
        const base::Result<identity::Profile> profile = data.profile(address);
        if (!profile)
            return profile.error();
        const std::shared_ptr<Slot> slot = shared->slotOf(key);
        const QMutexLocker locker{&slot->work};
        const int lockCountNow = shared->lockCountOf(key);
        if (!slot->store || !slot->store->isUnlocked() || slot->lockCount != lockCountNow) {
            base::Result<Keystore> opened = Keystore::open(profile->folder, *clock);
            if (!opened)
                return opened.error();
            slot->store.emplace(std::move(opened).value());
            slot->lockCount = lockCountNow;
        }
        // What a job from before a lock() unlocks does not count; what an unlock() after it has opened meanwhile stays open.
        const bool isOvertaken = lockCountNow != lockCount && !slot->store->isUnlocked();
        R result = work(*slot->store);
        shared->show(key, *slot->store, isOvertaken ? lockCount : lockCountNow);
        return result;
    });
}

/// Runs `work(owner, book)` in a job, with the profile and its book of other people's certificates.
template <typename Work>
auto IdentityService::onBook(const QString &address, Work work) const
{
    using R = std::invoke_result_t<Work, const identity::Profile &, identity::CertificateBook &>;
    return base::runOn(m_pool, [=, data = m_data, clock = m_clock](const Cancellation &) -> R {
        const base::Result<identity::Profile> owner = data.profile(address);
        if (!owner)
            return owner.error();
        base::Result<identity::CertificateBook> book = identity::CertificateBook::open(owner->folder, *clock);
        if (!book)
            return book.error();
        return work(*owner, *book);
    });
}

/// Runs `work(authority)` in a job, with the authority unlocked.
template <typename Work>
auto IdentityService::onAuthority(const base::Secret &passphrase, Work work) const
{
    using R = std::invoke_result_t<Work, identity::Authority &>;
    return base::runOn(m_pool, [=, data = m_data, clock = m_clock](const Cancellation &) -> R {
        base::Result<identity::Authority> authority = identity::Authority::open(data.authorityFolder(), *clock);
        if (!authority)
            return authority.error();
        if (const base::Status opened = authority->unlock(passphrase); !opened)
            return opened.error();
        return work(*authority);
    });
}

template <typename T>
void IdentityService::announce(const Operation<T> &operation, const QString &address)
{
    base::whenReady(this, operation, [this, address](const base::Result<T> &result) {
        if (result)
            Q_EMIT certificatesChanged(address);
    });
}

QList<identity::Profile> IdentityService::profiles() const
{
    return m_data.profiles();
}

base::Result<identity::Profile> IdentityService::profile(const QString &address) const
{
    return m_data.profile(address);
}

/// Runs `make(data, clock)`, which makes a profile, in a job, and leaves that profile unlocked.
template <typename Make>
auto IdentityService::makeProfile(const base::Secret &passphrase, Make make)
{
    using R = std::invoke_result_t<Make, const identity::DataDirectory &, const base::Clock &>;
    const auto operation = base::runOn(m_pool, [=, shared = m_shared, data = m_data, clock = m_clock](const Cancellation &) -> R {
        R made = make(data, *clock);
        if (!made)
            return made;
        const base::Result<identity::Profile> profile = data.profile(addressOf(*made));
        if (!profile)
            return profile.error();
        const QString key = keyOf(profile->address);
        const int lockCount = shared->lockCountOf(key);
        const std::shared_ptr<Slot> slot = shared->slotOf(key);
        const QMutexLocker locker{&slot->work};
        base::Result<Keystore> store = Keystore::open(profile->folder, *clock);
        if (!store)
            return store.error();
        slot->store.emplace(std::move(store).value());
        slot->lockCount = lockCount;
        if (const base::Status opened = slot->store->unlock(passphrase); !opened)
            return opened.error();
        shared->show(key, *slot->store, lockCount);
        return made;
    });
    base::whenReady(this, operation, [this](const R &made) {
        if (!made)
            return;
        Q_EMIT profilesChanged();
        Q_EMIT unlocked(addressOf(*made));
        Q_EMIT certificatesChanged({});
    });
    return operation;
}

Operation<CreatedIdentity> IdentityService::createIdentity(const NewIdentity &wanted)
{
    return makeProfile(wanted.passphrase, [wanted](const identity::DataDirectory &data, const base::Clock &clock) { return makeIdentity(data, wanted, clock); });
}

Operation<ImportedFile> IdentityService::createIdentityFrom(const QByteArray &file, const base::Secret &filePassphrase, const NewIdentity &wanted)
{
    return makeProfile(wanted.passphrase, [=](const identity::DataDirectory &data, const base::Clock &clock) {
        return makeIdentityFrom(data, wanted, file, filePassphrase, clock);
    });
}

bool IdentityService::isUnlocked(const QString &address) const
{
    return keys(address) != nullptr;
}

Operation<Done> IdentityService::unlock(const QString &address, const base::Secret &passphrase)
{
    const Operation<Done> operation = onKeystore(address, [passphrase](Keystore &store) { return store.unlock(passphrase); });
    base::whenReady(this, operation, [this, address](const base::Status &opened) {
        if (opened && isUnlocked(address))
            Q_EMIT unlocked(address);
    });
    return operation;
}

void IdentityService::lock(const QString &address)
{
    const QString key = keyOf(address);
    {
        const QMutexLocker locker{&m_shared->mutex};
        m_shared->open.remove(key);
        ++m_shared->lockCount[key];
    }
    // A job that finds the keystore as it was before this lock() opens it anew, which wipes it; this one does nothing else. It must not lock: an
    // unlock() that came after may have been quicker.
    (void)onKeystore(address, [](Keystore &) -> base::Status { return Done{}; });
    Q_EMIT locked(address);
}

void IdentityService::lookAgain(const QString &address)
{
    if (!isUnlocked(address))
        return; // Each look at a locked one reads the file anyway.
    base::whenReady(this, onKeystore(address, [](Keystore &store) { return store.refresh(); }), [this, address](const base::Result<bool> &isNews) {
        if (isNews && *isNews)
            Q_EMIT certificatesChanged(address);
    });
}

Operation<Done> IdentityService::changePassphrase(const QString &address, const base::Secret &oldPassphrase,
                                                  const base::Secret &newPassphrase)
{
    return onKeystore(address, [=](Keystore &store) { return store.changePassphrase(oldPassphrase, newPassphrase); });
}

identity::SharedKeySet IdentityService::keys(const QString &address) const
{
    const QMutexLocker locker{&m_shared->mutex};
    return m_shared->open.value(keyOf(address)).keys;
}

OpeningMaterial IdentityService::openingMaterial(const QString &address) const
{
    return {keys(address), trustStoreOf(m_data, address).material()};
}

base::Result<base::Secret> IdentityService::secret(const QString &address, const QString &name) const
{
    const QMutexLocker locker{&m_shared->mutex};
    const auto open = m_shared->open.constFind(keyOf(address));
    if (open == m_shared->open.constEnd())
        return ErrorCode::KeystoreLocked;
    const auto found = open->secrets.constFind(name);
    if (found == open->secrets.constEnd())
        return {ErrorCode::KeyNotFound, name};
    return *found;
}

Operation<Done> IdentityService::storeSecret(const QString &address, const QString &name, const base::Secret &secret)
{
    return withKeystore(address, [=](Keystore &store) { return store.storeSecret(name, secret); });
}

Operation<Done> IdentityService::withKeystore(const QString &address, const std::function<base::Status(Keystore &)> &change)
{
    return onKeystore(address, [change](Keystore &store) { return store.isUnlocked() ? change(store) : base::Status{ErrorCode::KeystoreLocked}; });
}

Operation<QList<IdentityInfo>> IdentityService::identities(const QString &address) const
{
    return onKeystore(address, [data = m_data, clock = m_clock](Keystore &store) -> base::Result<QList<IdentityInfo>> {
        const identity::TrustMaterial trust = trustStoreOf(data, store.address()).material();
        QList<IdentityInfo> infos;
        const QList<identity::KeyEntry> entries = store.entries();
        for (const identity::KeyEntry &entry : entries)
            infos.append(identityInfo(entry, trust, clock->now()));
        markCurrent(infos, store.address(), clock->now());
        return infos;
    });
}

Operation<ImportedFile> IdentityService::importFile(const QString &address, const QByteArray &file, const base::Secret &filePassphrase)
{
    const Operation<ImportedFile> operation = onKeystore(address, [=, data = m_data, clock = m_clock](Keystore &store) {
        return importAnyFile(data, store, file, filePassphrase, *clock);
    });
    announce(operation, address);
    return operation;
}

Operation<QByteArray> IdentityService::exportIdentity(const QString &address, const base::Secret &filePassphrase) const
{
    return onKeystore(address, [=, clock = m_clock](Keystore &store) -> base::Result<QByteArray> {
        if (!store.isUnlocked())
            return ErrorCode::KeystoreLocked;
        return identity::writeIdentity(*store.keys(), filePassphrase, clock->now(), identity::ExportScope::All);
    });
}

Operation<QByteArray> IdentityService::addKeys(const QString &address, const QString &keyType, const base::Secret &authorityPassphrase)
{
    const Operation<QByteArray> operation =
        onKeystore(address, [=, data = m_data, clock = m_clock](Keystore &store) -> base::Result<QByteArray> {
            const base::Result<identity::Profile> owner = data.profile(store.address());
            return app::addKeys(data, store, owner ? owner->name : QString{}, keyType, authorityPassphrase, *clock);
        });
    announce(operation, address);
    return operation;
}

Operation<QList<PersonCertificate>> IdentityService::people(const QString &address) const
{
    return onBook(address, [data = m_data, clock = m_clock](const identity::Profile &owner, const identity::CertificateBook &book) -> base::Result<QList<PersonCertificate>> {
        const identity::TrustMaterial trust = identity::TrustStore{data, owner}.material();
        QList<PersonCertificate> people;
        const QList<identity::KnownCertificate> all = book.all();
        for (const identity::KnownCertificate &known : all) {
            const base::Result<CertificateInfo> info = certificateInfo(known.certificate);
            if (info)
                people.append({*info, assess(known.certificate, known.chain, trust, AssessFor::Encryption, clock->now()), known});
        }
        return people;
    });
}

Operation<Done> IdentityService::removePerson(const QString &address, const QByteArray &certificate)
{
    const Operation<Done> operation = onBook(address, [certificate](const identity::Profile &, identity::CertificateBook &book) { return book.remove(certificate); });
    announce(operation, address);
    return operation;
}

Operation<RecipientCertificate> IdentityService::recipient(const QString &address, const QString &recipient) const
{
    return base::runOn(m_pool, [=, data = m_data, clock = m_clock](const Cancellation &) -> base::Result<RecipientCertificate> {
        const base::Result<identity::Profile> owner = data.profile(address);
        if (!owner)
            return owner.error();
        return findRecipient(data, *owner, recipient, clock->now());
    });
}

QStringList IdentityService::completions(const QString &address, const QString &text, int limit) const
{
    QStringList matches;
    if (text.isEmpty())
        return matches;
    const base::Result<identity::Profile> owner = profile(address);
    if (const base::Result<identity::CertificateBook> book = owner ? identity::CertificateBook::open(owner->folder, *m_clock) : owner.error()) {
        const QList<identity::KnownCertificate> known = book->all();
        for (const identity::KnownCertificate &entry : known)
            matches += matchesIn(entry.certificate, text);
    }
    const QList<identity::CertificateWithChain> members = identity::MemberDirectory{m_data.directoryFolder()}.all();
    for (const identity::CertificateWithChain &member : members)
        matches += matchesIn(member.certificate, text);
    matches.removeDuplicates();
    matches.sort(Qt::CaseInsensitive);
    return matches.mid(0, limit);
}

QList<identity::Anchor> IdentityService::anchors(const QString &address) const
{
    return trustStoreOf(m_data, address).anchors();
}

base::Status IdentityService::addAnchor(const QString &address, const QByteArray &file)
{
    const base::Result<identity::Profile> owner = profile(address);
    if (!owner)
        return owner.error();
    const base::Result<QList<QByteArray>> certificates = identity::readMailAnchors(file);
    if (!certificates)
        return certificates.error();
    identity::TrustStore store{m_data, *owner};
    for (const QByteArray &certificate : *certificates)
        if (const base::Result<identity::Anchor> added = store.addAnchor(certificate); !added)
            return added.error();
    Q_EMIT certificatesChanged(address);
    return Done{};
}

base::Status IdentityService::removeAnchor(const QString &address, const QByteArray &fingerprint)
{
    const base::Result<identity::Profile> owner = profile(address);
    if (!owner)
        return owner.error();
    if (const base::Status removed = identity::TrustStore{m_data, *owner}.removeAnchor(fingerprint); !removed)
        return removed;
    Q_EMIT certificatesChanged(address);
    return Done{};
}

bool IdentityService::hasAuthority() const
{
    return identity::Authority::existsIn(m_data.authorityFolder());
}

Operation<Done> IdentityService::createAuthority(const QString &name, const QString &keyType, const base::Secret &passphrase)
{
    const Operation<Done> operation = base::runOn(m_pool, [=, data = m_data, clock = m_clock](const Cancellation &) -> base::Status {
        const base::Result<identity::Authority> made =
            makeAuthority(data, name, keyType, passphrase, *clock);
        if (!made)
            return made.error();
        return Done{};
    });
    announce(operation, {});
    return operation;
}

Operation<QList<QByteArray>> IdentityService::issue(const QList<QByteArray> &requestFiles, const base::Secret &authorityPassphrase)
{
    const Operation<QList<QByteArray>> operation = onAuthority(authorityPassphrase, [requestFiles, data = m_data](identity::Authority &authority) -> base::Result<QList<QByteArray>> {
        QList<QByteArray> answers;
        for (const QByteArray &requestFile : requestFiles) {
            const base::Result<QByteArray> answer = answerRequest(data, authority, requestFile);
            if (!answer)
                return answer.error();
            answers.append(*answer);
        }
        return answers;
    });
    announce(operation, {});
    return operation;
}

Operation<Done> IdentityService::certifyRelay(const QStringList &hosts, const base::Secret &authorityPassphrase)
{
    return onAuthority(authorityPassphrase, [hosts, data = m_data](identity::Authority &authority) { return issueRelayCertificate(data, authority, hosts); });
}

Operation<Done> IdentityService::revoke(const QByteArray &serial, identity::RevocationReason reason, const base::Secret &authorityPassphrase)
{
    const Operation<Done> operation = onAuthority(authorityPassphrase, [serial, reason](identity::Authority &authority) { return authority.revoke(serial, reason); });
    announce(operation, {});
    return operation;
}

Operation<QByteArray> IdentityService::renewRevocationList(const base::Secret &authorityPassphrase)
{
    return onAuthority(authorityPassphrase, [](identity::Authority &authority) -> base::Result<QByteArray> {
        const base::Result<QByteArray> list = authority.renewCrl();
        return list ? base::Result<QByteArray>{crlPem(*list)} : list;
    });
}

base::Result<QList<identity::IssuedCertificate>> IdentityService::issued() const
{
    const base::Result<identity::Authority> authority = identity::Authority::open(m_data.authorityFolder(), *m_clock);
    if (!authority)
        return authority.error();
    return authority->issued();
}

} // namespace app
