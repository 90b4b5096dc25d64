// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/MailOpener.h"

#include "app/RevocationFetching.h"
#include "cli/MaterialOptions.h"
#include "cli/Unlock.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cli {

namespace {

constexpr QLatin1StringView kFetchRevocation{"fetch-revocation"};
constexpr QLatin1StringView kRequireRevocation{"require-revocation"};

QList<smime::Attachment> lettersIn(const smime::OpenedMessage &message)
{
    QList<smime::Attachment> attachments = message.attachments;
    for (const smime::OpenedMessage &part : message.further)
        attachments += part.attachments;
    attachments.removeIf([](const smime::Attachment &attachment) { return !attachment.isLetter(); });
    return attachments;
}

/// Parts of an attached letter are called as `wax inspect` calls them, who sees them in the message around it.
void countFrom(const QString &root, smime::OpenedMessage &message)
{
    const auto count = [&root](auto &numbered) { numbered.part.replace(0, 1, root); };
    count(message);
    std::ranges::for_each(message.verdict.layers, count);
    std::ranges::for_each(message.attachments, count);
    std::ranges::for_each(message.unprotected, count);
    for (smime::OpenedMessage &part : message.further)
        countFrom(root, part);
}

base::Error noLetter(const QString &number, const QList<smime::Attachment> &letters)
{
    QStringList parts;
    for (const smime::Attachment &letter : letters)
        parts += letter.part;
    return {base::ErrorCode::InvalidArgument, parts.isEmpty() ? cli::Talk::tr("No letter is attached to the message.")
                                                              : cli::Talk::tr("There is no attached letter %1; there are: %2").arg(number, parts.join(", "_L1)), {}, {}};
}

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

base::Result<MailOpener> MailOpener::make(const Context &context, const Arguments &arguments, const QDateTime &at)
{
    MailOpener opener{context, arguments, at};
    if (!opener.usesFiles())
        if (const base::Status read = opener.readProfile(); !read)
            return read.error();
    if (arguments.isSet(kRequireRevocation))
        opener.m_revocation.demand = smime::RevocationDemand::Required;
    if (opener.m_reader)
        opener.m_reader->demand = opener.m_revocation.demand;
    if (arguments.isSet(kFetchRevocation) || opener.m_revocation.revocation == app::RevocationSettings::RevocationUse::Fetch) {
        base::Result<std::unique_ptr<identity::RevocationSource>> network = reachNetwork();
        if (!network)
            return network.error();
        opener.m_network = std::move(network).value();
    }
    return opener;
}

bool MailOpener::usesFiles() const
{
    return hasMaterialFiles(m_arguments) || m_context.profile.isEmpty();
}

base::Result<smime::OpenedMessage> MailOpener::open(const QByteArray &octets)
{
    return usesFiles() ? openWithFiles(octets) : openForProfile(octets);
}

smime::OpenedMessage MailOpener::openWithKeysAtHand(const QByteArray &octets) const
{
    return usesFiles() ? openRequest(octets) : openMail(octets);
}

base::Result<smime::OpenedMessage> MailOpener::openAttached(smime::OpenedMessage message, const QString &number)
{
    while (number != message.part) {
        const QList<smime::Attachment> letters = lettersIn(message);
        const auto letter = std::find_if(letters.begin(), letters.end(), [&number](const smime::Attachment &one) {
            return number == one.part || QString(number + u'.').startsWith(one.part + ".1."_L1);
        });
        if (letter == letters.end())
            return message.fault ? base::Result<smime::OpenedMessage>{std::move(message)} : noLetter(number, letters);
        base::Result<smime::OpenedMessage> opened = open(letter->content());
        if (!opened)
            return opened;
        message = std::move(opened).value();
        countFrom(letter->part + ".1"_L1, message);
        if (number == letter->part)
            break;
    }
    return message;
}

base::Result<smime::OpenedMessage> MailOpener::openForProfile(const QByteArray &octets)
{
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

base::Status MailOpener::readProfile()
{
    base::Result<app::Reader> reader = lockedReader(m_context);
    if (!reader)
        return reader.error();
    const base::Result<app::RevocationSettings> revocation = app::RevocationSettings::keptIn(reader->profile.folder);
    if (!revocation)
        return revocation.error();
    m_reader = std::move(reader).value();
    m_revocation = *revocation;
    return base::Done{};
}

base::Status MailOpener::readFiles()
{
    if (m_material)
        return base::Done{};
    base::Result<smime::OpeningMaterial> material = materialFromFiles(m_arguments);
    if (!material)
        return material.error();
    material->revocation = m_revocation.demand;
    m_material = std::move(material).value();
    return base::Done{};
}

base::Status MailOpener::unlockProfile()
{
    base::Result<app::Reader> reader = unlockedReader(m_context, m_arguments);
    if (!reader)
        return reader.error();
    reader->demand = m_revocation.demand;
    m_reader = std::move(reader).value();
    m_isUnlocked = true;
    return base::Done{};
}

smime::OpenedMessage MailOpener::openMail(const QByteArray &octets) const
{
    const app::MailToOpen mail{octets, m_at, {}, app::Learning::LookOnly, {}};
    return m_network ? app::openForAsking(*m_reader, mail, *m_network) : app::openFor(*m_reader, mail);
}

smime::OpenedMessage MailOpener::openRequest(const QByteArray &octets) const
{
    const smime::OpenRequest request{octets, *m_material, m_at, {}};
    return m_network ? app::openAsking(request, *m_network) : smime::open(request);
}

} // namespace cli
