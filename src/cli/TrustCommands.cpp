// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/CertificateFiles.h"
#include "app/IdentityService.h"
#include "cli/IdentityCommands.h"
#include "cli/IdentitySupport.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;
using identity::TrustStore;

namespace cli {

namespace {

/// With --profile that profile's own anchors, otherwise those of all profiles.
base::Result<TrustStore> storeOf(const Context &context)
{
    const identity::DataDirectory data{context.dataDirectory};
    if (context.profile.isEmpty())
        return TrustStore{data};
    const base::Result<identity::Profile> profile = data.profile(context.profile);
    if (!profile)
        return profile.error();
    return TrustStore{data, *profile};
}

QJsonObject anchorJson(const identity::Anchor &anchor)
{
    QJsonObject object;
    if (const base::Result<app::CertificateInfo> info = app::certificateInfo(anchor.certificate))
        object = certificateJson(*info);
    object["origin"_L1] = anchor.origin == identity::AnchorOrigin::Authority ? u"authority"_s : u"added"_s;
    object["profile"_L1] = anchor.profile.isEmpty() ? QJsonValue{} : QJsonValue{anchor.profile};
    return object;
}

Exit add(const Context &context, const QStringList &words)
{
    Arguments arguments{u"trust add FILE"_s};
    if (const std::optional<Exit> exit = arguments.parse(words, 1))
        return *exit;
    if (arguments.positional().isEmpty())
        return wrongUsage(Talk::tr("Which certificate? Name its file, or - for stdin."));
    base::Result<TrustStore> store = storeOf(context);
    if (!store)
        return fail(store.error());
    const base::Result<QByteArray> file = readInput(arguments.positional().first(), app::kLargestCertificateFile);
    if (!file)
        return fail(file.error());
    const base::Result<QList<QByteArray>> certificates = app::mailAnchorsIn(*file);
    if (!certificates)
        return fail(certificates.error());
    QJsonArray added;
    for (const QByteArray &certificate : *certificates) {
        const base::Result<identity::Anchor> anchor = store->addAnchor(certificate);
        if (!anchor)
            return fail(anchor.error());
        added.append(anchorJson(*anchor));
        const base::Result<app::CertificateInfo> info = app::certificateInfo(certificate);
        say(Talk::tr("Trusted from now on: %1").arg(info ? info->subject : QString{}));
    }
    if (arguments.wantsJson())
        print(QJsonDocument{added});
    return Exit::Done;
}

Exit list(const Context &context, const QStringList &words)
{
    Arguments arguments{u"trust list"_s};
    if (const std::optional<Exit> exit = arguments.parse(words, 0))
        return *exit;
    const base::Result<TrustStore> store = storeOf(context);
    if (!store)
        return fail(store.error());
    QJsonArray array;
    QByteArray text;
    const QList<identity::Anchor> anchors = store->anchors();
    for (const identity::Anchor &anchor : anchors) {
        const QJsonObject object = anchorJson(anchor);
        array.append(object);
        text += u"%1  %2\n"_s.arg(QString::fromLatin1(anchor.fingerprint), object["subject"_L1].toString()).toUtf8();
    }
    if (arguments.wantsJson())
        print(QJsonDocument{array});
    else
        printText(QString::fromUtf8(text));
    return Exit::Done;
}

Exit remove(const Context &context, const QStringList &words)
{
    Arguments arguments{u"trust remove FINGERPRINT"_s};
    if (const std::optional<Exit> exit = arguments.parse(words, 1))
        return *exit;
    if (arguments.positional().isEmpty())
        return wrongUsage(Talk::tr("Which one? Name its SHA-256 fingerprint or the first 8 digits; wax trust list shows them."));
    base::Result<TrustStore> store = storeOf(context);
    if (!store)
        return fail(store.error());
    const QString fingerprint = arguments.positional().first();
    const base::Status removed = store->removeAnchor(fingerprint.toLatin1());
    if (!removed && removed.error().code == base::ErrorCode::CertificateNotFound)
        return fail(removed.error().code, Talk::tr("Nobody whose fingerprint begins with %1 is trusted; wax trust list shows who is.").arg(fingerprint));
    if (!removed)
        return fail(removed.error());
    say(Talk::tr("No longer trusted."));
    return Exit::Done;
}

constexpr Command kCommands[] = {
    {"add", QT_TRANSLATE_NOOP("cli::Talk", "trust what this certificate vouches for"), add},
    {"list", QT_TRANSLATE_NOOP("cli::Talk", "list who is trusted"), list},
    {"remove", QT_TRANSLATE_NOOP("cli::Talk", "trust it no longer"), remove},
};

} // namespace

Exit runTrust(const Context &context, const QStringList &words)
{
    return dispatch("trust", kCommands, context, words);
}

} // namespace cli
