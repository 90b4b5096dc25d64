// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/Enrolling.h"

#include "app/RelayCertificate.h"
#include "identity/CertificateFile.h"
#include "identity/Directory.h"
#include "identity/Enrolment.h"
#include "identity/Pkcs12Import.h"

#include <optional>
#include <type_traits>

using namespace Qt::StringLiterals;
using base::ErrorCode;
using identity::Authority;
using identity::Keystore;

namespace app {

namespace {

/// Opens the authority and unlocks it; nothing if there is none.
base::Result<std::optional<Authority>> unlockedAuthority(const identity::DataDirectory &data, const base::Secret &passphrase,
                                                         const base::Clock &clock)
{
    if (!Authority::existsIn(data.authorityFolder()))
        return std::optional<Authority>{};
    base::Result<Authority> authority = Authority::open(data.authorityFolder(), clock);
    if (!authority)
        return authority.error();
    if (const base::Status unlocked = authority->unlock(passphrase); !unlocked) {
        base::Error error = unlocked.error();
        error.detail = u"the authority \"%1\": %2"_s.arg(authority->name(), error.detail);
        return error;
    }
    return std::optional{std::move(authority).value()};
}

/// Deletes a profile that was begun and not finished.
class RemoveProfileUnlessFinished
{
public:
    RemoveProfileUnlessFinished(const identity::DataDirectory &data, QString address) : m_data(data), m_address(std::move(address)) {}
    ~RemoveProfileUnlessFinished()
    {
        if (!m_isFinished)
            (void)m_data.removeProfile(m_address);
    }
    Q_DISABLE_COPY_MOVE(RemoveProfileUnlessFinished)
    void finish() { m_isFinished = true; }

private:
    const identity::DataDirectory &m_data;
    QString m_address;
    bool m_isFinished = false;
};

/// A profile whose keystore was never made (the program was ended in between) is taken up again.
base::Result<identity::Profile> profileFor(const identity::DataDirectory &data, const NewIdentity &wanted)
{
    if (const base::Result<identity::Profile> present = data.profile(wanted.address)) {
        if (Keystore::existsIn(present->folder))
            return {ErrorCode::ProfileExists, wanted.address};
        return *present;
    }
    return data.createProfile(wanted.address, wanted.name);
}

/// Makes profile and keystore, then `fill(profile, keystore)`; unless that answers a value, nothing is left of either.
template <typename Fill>
std::invoke_result_t<Fill, const identity::Profile &, Keystore &> inNewProfile(const identity::DataDirectory &data, const NewIdentity &wanted,
                                                                               const base::Clock &clock, Fill fill)
{
    const base::Result<identity::Profile> profile = profileFor(data, wanted);
    if (!profile)
        return profile.error();
    RemoveProfileUnlessFinished guard{data, profile->address};
    base::Result<Keystore> keystore = Keystore::create(profile->folder, profile->address, wanted.passphrase, clock);
    if (!keystore) {
        if (keystore.error().code == ErrorCode::ProfileExists) // Another program was quicker: it is that one's.
            guard.finish();
        return keystore.error();
    }
    auto filled = fill(*profile, *keystore);
    if (filled)
        guard.finish();
    return filled;
}

base::Status enrol(const identity::DataDirectory &data, Authority &authority, Keystore &keystore, const QByteArray &requestFile)
{
    const base::Result<QByteArray> answer = answerRequest(data, authority, requestFile);
    if (!answer)
        return answer.error();
    if (const base::Result<int> accepted = identity::acceptCertificates(keystore, *answer); !accepted)
        return accepted.error();
    return publishOwn(data, keystore);
}

} // namespace

base::Result<Authority> makeAuthority(const identity::DataDirectory &data, const QString &name, const QString &keyType,
                                      const base::Secret &passphrase, const base::Clock &clock)
{
    base::Result<Authority> made = Authority::create(data.authorityFolder(), name, keyType, passphrase, clock);
    if (!made)
        return made;
    // Now, while the key is at hand: the relay starts without asking for a passphrase.
    if (const base::Status issued = issueRelayCertificate(data, *made); !issued)
        return issued.error();
    return made;
}

base::Result<CreatedIdentity> makeIdentity(const identity::DataDirectory &data, const NewIdentity &wanted, const base::Clock &clock)
{
    const base::Secret &authorityPassphrase = wanted.authorityPassphrase.isEmpty() ? wanted.passphrase : wanted.authorityPassphrase;
    base::Result<std::optional<Authority>> authority = std::optional<Authority>{};
    if (!wanted.isForElsewhere)
        authority = unlockedAuthority(data, authorityPassphrase, clock);
    if (!authority)
        return authority.error();
    return inNewProfile(data, wanted, clock, [&](const identity::Profile &profile, Keystore &keystore) -> base::Result<CreatedIdentity> {
        base::Result<QByteArray> request = identity::requestCertificates(keystore, wanted.name, wanted.keyType);
        if (!request)
            return request.error();
        CreatedIdentity created{profile, {}};
        if (!authority->has_value())
            created.requestPem = std::move(request).value();
        else if (const base::Status enrolled = enrol(data, **authority, keystore, *request); !enrolled)
            return enrolled.error();
        return created;
    });
}

base::Result<ImportedFile> makeIdentityFrom(const identity::DataDirectory &data, NewIdentity wanted, const QByteArray &file,
                                            const base::Secret &filePassphrase, const base::Clock &clock)
{
    const base::Result<identity::IdentityOffer> offer = identity::readIdentity(file, filePassphrase, clock.now());
    if (!offer)
        return offer.error();
    if (wanted.address.isEmpty())
        wanted.address = offer->addresses.constFirst();
    if (wanted.name.isEmpty())
        wanted.name = offer->name;
    return inNewProfile(data, wanted, clock, [&](const identity::Profile &, Keystore &keystore) {
        return importIdentityFile(data, keystore, file, filePassphrase, clock);
    });
}

base::Status renewIdentity(const identity::DataDirectory &data, Keystore &keystore, const QString &name,
                           const base::Secret &authorityPassphrase, RenewalKeys keys, const base::Clock &clock)
{
    base::Result<std::optional<Authority>> authority = unlockedAuthority(data, authorityPassphrase, clock);
    if (!authority)
        return authority.error();
    if (!authority->has_value())
        return ErrorCode::AuthorityMissing;
    const base::Result<QByteArray> request = requestForRenewal(keystore, name, keys, clock);
    if (!request)
        return request.error();
    return enrol(data, **authority, keystore, *request);
}

base::Result<QByteArray> addKeys(const identity::DataDirectory &data, Keystore &keystore, const QString &name, const QString &keyType,
                                 const base::Secret &authorityPassphrase, const base::Clock &clock)
{
    base::Result<std::optional<Authority>> authority = unlockedAuthority(data, authorityPassphrase, clock);
    if (!authority)
        return authority.error();
    const base::Result<QByteArray> request = identity::requestCertificates(keystore, name, keyType);
    if (!request || !authority->has_value())
        return request;
    if (const base::Status enrolled = enrol(data, **authority, keystore, *request); !enrolled)
        return enrolled.error();
    return QByteArray{};
}

base::Result<QByteArray> requestForRenewal(Keystore &keystore, const QString &name, RenewalKeys keys, const base::Clock &clock)
{
    return keys == RenewalKeys::Same ? identity::requestRenewal(keystore, name, clock.now()) : identity::requestFreshKeys(keystore, name);
}

base::Result<QByteArray> answerRequest(const identity::DataDirectory &data, Authority &authority, const QByteArray &requestFile,
                                       const identity::IssueOptions &options)
{
    const base::Result<QList<QByteArray>> certificates = authority.issue(requestFile, options);
    if (!certificates)
        return certificates.error();
    const identity::MemberDirectory directory{data.directoryFolder()};
    QByteArray answer;
    for (const QByteArray &certificate : *certificates) {
        if (const base::Status published = directory.publish({certificate, {authority.certificate()}}); !published)
            return published.error();
        answer += identity::toPem(certificate, "CERTIFICATE");
    }
    return answer + authority.certificatePem();
}

base::Status publishOwn(const identity::DataDirectory &data, const Keystore &keystore)
{
    const identity::MemberDirectory directory{data.directoryFolder()};
    const QList<identity::KeyEntry> entries = keystore.entries();
    for (const identity::KeyEntry &entry : entries)
        if (!entry.certificate.isEmpty())
            if (const base::Status published = directory.publish({entry.certificate, entry.chain}); !published)
                return published;
    return base::Done{};
}

base::Status removeIdentity(const identity::DataDirectory &data, const QString &address)
{
    const base::Result<identity::Profile> profile = data.profile(address);
    if (!profile)
        return profile.error();
    QList<QByteArray> certificates;
    // A damaged keystore must not be what keeps a profile alive.
    if (const base::Result<Keystore> keystore = Keystore::open(profile->folder)) {
        const QList<identity::KeyEntry> entries = keystore->entries();
        for (const identity::KeyEntry &entry : entries)
            certificates += QList<QByteArray>{entry.certificate} + entry.earlierCertificates;
    }
    if (const base::Status removed = data.removeProfile(address); !removed)
        return removed;
    const identity::MemberDirectory directory{data.directoryFolder()};
    for (const QByteArray &certificate : std::as_const(certificates))
        if (const base::Status withdrawn = directory.withdraw(certificate); !withdrawn)
            return withdrawn;
    return base::Done{};
}

} // namespace app
