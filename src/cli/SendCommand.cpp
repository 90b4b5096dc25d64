// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/MailSession.h"
#include "app/MessageJson.h"
#include "cli/IdentitySupport.h"
#include "cli/MailCommands.h"
#include "cli/Unlock.h"

using namespace Qt::StringLiterals;

namespace cli {

namespace {

void declareOptions(Arguments &arguments)
{
    arguments.addOption({u"to"_s}, Talk::tr("A recipient; may be repeated. Without any, those of the draft."), u"ADDRESS"_s);
    arguments.addOption({u"cc"_s}, Talk::tr("A recipient of a copy; may be repeated."), u"ADDRESS"_s);
    arguments.addOption({u"bcc"_s}, Talk::tr("A hidden recipient; may be repeated."), u"ADDRESS"_s);
    arguments.addOption({u"subject"_s}, Talk::tr("The subject, if the input is a text and not a message."), u"TEXT"_s);
    arguments.addOption({u"no-sign"_s}, Talk::tr("Do not sign."));
    arguments.addOption({u"no-encrypt"_s}, Talk::tr("Do not encrypt."));
    arguments.addOption({u"as-is"_s}, Talk::tr("Send the message as it is: it was sealed before, or shall not be."));
}

/// What is no address stays as it was typed, so that the error can name it.
QList<mime::Address> addressesOf(const QStringList &texts)
{
    QList<mime::Address> addresses;
    for (const QString &text : texts) {
        const QList<mime::Address> parsed = mime::parseAddresses(text);
        addresses += parsed.isEmpty() ? QList<mime::Address>{{{}, text}} : parsed;
    }
    return addresses;
}

app::SendRequest requestOf(const Arguments &arguments)
{
    app::SendRequest request;
    request.to = addressesOf(arguments.values(u"to"_s));
    request.cc = addressesOf(arguments.values(u"cc"_s));
    request.bcc = addressesOf(arguments.values(u"bcc"_s));
    request.subject = arguments.value(u"subject"_s);
    request.sign = !arguments.isSet(u"no-sign"_s);
    request.encrypt = !arguments.isSet(u"no-encrypt"_s);
    return request;
}

base::Result<store::MessageId> queue(app::MailSession &session, const Arguments &arguments, const app::PreparedDraft &prepared)
{
    const bool isSealed = !arguments.isSet(u"as-is"_s) && (prepared.draft.sign || prepared.draft.encrypt);
    if (isSealed || session.logsInToSend()) {
        const auto unlock = [&session](const base::Secret &passphrase) { return session.unlock(passphrase); };
        if (const base::Status unlocked = unlockWith(session.profile(), arguments, unlock); !unlocked)
            return unlocked.error();
    }
    if (arguments.isSet(u"as-is"_s))
        return session.queueAsIs(prepared.draft, prepared.octets);
    return session.queue(prepared.draft, prepared.octets);
}

void printOutcome(store::MessageId id, const app::CarryOutcome &outcome)
{
    using State = app::CarryOutcome::State;
    const QString state = outcome.state == State::Sent ? u"sent"_s : outcome.state == State::Queued ? u"queued"_s : u"failed"_s;
    print(QJsonDocument{QJsonObject{{u"id"_s, static_cast<qint64>(id)}, {u"state"_s, state},
                                    {u"error"_s, outcome.error ? QJsonValue{app::toJson(*outcome.error)} : QJsonValue{}}}});
}

Exit report(const app::MailSession &session, store::MessageId id, const app::CarryOutcome &outcome, const Arguments &arguments)
{
    if (arguments.wantsJson())
        printOutcome(id, outcome);
    if (outcome.state == app::CarryOutcome::State::Sent) {
        say(Talk::tr("Sent through %1.").arg(session.smtpServer()));
        return Exit::Done;
    }
    if (outcome.error)
        fail(*outcome.error);
    say(outcome.state == app::CarryOutcome::State::Queued ? Talk::tr("The message waits in the outbox. The next wax send, or an open window, sends it.")
                                                          : Talk::tr("The message stays in the outbox and is not tried again by itself."));
    return Exit::CouldNot;
}

} // namespace

Exit runSend(const Context &context, const QStringList &words)
{
    Arguments arguments{u"send [--to ADDRESS]... [--cc ADDRESS]... [--bcc ADDRESS]... [--subject TEXT] [--no-sign] [--no-encrypt] [--as-is] [--json] [FILE]"_s};
    declareOptions(arguments);
    if (const std::optional<Exit> exit = arguments.parse(words, 1))
        return *exit;
    const base::Result<identity::Profile> profile = chosenProfile(context);
    if (!profile)
        return fail(profile.error());
    const base::Result<QByteArray> input = readInput(arguments.positional().value(0));
    if (!input)
        return fail(input.error());
    const auto prepared = app::prepareDraft(requestOf(arguments), *profile, *input, base::Clock::system().now());
    if (!prepared)
        return fail(prepared.error());
    auto session = app::MailSession::open(identity::DataDirectory{context.dataDirectory}, *profile);
    if (!session)
        return fail(session.error());
    const base::Result<store::MessageId> id = queue(*session, arguments, *prepared);
    if (!id)
        return fail(id.error());
    const base::Result<app::CarryOutcome> outcome = session->carry(*id);
    return outcome ? report(*session, *id, *outcome, arguments) : fail(outcome.error());
}

} // namespace cli
