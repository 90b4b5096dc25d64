// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/JoinCommands.h"

#include "app/Enrolling.h"
#include "app/JoinCard.h"
#include "app/RelayCertificate.h"
#include "app/RelaySettings.h"
#include "cli/IdentitySupport.h"
#include "cli/Unlock.h"

#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace cli {

namespace {

/// A card is a small file; what is larger is refused by its reader.
constexpr qint64 kCardLimit = 1 << 20;

QByteArray cardText(const app::JoinCard &card)
{
    QString text = Talk::tr("Address    %1, port %2 for sending, %3 for reading").arg(card.host, QString::number(card.smtpPort), QString::number(card.pop3Port)) + u'\n';
    text += Talk::tr("Authority  %1").arg(card.name) + u'\n';
    text += Talk::tr("Words      %1").arg(card.words().join(u' ')) + u"\n\n"_s;
    text += Talk::tr("On the other computer: wax identity join %1").arg(app::toJoinLine(card)) + u'\n';
    return text.toUtf8();
}

/// What still keeps the others out.
void warnOfObstacles(const app::JoinCard &card, const app::RelaySettings &settings)
{
    if (!app::isForOtherComputers(card))
        say(Talk::tr("Only programs on this computer reach the relay at %1. Let it listen to the network: wax relay --smtp 0.0.0.0:1025 --pop3 0.0.0.0:1110").arg(card.host));
    else if (!app::isCertifiedFor(settings.tlsChainPem, card.host) && !settings.looksAfterTls)
        say(Talk::tr("The certificate that the relay was given does not name %1, so that the others would refuse it. Name an address that it bears with --host, or "
                     "give the relay one that names this.").arg(card.host));
    else if (!app::isCertifiedFor(settings.tlsChainPem, card.host))
        say(Talk::tr("The relay's certificate does not name %1, so that the others would refuse it. Start the relay once with --authority-passphrase-file: the "
                     "authority then issues one that does.").arg(card.host));
}

/// The card in its file, or as the words of one line.
base::Result<app::JoinCard> readCard(const QStringList &words)
{
    if (words.size() > 1)
        return app::readJoinCard(words.join(u' ').toUtf8());
    const base::Result<QByteArray> file = readInput(words.first(), kCardLimit);
    return file ? app::readJoinCard(*file) : file.error();
}

struct Member {
    identity::Profile profile;
    identity::Keystore keystore; ///< Unlocked.
    QByteArray requestPem;       ///< Of a profile that was just made, if no authority is here to answer it.
};

base::Result<Member> unlocked(const identity::Profile &profile, const base::Secret &passphrase, const QByteArray &requestPem)
{
    base::Result<identity::Keystore> keystore = identity::Keystore::open(profile.folder);
    if (!keystore)
        return keystore.error();
    if (const base::Status status = keystore->unlock(passphrase); !status)
        return status.error();
    return Member{profile, std::move(*keystore), requestPem};
}

/// The profile that is there, or a new one with keys.
base::Result<Member> memberOf(const identity::DataDirectory &data, const QString &address, const Arguments &arguments)
{
    const QString file = arguments.value(u"passphrase-file"_s);
    if (const base::Result<identity::Profile> present = data.profile(address)) {
        base::Result<identity::Keystore> keystore = identity::Keystore::open(present->folder);
        if (!keystore)
            return keystore.error();
        const auto unlock = [&keystore](const base::Secret &passphrase) { return keystore->unlock(passphrase); };
        if (const base::Status status = unlockWith(*present, arguments, unlock); !status)
            return status.error();
        return Member{*present, std::move(*keystore), {}};
    }
    app::NewIdentity wanted;
    wanted.address = address;
    wanted.name = arguments.isSet(u"name"_s) ? arguments.value(u"name"_s) : address;
    wanted.keyType = arguments.value(u"key"_s);
    const base::Result<base::Secret> passphrase = readNewPassphrase(file, Talk::tr("Passphrase for %1").arg(address));
    if (!passphrase)
        return passphrase.error();
    wanted.passphrase = *passphrase;
    const base::Result<app::CreatedIdentity> created = app::makeIdentity(data, wanted);
    return created ? unlocked(created->profile, *passphrase, created->requestPem) : created.error();
}

void tellJoined(const app::JoinCard &card, const Member &member, bool wantsJson)
{
    say(Talk::tr("%1 takes part at the relay %2. Its authority is %3; compare these words with the relay's: %4")
            .arg(member.profile.address, card.host, card.name, card.words().join(u' ')));
    if (!member.requestPem.isEmpty())
        say(Talk::tr("Nobody has certified the new keys yet: give the request to the relay's authority, then: wax identity import CERTIFICATE"));
    if (!wantsJson)
        return print(member.requestPem);
    const QJsonValue request = member.requestPem.isEmpty() ? QJsonValue{} : QJsonValue{QString::fromLatin1(member.requestPem)};
    print(QJsonDocument{QJsonObject{{u"address"_s, member.profile.address},
                                    {u"name"_s, member.profile.name},
                                    {u"request"_s, request},
                                    {u"relay"_s, QJsonObject{{u"host"_s, card.host}, {u"smtpPort"_s, card.smtpPort}, {u"pop3Port"_s, card.pop3Port},
                                                             {u"authority"_s, card.name}, {u"words"_s, card.words().join(u' ')}}}}});
}

} // namespace

Exit runRelayJoinCard(const Context &context, const QStringList &words)
{
    Arguments arguments{u"relay join-card [--host NAME] [--out FILE] [--json] [--smtp ADDR:PORT]... [--pop3 ADDR:PORT] [--config FILE]"_s};
    arguments.addOption({u"host"_s}, Talk::tr("By what the other computers reach this one; by default its first address in the network."), u"NAME"_s);
    arguments.addOption({u"out"_s}, Talk::tr("Write the card to FILE, such as relay.waxwing-join; - is stdout."), u"FILE"_s);
    arguments.addOption({u"smtp"_s}, Talk::tr("As of the relay."), u"ADDR:PORT"_s);
    arguments.addOption({u"pop3"_s}, Talk::tr("As of the relay."), u"ADDR:PORT"_s);
    arguments.addOption({u"config"_s}, Talk::tr("Read the settings from FILE, by default relay.json in the data directory."), u"FILE"_s);
    if (const std::optional<Exit> exit = arguments.parse(words, 0))
        return *exit;
    base::Result<app::RelaySettings> settings = app::readRelaySettings(context.dataDirectory, [&arguments](const QString &name) {
        return name == "smtp"_L1 || name == "pop3"_L1 || name == "config"_L1 ? arguments.flag(name) : std::nullopt;
    });
    if (!settings)
        return settings.error().code == base::ErrorCode::ConfigurationInvalid ? wrongUsage(settings.error().detail) : fail(settings.error());
    // What the relay shows when it starts; it may never have run.
    if (const base::Status prepared = app::prepareTls(*settings); !prepared)
        return fail(prepared.error());
    const base::Result<app::JoinCard> card = app::joinCardOf(*settings, arguments.value(u"host"_s));
    if (!card)
        return fail(card.error());
    warnOfObstacles(*card, *settings);
    const QString out = arguments.value(u"out"_s);
    const QByteArray file = app::toJoinFile(*card);
    if (arguments.wantsJson() && out != "-"_L1)
        print(file);
    else if (out.isEmpty())
        print(cardText(*card));
    return out.isEmpty() ? Exit::Done : writeOutput(out, file);
}

Exit runIdentityJoin(const Context &context, const QStringList &words)
{
    Arguments arguments{u"identity join FILE | HOST PORT PORT WORD... [--address A] [--name N] [--key TYPE] --password-file F"_s};
    arguments.addOption({u"address"_s}, Talk::tr("The mail address; keys are made for it if it has no profile yet."), u"ADDRESS"_s);
    arguments.addOption({u"name"_s}, Talk::tr("The person's name, for new keys."), u"NAME"_s);
    arguments.addOption({u"key"_s}, Talk::tr("The kind of new keys, as of identity create."), u"TYPE"_s);
    arguments.addOption({u"password-file"_s}, Talk::tr("The password of the mailbox at the relay."), u"FILE"_s);
    if (const std::optional<Exit> exit = arguments.parse(words, std::numeric_limits<int>::max()))
        return *exit;
    const QString address = arguments.isSet(u"address"_s) ? arguments.value(u"address"_s) : context.profile;
    if (arguments.positional().isEmpty())
        return wrongUsage(Talk::tr("Which card? The file, or the line that \"wax relay join-card\" shows."));
    if (address.isEmpty())
        return wrongUsage(Talk::tr("For which mail address? --address ADDRESS"));
    const base::Result<app::JoinCard> given = readCard(arguments.positional());
    if (!given)
        return fail(given.error());
    const base::Result<base::Secret> password = readPassword(arguments.value(u"password-file"_s));
    if (!password)
        return fail(password.error());
    // Before anything is made: a typed card must be that of the relay that answers.
    const base::Result<app::JoinCard> card = app::completedJoinCard(*given);
    if (!card)
        return fail(card.error());
    const identity::DataDirectory data{context.dataDirectory};
    base::Result<Member> member = memberOf(data, address, arguments);
    if (!member)
        return fail(member.error());
    if (const base::Status taken = app::takeJoinCard(data, member->profile, member->keystore, *card, *password); !taken)
        return fail(taken.error());
    tellJoined(*card, *member, arguments.wantsJson());
    return Exit::Done;
}

} // namespace cli
