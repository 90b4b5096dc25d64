// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/CertificateFiles.h"
#include "app/IdentityService.h"
#include "app/MessageJson.h"
#include "cli/IdentityCommands.h"
#include "cli/IdentitySupport.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;
using identity::CertificateBook;

namespace cli {

namespace {

QString markName(app::RecipientMark mark)
{
    switch (mark) {
    case app::RecipientMark::None: return u"none"_s;
    case app::RecipientMark::Found: return u"found"_s;
    case app::RecipientMark::FoundBut: return u"found-but"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

/// What the profile would say about using this certificate for encryption now.
app::CertificateState stateOf(const Context &context, const identity::Profile &profile, const identity::KnownCertificate &known)
{
    const identity::TrustStore trust{identity::DataDirectory{context.dataDirectory}, profile};
    return app::assess(known.certificate, known.chain, trust.material(), app::AssessFor::Encryption, QDateTime::currentDateTimeUtc());
}

QJsonObject knownJson(const identity::KnownCertificate &known, const app::CertificateInfo &info, app::CertificateState state)
{
    QJsonObject object = certificateJson(info);
    object["state"_L1] = app::stateName(state);
    object["firstSeen"_L1] = app::timeToJson(known.firstSeen);
    object["lastSeen"_L1] = app::timeToJson(known.lastSeen);
    object["mails"_L1] = known.mailCount;
    return object;
}

/// One file into the book; what was taken is appended to `taken`.
base::Status importFile(CertificateBook &book, const QString &file, QList<identity::KnownCertificate> &taken)
{
    const base::Result<QByteArray> bytes = readInput(file, app::kLargestCertificateFile);
    if (!bytes)
        return bytes.error();
    const base::Result<QList<identity::KnownCertificate>> imported = book.import(*bytes);
    if (!imported) {
        base::Error error = imported.error();
        error.detail = u"%1: %2"_s.arg(file, error.detail);
        return error;
    }
    taken += *imported;
    return base::Done{};
}

Exit import(const Context &context, const QStringList &words)
{
    Arguments arguments{u"certificate import FILE..."_s};
    if (const std::optional<Exit> exit = arguments.parse(words, INT_MAX))
        return *exit;
    if (arguments.positional().isEmpty())
        return wrongUsage(Talk::tr("Which certificates? Name their files, or - for stdin."));
    const base::Result<identity::Profile> profile = chosenProfile(context);
    if (!profile)
        return fail(profile.error());
    base::Result<CertificateBook> book = CertificateBook::open(profile->folder);
    if (!book)
        return fail(book.error());
    QList<identity::KnownCertificate> taken;
    const QStringList files = arguments.positional();
    for (const QString &file : files)
        if (const base::Status imported = importFile(*book, file, taken); !imported)
            return fail(imported.error());
    QJsonArray array;
    for (const identity::KnownCertificate &known : std::as_const(taken)) {
        const base::Result<app::CertificateInfo> info = app::certificateInfo(known.certificate);
        if (!info)
            continue;
        const app::CertificateState state = stateOf(context, *profile, known);
        say(u"%1 <%2>: %3"_s.arg(info->name, info->addresses.join(", "_L1), app::stateText(state, *info)));
        array.append(knownJson(known, *info, state));
    }
    if (arguments.wantsJson())
        print(QJsonDocument{array});
    return Exit::Done;
}

Exit list(const Context &context, const QStringList &words)
{
    Arguments arguments{u"certificate list"_s};
    if (const std::optional<Exit> exit = arguments.parse(words, 0))
        return *exit;
    const base::Result<identity::Profile> profile = chosenProfile(context);
    if (!profile)
        return fail(profile.error());
    const base::Result<CertificateBook> book = CertificateBook::open(profile->folder);
    if (!book)
        return fail(book.error());
    QJsonArray array;
    QByteArray text;
    const QList<identity::KnownCertificate> all = book->all();
    for (const identity::KnownCertificate &known : all) {
        const base::Result<app::CertificateInfo> info = app::certificateInfo(known.certificate);
        if (!info)
            continue;
        const app::CertificateState state = stateOf(context, *profile, known);
        array.append(knownJson(known, *info, state));
        text += u"%1  %2  %3  %4\n"_s.arg(QString::fromLatin1(info->fingerprint.first(16)), info->addresses.join(", "_L1), info->name,
                                          app::stateText(state, *info)).toUtf8();
    }
    if (arguments.wantsJson())
        print(QJsonDocument{array});
    else
        printText(QString::fromUtf8(text));
    return Exit::Done;
}

Exit show(const Context &, const QStringList &words)
{
    Arguments arguments{u"certificate show FILE"_s};
    if (const std::optional<Exit> exit = arguments.parse(words, 1))
        return *exit;
    const base::Result<QByteArray> file = readInput(arguments.positional().value(0), app::kLargestCertificateFile);
    if (!file)
        return fail(file.error());
    const base::Result<QList<QByteArray>> certificates = app::certificatesIn(*file);
    if (!certificates)
        return fail(certificates.error());
    QJsonObject first;
    QJsonArray further;
    QByteArray text;
    for (const QByteArray &der : *certificates) {
        const base::Result<app::CertificateInfo> info = app::certificateInfo(der);
        if (!info)
            return fail(info.error());
        text += (text.isEmpty() ? "" : "\n") + certificateLines(*info);
        if (first.isEmpty())
            first = certificateJson(*info);
        else
            further.append(certificateJson(*info));
    }
    if (!further.isEmpty())
        first["further"_L1] = further;
    if (arguments.wantsJson())
        print(QJsonDocument{first});
    else
        printText(QString::fromUtf8(text));
    return Exit::Done;
}

Exit find(const Context &context, const QStringList &words)
{
    Arguments arguments{u"certificate find ADDRESS"_s};
    if (const std::optional<Exit> exit = arguments.parse(words, 1))
        return *exit;
    if (arguments.positional().isEmpty())
        return wrongUsage(Talk::tr("Whose certificate? Name a mail address."));
    const base::Result<identity::Profile> profile = chosenProfile(context);
    if (!profile)
        return fail(profile.error());
    const QString address = arguments.positional().first();
    const app::RecipientCertificate found =
        app::findRecipient(identity::DataDirectory{context.dataDirectory}, *profile, address, QDateTime::currentDateTimeUtc());
    const bool isFound = found.mark == app::RecipientMark::Found;
    const QByteArray pem = isFound ? app::certificatePem(found.certificate) : QByteArray{};
    if (found.mark == app::RecipientMark::None)
        say(Talk::tr("No certificate of %1 is known. Ask for a signed mail, or import the certificate.").arg(address));
    else
        say(u"%1: %2"_s.arg(address, app::stateText(found.reason, found.info)));
    if (arguments.wantsJson()) {
        QJsonObject object{{u"address"_s, address}, {u"result"_s, markName(found.mark)}};
        if (found.mark != app::RecipientMark::None) {
            object["state"_L1] = app::stateName(found.reason);
            object["certificate"_L1] = certificateJson(found.info);
        }
        if (isFound)
            object["pem"_L1] = QString::fromLatin1(pem);
        print(QJsonDocument{object});
    } else {
        print(pem);
    }
    return isFound ? Exit::Done : Exit::Negative;
}

constexpr Command kCommands[] = {
    {"import", QT_TRANSLATE_NOOP("cli::Talk", "take in other people's certificates"), import},
    {"list", QT_TRANSLATE_NOOP("cli::Talk", "list other people's certificates"), list},
    {"show", QT_TRANSLATE_NOOP("cli::Talk", "show what a certificate file says"), show},
    {"find", QT_TRANSLATE_NOOP("cli::Talk", "find the certificate for writing to somebody"), find},
};

} // namespace

Exit runCertificate(const Context &context, const QStringList &words)
{
    return dispatch("certificate", kCommands, context, words);
}

} // namespace cli
