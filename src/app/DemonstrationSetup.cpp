// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/DemonstrationSetup.h"

#include "app/Enrolling.h"

#include <QtConcurrentRun>

using namespace Qt::StringLiterals;
using identity::Authority;
using identity::Keystore;

namespace app {

namespace {

struct Person {
    QString address;
    QString name;
};

/// RSA for people, so that every program on earth can answer them; the authority's key never meets another program's
/// encryption, and an EC key is made in a millisecond.
constexpr auto kPeopleKeyType = "rsa:2048"_L1;
constexpr auto kAuthorityKeyType = "ec:p256"_L1;

base::Result<identity::Profile> markAsDemonstration(const identity::DataDirectory &data, identity::Profile profile)
{
    profile.isDemonstration = true;
    if (const base::Status updated = data.updateProfile(profile); !updated)
        return updated.error();
    return profile;
}

base::Result<identity::Profile> ensurePerson(const identity::DataDirectory &data, const Person &person, const base::Secret &passphrase,
                                             const base::Clock &clock)
{
    if (base::Result<identity::Profile> present = data.profile(person.address); present && Keystore::existsIn(present->folder))
        return present;
    NewIdentity wanted;
    wanted.address = person.address;
    wanted.name = person.name;
    wanted.keyType = kPeopleKeyType;
    wanted.passphrase = passphrase;
    const base::Result<CreatedIdentity> created = makeIdentity(data, wanted, clock);
    if (!created)
        return created.error();
    return markAsDemonstration(data, created->profile);
}

base::Status ensureAuthority(const identity::DataDirectory &data, const base::Secret &passphrase, const base::Clock &clock)
{
    if (Authority::existsIn(data.authorityFolder()))
        return base::Done{};
    const base::Result<Authority> made =
        makeAuthority(data, u"Waxwing Demonstration Authority"_s, kAuthorityKeyType, passphrase, clock);
    if (!made)
        return made.error();
    return base::Done{};
}

} // namespace

base::Secret demonstrationPassphrase()
{
    return identity::wellKnownPassphrase();
}

base::Result<Demonstration> setUpDemonstration(const QString &dataDirectory, const base::Secret &passphrase, const base::Clock &clock)
{
    const identity::DataDirectory data{dataDirectory};
    if (const base::Status prepared = data.prepare(); !prepared)
        return prepared.error();
    if (const base::Status authority = ensureAuthority(data, passphrase, clock); !authority)
        return authority.error();
    // The two RSA keys are what takes time, so each has a thread; a thread of Qt's, which QCA demands.
    const Person bobPerson{u"bob@example.org"_s, u"Bob Baker"_s};
    QFuture<base::Result<identity::Profile>> bob =
        QtConcurrent::run([&] { return ensurePerson(data, bobPerson, passphrase, clock); });
    const base::Result<identity::Profile> alice = ensurePerson(data, {u"alice@example.org"_s, u"Alice Archer"_s}, passphrase, clock);
    const base::Result<identity::Profile> bobResult = bob.result();
    if (!alice)
        return alice.error();
    if (!bobResult)
        return bobResult.error();
    return Demonstration{*alice, *bobResult};
}

} // namespace app
