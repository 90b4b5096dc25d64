// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/MailOpener.h"

#include "app/RevocationFetching.h"
#include "cli/MaterialOptions.h"
#include "cli/Unlock.h"

using namespace Qt::StringLiterals;

namespace cli {

namespace {

constexpr QLatin1StringView kFetchRevocation{"fetch-revocation"};
constexpr QLatin1StringView kRequireRevocation{"require-revocation"};

} // namespace

void addRevocationOptions(Arguments &arguments)
{
    arguments.addOption({kFetchRevocation}, Talk::tr("Ask the network whether trusted signers' certificates were revoked, where they say, even if the profile's settings do not want it."));
    arguments.addOption({kRequireRevocation}, Talk::tr("Call nothing verified unless a list or a responder says that its certificates were not revoked."));
}

MailOpener::MailOpener(const Context &context, const Arguments &arguments, const QDateTime &at)
    : m_context(context), m_arguments(arguments), m_at(at)
{
}

base::Result<smime::OpenedMessage> MailOpener::open(const QByteArray &octets)
{
    const bool hasFiles = hasMaterialFiles(m_arguments) || m_context.profile.isEmpty();
    return hasFiles ? openWithFiles(octets) : openForProfile(octets);
}

base::Result<smime::OpenedMessage> MailOpener::openForProfile(const QByteArray &octets)
{
    if (const base::Status read = readProfile(); !read)
        return read.error();
    smime::OpenedMessage opened = openMail(octets);
    if (!opened.needsKey() || m_isUnlocked)
        return opened;
    if (const base::Status unlocked = unlockProfile(); !unlocked)
        return unlocked.error();
    return openMail(octets);
}

base::Result<smime::OpenedMessage> MailOpener::openWithFiles(const QByteArray &octets)
{
    if (const base::Status read = readFiles(); !read)
        return read.error();
    smime::OpenedMessage opened = openRequest(octets);
    if (!opened.needsKey() || m_isUnlocked || m_context.profile.isEmpty())
        return opened;
    if (const base::Status unlocked = unlockProfile(); !unlocked)
        return unlocked.error();
    // Beside those of the files: the next message may need one of theirs.
    auto keys = std::make_shared<identity::KeySet>();
    keys->address = m_reader->profile.address;
    for (const identity::SharedKeySet &some : {m_material->keys, m_reader->material.keys})
        if (some)
            keys->keys += some->keys;
    m_material->keys = std::move(keys);
    return openRequest(octets);
}

/// How revocation is dealt with: as the account says, or as the words of this call do, the stronger of the two.
base::Status MailOpener::readProfile()
{
    if (m_reader)
        return base::Done{};
    base::Result<app::Reader> reader = lockedReader(m_context);
    if (!reader)
        return reader.error();
    base::Result<app::AccountSettings> account = app::AccountSettings::load(reader->profile.folder, reader->profile.address);
    if (!account)
        return account.error();
    if (m_arguments.isSet(kRequireRevocation))
        account->demand = smime::RevocationDemand::Required;
    if (m_arguments.isSet(kFetchRevocation))
        account->revocation = app::AccountSettings::RevocationUse::Fetch;
    reader->demand = account->demand;
    m_reader = std::move(reader).value();
    m_account = std::move(account).value();
    return base::Done{};
}

base::Status MailOpener::readFiles()
{
    if (m_material)
        return base::Done{};
    base::Result<smime::OpeningMaterial> material = materialFromFiles(m_arguments);
    if (!material)
        return material.error();
    if (m_arguments.isSet(kRequireRevocation))
        material->revocation = smime::RevocationDemand::Required;
    m_material = std::move(material).value();
    return base::Done{};
}

base::Status MailOpener::unlockProfile()
{
    base::Result<app::Reader> reader = unlockedReader(m_context, m_arguments);
    if (!reader)
        return reader.error();
    if (m_account)
        reader->demand = m_account->demand;
    m_reader = std::move(reader).value();
    m_isUnlocked = true;
    return base::Done{};
}

smime::OpenedMessage MailOpener::openMail(const QByteArray &octets) const
{
    const app::MailToOpen mail{octets, m_at, {}, app::Learning::LookOnly, {}};
    if (m_account->revocation != app::AccountSettings::RevocationUse::Fetch)
        return app::openFor(*m_reader, mail);
    app::RevocationNetwork network;
    return app::openForAsking(*m_reader, mail, network);
}

smime::OpenedMessage MailOpener::openRequest(const QByteArray &octets) const
{
    const smime::OpenRequest request{octets, *m_material, m_at, {}};
    if (!m_arguments.isSet(kFetchRevocation))
        return smime::open(request);
    app::RevocationNetwork network;
    return app::openAsking(request, network);
}

} // namespace cli
