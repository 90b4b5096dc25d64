// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/CertificateFiles.h"
#include "app/Enrolling.h"
#include "app/MessageJson.h"
#include "cli/IdentityCommands.h"
#include "cli/IdentitySupport.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;
using base::ErrorCode;
using identity::Authority;

namespace cli {

namespace {

base::Result<Authority> openAuthority(const Context &context)
{
    return Authority::open(identity::DataDirectory{context.dataDirectory}.authorityFolder());
}

base::Result<Authority> unlockedAuthority(const Context &context, const Arguments &arguments)
{
    base::Result<Authority> authority = openAuthority(context);
    if (!authority)
        return authority;
    const base::Result<base::Secret> passphrase =
        readPassphrase(arguments.value(u"passphrase-file"_s), Talk::tr("Passphrase of the authority \"%1\"").arg(authority->name()));
    if (!passphrase)
        return passphrase.error();
    if (const base::Status unlocked = authority->unlock(*passphrase); !unlocked)
        return unlocked.error();
    return authority;
}

QJsonObject issuedJson(const identity::IssuedCertificate &issued)
{
    QJsonObject object{{u"serial"_s, QString::fromLatin1(issued.serial)},
                       {u"subject"_s, issued.subject},
                       {u"addresses"_s, QJsonArray::fromStringList(issued.addresses)},
                       {u"notBefore"_s, app::timeToJson(issued.notBefore)},
                       {u"notAfter"_s, app::timeToJson(issued.notAfter)},
                       {u"revokedAt"_s, app::timeToJson(issued.revokedAt)}};
    object["reason"_L1] = issued.revokedAt.isValid() ? QJsonValue{identity::nameOf(issued.reason)} : QJsonValue{};
    return object;
}

Exit init(const Context &context, const QStringList &words)
{
    Arguments arguments{u"authority init --name NAME [--key TYPE]"_s};
    arguments.addOption({u"name"_s}, Talk::tr("What the authority is called, as it stands in every certificate."), u"NAME"_s);
    arguments.addOption({u"key"_s}, Talk::tr("Its key: rsa:3072 (default), rsa:2048, rsa:4096, ec:p256, ec:p384, ec:p521, ed25519."), u"TYPE"_s);
    if (const std::optional<Exit> exit = arguments.parse(words, 0))
        return *exit;
    if (arguments.value(u"name"_s).trimmed().isEmpty())
        return wrongUsage(Talk::tr("An authority needs a name: --name NAME"));
    const QString folder = identity::DataDirectory{context.dataDirectory}.authorityFolder();
    if (Authority::existsIn(folder))
        return fail({ErrorCode::AuthorityExists, folder, {}, {}});
    const base::Result<base::Secret> passphrase = readNewPassphrase(arguments.value(u"passphrase-file"_s), Talk::tr("Passphrase of the new authority"));
    if (!passphrase)
        return fail(passphrase.error());
    const base::Result<Authority> made = app::makeAuthority(identity::DataDirectory{context.dataDirectory}, arguments.value(u"name"_s),
                                                            arguments.value(u"key"_s), *passphrase);
    if (!made)
        return fail(made.error());
    say(Talk::tr("Made the authority \"%1\". Every profile of this data directory trusts it.").arg(made->name()));
    if (const base::Result<app::CertificateInfo> info = app::certificateInfo(made->certificate()); info && arguments.wantsJson())
        print(QJsonDocument{certificateJson(*info)});
    return Exit::Done;
}

Exit issue(const Context &context, const QStringList &words)
{
    Arguments arguments{u"authority issue CSR [--address A] [--name N] [--days N]"_s};
    arguments.addOption({u"address"_s}, Talk::tr("Certify this mail address instead of the requested one."), u"ADDRESS"_s);
    arguments.addOption({u"name"_s}, Talk::tr("Certify this name instead of the requested one."), u"NAME"_s);
    arguments.addOption({u"days"_s}, Talk::tr("How long the certificate is valid (default 730)."), u"DAYS"_s);
    if (const std::optional<Exit> exit = arguments.parse(words, 1))
        return *exit;
    if (arguments.positional().isEmpty())
        return wrongUsage(Talk::tr("Which request? Name its file, or - for stdin."));
    identity::IssueOptions options{arguments.value(u"address"_s), arguments.value(u"name"_s)};
    if (arguments.isSet(u"days"_s)) {
        options.validDays = arguments.value(u"days"_s).toInt();
        if (options.validDays < 1 || options.validDays > 7300)
            return wrongUsage(Talk::tr("--days is a number from 1 to 7300."));
    }
    const base::Result<QByteArray> request = readInput(arguments.positional().first(), app::kLargestCertificateFile);
    if (!request)
        return fail(request.error());
    base::Result<Authority> authority = unlockedAuthority(context, arguments);
    if (!authority)
        return fail(authority.error());
    const base::Result<QByteArray> answer = app::answerRequest(identity::DataDirectory{context.dataDirectory}, *authority, *request, options);
    if (!answer)
        return fail(answer.error());
    if (!arguments.wantsJson()) {
        print(*answer);
        return Exit::Done;
    }
    QJsonArray certificates;
    const QList<QByteArray> ders = *app::certificatesIn(*answer);
    for (const QByteArray &der : ders)
        if (const base::Result<app::CertificateInfo> info = app::certificateInfo(der); info && !info->isAuthority)
            certificates.append(certificateJson(*info));
    print(QJsonDocument{QJsonObject{{u"certificates"_s, certificates}, {u"pem"_s, QString::fromLatin1(*answer)}}});
    return Exit::Done;
}

Exit revoke(const Context &context, const QStringList &words)
{
    Arguments arguments{u"authority revoke SERIAL [--reason R]"_s};
    arguments.addOption({u"reason"_s},
                        Talk::tr("unspecified (default), key-compromise, affiliation-changed, superseded or cessation-of-operation."), u"REASON"_s);
    if (const std::optional<Exit> exit = arguments.parse(words, 1))
        return *exit;
    if (arguments.positional().isEmpty())
        return wrongUsage(Talk::tr("Which certificate? Name its serial number; wax authority list shows them."));
    const QString reasonName = arguments.isSet(u"reason"_s) ? arguments.value(u"reason"_s) : u"unspecified"_s;
    const std::optional<identity::RevocationReason> reason = identity::revocationReasonOf(reasonName);
    if (!reason)
        return wrongUsage(Talk::tr("There is no reason \"%1\"; see wax authority revoke --help").arg(reasonName));
    base::Result<Authority> authority = unlockedAuthority(context, arguments);
    if (!authority)
        return fail(authority.error());
    if (const base::Status revoked = authority->revoke(arguments.positional().first().toLatin1(), *reason); !revoked)
        return fail(revoked.error());
    say(Talk::tr("Revoked. Members of this data directory know it at once; give others the list: wax authority crl"));
    if (arguments.wantsJson())
        print(QJsonDocument{QJsonObject{{u"serial"_s, arguments.positional().first().toLower()}, {u"reason"_s, reasonName}}});
    return Exit::Done;
}

Exit crl(const Context &context, const QStringList &words)
{
    Arguments arguments{u"authority crl [--renew]"_s};
    arguments.addOption({u"renew"_s}, Talk::tr("Sign the list anew, with a later date; needs the passphrase."));
    if (const std::optional<Exit> exit = arguments.parse(words, 0))
        return *exit;
    const bool isRenewal = arguments.isSet(u"renew"_s);
    base::Result<Authority> authority = isRenewal ? unlockedAuthority(context, arguments) : openAuthority(context);
    if (!authority)
        return fail(authority.error());
    const base::Result<QByteArray> list = isRenewal ? authority->renewCrl() : authority->crl();
    if (!list)
        return fail(list.error());
    const QByteArray pem = app::crlPem(*list);
    if (arguments.wantsJson())
        print(QJsonDocument{QJsonObject{{u"pem"_s, QString::fromLatin1(pem)}}});
    else
        print(pem);
    return Exit::Done;
}

Exit list(const Context &context, const QStringList &words)
{
    Arguments arguments{u"authority list [--all]"_s};
    arguments.addOption({u"all"_s}, Talk::tr("Certificates of servers, too."));
    if (const std::optional<Exit> exit = arguments.parse(words, 0))
        return *exit;
    const base::Result<Authority> authority = openAuthority(context);
    if (!authority)
        return fail(authority.error());
    const base::Result<QList<identity::IssuedCertificate>> issued = authority->issued();
    if (!issued)
        return fail(issued.error());
    QJsonArray array;
    QByteArray text;
    for (const identity::IssuedCertificate &entry : *issued) {
        if (entry.isServer && !arguments.isSet(u"all"_s))
            continue;
        array.append(issuedJson(entry));
        const QString state = entry.revokedAt.isValid()
            ? u"revoked %1 (%2)"_s.arg(entry.revokedAt.toString(Qt::ISODate), identity::nameOf(entry.reason))
            : u"valid until %1"_s.arg(entry.notAfter.toString(Qt::ISODate));
        text += u"%1  %2  %3\n"_s.arg(QString::fromLatin1(entry.serial), entry.addresses.join(", "_L1), state).toUtf8();
    }
    if (arguments.wantsJson())
        print(QJsonDocument{array});
    else
        printText(QString::fromUtf8(text));
    return Exit::Done;
}

Exit exportCertificate(const Context &context, const QStringList &words)
{
    Arguments arguments{u"authority export"_s};
    if (const std::optional<Exit> exit = arguments.parse(words, 0))
        return *exit;
    const base::Result<Authority> authority = openAuthority(context);
    if (!authority)
        return fail(authority.error());
    const base::Result<app::CertificateInfo> info = app::certificateInfo(authority->certificate());
    if (!info)
        return fail(info.error());
    if (arguments.wantsJson()) {
        QJsonObject object = certificateJson(*info);
        object["pem"_L1] = QString::fromLatin1(authority->certificatePem());
        print(QJsonDocument{object});
    } else {
        print(authority->certificatePem());
    }
    return Exit::Done;
}

constexpr Command kCommands[] = {
    {"init", QT_TRANSLATE_NOOP("cli::Talk", "make the authority of this data directory"), init},
    {"issue", QT_TRANSLATE_NOOP("cli::Talk", "answer a certificate request"), issue},
    {"revoke", QT_TRANSLATE_NOOP("cli::Talk", "revoke a certificate"), revoke},
    {"crl", QT_TRANSLATE_NOOP("cli::Talk", "print the list of revoked certificates"), crl},
    {"list", QT_TRANSLATE_NOOP("cli::Talk", "list what was issued"), list},
    {"export", QT_TRANSLATE_NOOP("cli::Talk", "print the authority's certificate"), exportCertificate},
};

} // namespace

Exit runAuthority(const Context &context, const QStringList &words)
{
    return dispatch("authority", kCommands, context, words);
}

} // namespace cli
