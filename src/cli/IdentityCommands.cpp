// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/IdentityCommands.h"

#include "app/CertificateFiles.h"
#include "app/Enrolling.h"
#include "app/IdentityImport.h"
#include "app/IdentityService.h"
#include "app/KeyTypes.h"
#include "app/Keyring.h"
#include "cli/IdentitySupport.h"
#include "cli/JoinCommands.h"
#include "cli/Unlock.h"

#include <QJsonArray>
#include <cstdio>
#include <unistd.h>

using namespace Qt::StringLiterals;
using base::ErrorCode;
using identity::Keystore;

namespace cli {

namespace {

QString useName(identity::KeyUse use)
{
    switch (use) {
    case identity::KeyUse::SigningAndEncryption: return u"signing and encryption"_s;
    case identity::KeyUse::Signing: return u"signing"_s;
    case identity::KeyUse::Encryption: return u"encryption"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

QJsonObject keyJson(const identity::KeyEntry &entry, app::CertificateState state)
{
    QJsonObject object{{u"id"_s, entry.id}, {u"use"_s, useName(entry.use)}, {u"state"_s, app::stateName(state)}};
    const base::Result<app::CertificateInfo> info = app::certificateInfo(entry.certificate);
    object["certificate"_L1] = info ? QJsonValue{certificateJson(*info)} : QJsonValue{};
    return object;
}

QByteArray keyLine(const identity::KeyEntry &entry, app::CertificateState state)
{
    const base::Result<app::CertificateInfo> read = app::certificateInfo(entry.certificate);
    const app::CertificateInfo info = read ? *read : app::CertificateInfo{};
    return u"  %1  %2  %3  %4\n"_s.arg(entry.id, useName(entry.use), info.keyType, app::stateText(state, info)).toUtf8();
}

/// The request that an authority has to answer; empty if one has.
void printRequest(const identity::Profile &profile, const QByteArray &request, bool asJson)
{
    if (!asJson)
        return print(request);
    const QJsonValue pem = request.isEmpty() ? QJsonValue{} : QJsonValue{QString::fromLatin1(request)};
    print(QJsonDocument{QJsonObject{{u"address"_s, profile.address}, {u"name"_s, profile.name}, {u"request"_s, pem}}});
}

Arguments::Glossary keyTypes()
{
    Arguments::Glossary entries;
    for (const app::KeyTypeChoice &choice : app::keyTypeChoices())
        entries.append({choice.name, u"%1. %2"_s.arg(choice.title, choice.sentence)});
    return entries;
}

Exit create(const Context &context, const QStringList &words)
{
    Arguments arguments{u"identity create --address A --name N [--key TYPE]"_s};
    arguments.addOption({u"address"_s}, Talk::tr("The mail address."), u"ADDRESS"_s);
    arguments.addOption({u"name"_s}, Talk::tr("The person's name."), u"NAME"_s);
    arguments.addOption({u"key"_s}, Talk::tr("The kind of key, of those below; %1 by default.").arg(app::keyTypeChoices().first().name), u"TYPE"_s);
    arguments.addGlossary(Talk::tr("Kinds of keys:"), &keyTypes);
    arguments.addOption({u"authority-passphrase-file"_s}, Talk::tr("The authority's passphrase, if it is another one."), u"FILE"_s);
    if (const std::optional<Exit> exit = arguments.parse(words, 0))
        return *exit;
    app::NewIdentity wanted;
    wanted.address = arguments.isSet(u"address"_s) ? arguments.value(u"address"_s) : context.profile;
    wanted.name = arguments.isSet(u"name"_s) ? arguments.value(u"name"_s) : wanted.address;
    wanted.keyType = arguments.value(u"key"_s);
    if (wanted.address.isEmpty())
        return wrongUsage(Talk::tr("For which mail address? --address ADDRESS"));
    const base::Result<base::Secret> passphrase = readNewPassphrase(arguments.value(u"passphrase-file"_s), Talk::tr("Passphrase for %1").arg(wanted.address));
    if (!passphrase)
        return fail(passphrase.error());
    wanted.passphrase = *passphrase;
    const base::Result<base::Secret> authority = passphraseOr(arguments.value(u"authority-passphrase-file"_s), *passphrase);
    if (!authority)
        return fail(authority.error());
    wanted.authorityPassphrase = *authority;
    const base::Result<app::CreatedIdentity> created = app::makeIdentity(identity::DataDirectory{context.dataDirectory}, wanted);
    if (!created)
        return fail(created.error());
    if (created->requestPem.isEmpty())
        say(Talk::tr("Made the identity %1; the authority of this data directory vouches for it.").arg(wanted.address));
    else
        say(Talk::tr("Made the keys of %1. There is no authority here: give the request to yours, then: wax identity import CERTIFICATE").arg(wanted.address));
    printRequest(created->profile, created->requestPem, arguments.wantsJson());
    return Exit::Done;
}

Exit list(const Context &context, const QStringList &words)
{
    Arguments arguments{u"identity list"_s};
    if (const std::optional<Exit> exit = arguments.parse(words, 0))
        return *exit;
    const identity::DataDirectory data{context.dataDirectory};
    QList<identity::Profile> profiles = data.profiles();
    if (!context.profile.isEmpty()) {
        const base::Result<identity::Profile> profile = data.profile(context.profile);
        if (!profile)
            return fail(profile.error());
        profiles = {*profile};
    }
    QJsonArray array;
    QByteArray text;
    for (const identity::Profile &profile : std::as_const(profiles)) {
        const base::Result<Keystore> keystore = Keystore::open(profile.folder);
        if (!keystore)
            return fail(keystore.error());
        const identity::TrustMaterial trust = identity::TrustStore{data, profile}.material();
        QJsonArray keys;
        text += u"%1  %2\n"_s.arg(profile.address, profile.name).toUtf8();
        const QList<identity::KeyEntry> entries = keystore->entries();
        for (const identity::KeyEntry &entry : entries) {
            const app::CertificateState state = app::keyState(entry, trust, QDateTime::currentDateTimeUtc());
            keys.append(keyJson(entry, state));
            text += keyLine(entry, state);
        }
        array.append(QJsonObject{{u"address"_s, profile.address}, {u"name"_s, profile.name}, {u"keys"_s, keys}});
    }
    if (arguments.wantsJson())
        print(QJsonDocument{array});
    else
        printText(QString::fromUtf8(text));
    return Exit::Done;
}

/// What a file of keys holds, and the passphrases that it takes to keep them.
struct OfferedKeys {
    base::Secret passphrase;     ///< The profile's.
    base::Secret filePassphrase; ///< Empty where the file needs none.
    identity::IdentityOffer offer;
};

/// As some programs export keys.
bool needsNoPassphrase(const QByteArray &file)
{
    return identity::readIdentity(file, {}, QDateTime::currentDateTimeUtc()).isOk();
}

base::Result<OfferedKeys> readOfferedKeys(const Arguments &arguments, const QByteArray &file)
{
    const base::Result<base::Secret> own = readPassphrase(arguments.value(u"passphrase-file"_s), Talk::tr("Passphrase of the profile"));
    if (!own)
        return own.error();
    const base::Result<base::Secret> files = needsNoPassphrase(file) ? base::Result<base::Secret>{base::Secret{}}
                                                                     : passphraseOr(arguments.value(u"file-passphrase-file"_s), *own);
    if (!files)
        return files.error();
    base::Result<identity::IdentityOffer> offer = identity::readIdentity(file, *files, QDateTime::currentDateTimeUtc());
    if (!offer)
        return offer.error();
    return OfferedKeys{*own, *files, std::move(offer).value()};
}

/// The profile that keys are for: the named one, or that of their address, made if there is none.
base::Result<identity::Profile> profileFor(const Context &context, const OfferedKeys &keys)
{
    const identity::DataDirectory data{context.dataDirectory};
    const QString address = context.profile.isEmpty() ? keys.offer.addresses.first() : context.profile;
    if (!identity::isFor(keys.offer, address))
        return {ErrorCode::CertificateForAnotherAddress, keys.offer.addresses.join(", "_L1)};
    if (base::Result<identity::Profile> present = data.profile(address))
        return present;
    const base::Result<identity::Profile> made = data.createProfile(address, keys.offer.name);
    if (!made)
        return made;
    const base::Result<Keystore> keystore = Keystore::create(made->folder, address, keys.passphrase);
    if (!keystore) {
        if (keystore.error().code != ErrorCode::ProfileExists) // Else another program was quicker.
            (void)data.removeProfile(address);
        return keystore.error();
    }
    return made;
}

QString importedText(const app::ImportedFile &imported)
{
    if (imported.kind == app::ImportedFile::Kind::Identity && imported.count == 0)
        return Talk::tr("%1 has had these keys before.").arg(imported.address);
    switch (imported.kind) {
    case app::ImportedFile::Kind::Nothing: return Talk::tr("Nothing of it is for this profile.");
    case app::ImportedFile::Kind::Identity: return Talk::tr("Took in %1 key(s) of %2.").arg(imported.count).arg(imported.address);
    case app::ImportedFile::Kind::OwnCertificate: return Talk::tr("Took in %1 certificate(s) for keys of %2.").arg(imported.count).arg(imported.address);
    case app::ImportedFile::Kind::PeopleCertificates: return Talk::tr("Took in %1 certificate(s) of other people.").arg(imported.count);
    case app::ImportedFile::Kind::RevocationLists: return Talk::tr("Took in %1 list(s) of revoked certificates.").arg(imported.count);
    }
    Q_UNREACHABLE_RETURN({});
}

Exit import(const Context &context, const QStringList &words)
{
    Arguments arguments{u"identity import FILE [--file-passphrase-file F]"_s};
    arguments.addOption({u"file-passphrase-file"_s}, Talk::tr("The file's passphrase, if it is another one than the profile's."), u"FILE"_s);
    if (const std::optional<Exit> exit = arguments.parse(words, 1))
        return *exit;
    if (arguments.positional().isEmpty())
        return wrongUsage(Talk::tr("Which file? A PKCS#12 with keys, or the certificate that answers a request."));
    const base::Result<QByteArray> file = readInput(arguments.positional().first(), app::kLargestCertificateFile);
    if (!file)
        return fail(file.error());
    const bool isCertificate = app::certificatesIn(*file).isOk() && !identity::holdsPrivateKeys(*file);
    OfferedKeys keys;
    if (!isCertificate) {
        base::Result<OfferedKeys> read = readOfferedKeys(arguments, *file);
        if (!read)
            return fail(read.error());
        keys = std::move(read).value();
    }
    const base::Result<identity::Profile> profile = isCertificate ? chosenProfile(context) : profileFor(context, keys);
    if (!profile)
        return fail(profile.error());
    base::Result<Keystore> keystore = Keystore::open(profile->folder);
    if (!keystore)
        return fail(keystore.error());
    if (!isCertificate)
        if (const base::Status unlocked = keystore->unlock(keys.passphrase); !unlocked)
            return fail(unlocked.error());
    const base::Result<app::ImportedFile> imported =
        app::importAnyFile(identity::DataDirectory{context.dataDirectory}, *keystore, *file, keys.filePassphrase);
    if (!imported)
        return fail(imported.error());
    say(importedText(*imported));
    if (imported->concern != ErrorCode::Unknown)
        (void)fail({imported->concern, u"it was taken in all the same: its key opens old mail"_s, {}, {}});
    if (!imported->authorities.isEmpty())
        say(Talk::tr("An authority's certificate came along. It is not trusted unless you say so: wax trust add FILE"));
    if (arguments.wantsJson())
        print(QJsonDocument{QJsonObject{{u"address"_s, imported->address}, {u"imported"_s, imported->count}}});
    return Exit::Done;
}

Exit exportCertificates(const identity::Profile &profile, bool asJson)
{
    const base::Result<Keystore> keystore = Keystore::open(profile.folder);
    if (!keystore)
        return fail(keystore.error());
    QByteArray pem;
    QList<QByteArray> written;
    const auto append = [&](const QByteArray &der) {
        if (!written.contains(der))
            pem += app::certificatePem(der);
        written.append(der);
    };
    // Those in use: of each use the newest.
    const QList<identity::KeyEntry> entries = keystore->entries();
    QList<identity::KeyUse> covered;
    QList<QByteArray> chains;
    for (const identity::KeyEntry &entry : entries) {
        if (entry.certificate.isEmpty() || covered.contains(entry.use) || covered.contains(identity::KeyUse::SigningAndEncryption))
            continue;
        covered.append(entry.use);
        append(entry.certificate);
        chains += entry.chain;
    }
    for (const QByteArray &issuer : std::as_const(chains))
        append(issuer);
    if (pem.isEmpty())
        return fail({ErrorCode::CertificateNotFound, u"no key of %1 has a certificate yet"_s.arg(profile.address), {}, {}});
    if (asJson)
        print(QJsonDocument{QJsonObject{{u"address"_s, profile.address}, {u"pem"_s, QString::fromLatin1(pem)}}});
    else
        print(pem);
    return Exit::Done;
}

struct UnlockedKeystore {
    Keystore keystore;
    base::Secret passphrase; ///< Which its owner may mean for what comes next, too.
};

base::Result<UnlockedKeystore> unlockedKeystore(const identity::Profile &profile, const Arguments &arguments)
{
    base::Result<Keystore> keystore = Keystore::open(profile.folder);
    if (!keystore)
        return keystore.error();
    base::Secret fitting;
    const auto unlock = [&keystore, &fitting](const base::Secret &passphrase) {
        fitting = passphrase;
        return keystore->unlock(passphrase);
    };
    if (const base::Status unlocked = unlockWith(profile, arguments, unlock); !unlocked)
        return unlocked.error();
    return UnlockedKeystore{std::move(*keystore), fitting};
}

Exit exportIdentity(const Context &context, const QStringList &words)
{
    Arguments arguments{u"identity export --out FILE [--out-passphrase-file F] | --certificate"_s};
    arguments.addOption({u"out"_s}, Talk::tr("The PKCS#12 file that is written; - is stdout."), u"FILE"_s);
    arguments.addOption({u"out-passphrase-file"_s}, Talk::tr("The passphrase of the new file; by default the profile's."), u"FILE"_s);
    arguments.addOption({u"all"_s}, Talk::tr("Old keys, too, as a backup needs them."));
    arguments.addOption({u"certificate"_s}, Talk::tr("Print only the certificate and its chain, as PEM."));
    if (const std::optional<Exit> exit = arguments.parse(words, 0))
        return *exit;
    if (!arguments.isSet(u"certificate"_s) && arguments.value(u"out"_s).isEmpty())
        return wrongUsage(Talk::tr("Into which file? --out FILE, or --certificate for the certificate alone."));
    const base::Result<identity::Profile> profile = chosenProfile(context);
    if (!profile)
        return fail(profile.error());
    if (arguments.isSet(u"certificate"_s))
        return exportCertificates(*profile, arguments.wantsJson());
    base::Result<UnlockedKeystore> own = unlockedKeystore(*profile, arguments);
    if (!own)
        return fail(own.error());
    const base::Result<base::Secret> outPassphrase = passphraseOr(arguments.value(u"out-passphrase-file"_s), own->passphrase);
    if (!outPassphrase)
        return fail(outPassphrase.error());
    const auto scope = arguments.isSet(u"all"_s) ? identity::ExportScope::All : identity::ExportScope::Current;
    const base::Result<QByteArray> file = identity::writeIdentity(*own->keystore.keys(), *outPassphrase, QDateTime::currentDateTimeUtc(), scope);
    if (!file)
        return fail(file.error());
    return writeOutput(arguments.value(u"out"_s), *file, base::NewFile::OwnersAlone);
}

Exit renew(const Context &context, const QStringList &words)
{
    Arguments arguments{u"identity renew [--same-key]"_s};
    arguments.addOption({u"same-key"_s}, Talk::tr("Certify the present keys again instead of new ones."));
    arguments.addOption({u"authority-passphrase-file"_s}, Talk::tr("The authority's passphrase, if it is another one."), u"FILE"_s);
    if (const std::optional<Exit> exit = arguments.parse(words, 0))
        return *exit;
    const base::Result<identity::Profile> profile = chosenProfile(context);
    if (!profile)
        return fail(profile.error());
    base::Result<UnlockedKeystore> own = unlockedKeystore(*profile, arguments);
    if (!own)
        return fail(own.error());
    const base::Result<base::Secret> authority = passphraseOr(arguments.value(u"authority-passphrase-file"_s), own->passphrase);
    if (!authority)
        return fail(authority.error());
    const identity::DataDirectory data{context.dataDirectory};
    const auto keys = arguments.isSet(u"same-key"_s) ? app::RenewalKeys::Same : app::RenewalKeys::Fresh;
    if (const base::Status renewed = app::renewIdentity(data, own->keystore, profile->name, *authority, keys); !renewed) {
        if (renewed.error().code != ErrorCode::AuthorityMissing)
            return fail(renewed.error());
        // The authority is elsewhere: a request is what it needs.
        const base::Result<QByteArray> request = app::requestForRenewal(own->keystore, profile->name, keys);
        if (!request)
            return fail(request.error());
        say(Talk::tr("There is no authority here: give this request to yours, then: wax identity import CERTIFICATE"));
        printRequest(*profile, *request, arguments.wantsJson());
        return Exit::Done;
    }
    say(Talk::tr("Renewed. Old mail can still be opened with the old keys."));
    if (arguments.wantsJson())
        printRequest(*profile, {}, true);
    return Exit::Done;
}

Exit answerOnKeyring(const identity::Profile &profile, bool isRemembered, const Arguments &arguments)
{
    say((isRemembered ? Talk::tr("This desktop's keyring keeps the passphrase of %1 from now on. To take it back: wax identity forget")
                      : Talk::tr("The passphrase of %1 is not in this desktop's keyring any more.")).arg(profile.address));
    if (arguments.wantsJson())
        print(QJsonDocument{QJsonObject{{u"address"_s, profile.address}, {u"remembered"_s, isRemembered}}});
    return Exit::Done;
}

Exit remember(const Context &context, const QStringList &words)
{
    Arguments arguments{u"identity remember"_s};
    if (const std::optional<Exit> exit = arguments.parse(words, 0))
        return *exit;
    const base::Result<identity::Profile> profile = chosenProfile(context);
    if (!profile)
        return fail(profile.error());
    const app::Keyring keyring;
    // Before somebody types in vain.
    if (const base::Status there = keyring.probe(); !there)
        return fail(there.error());
    const base::Result<UnlockedKeystore> own = unlockedKeystore(*profile, arguments);
    if (!own)
        return fail(own.error());
    if (const base::Status kept = keyring.remember(*profile, own->passphrase); !kept)
        return fail(kept.error());
    return answerOnKeyring(*profile, true, arguments);
}

Exit forget(const Context &context, const QStringList &words)
{
    Arguments arguments{u"identity forget"_s};
    if (const std::optional<Exit> exit = arguments.parse(words, 0))
        return *exit;
    const base::Result<identity::Profile> profile = chosenProfile(context);
    if (!profile)
        return fail(profile.error());
    if (const base::Status forgotten = app::Keyring{}.forget(*profile); !forgotten)
        return fail(forgotten.error());
    return answerOnKeyring(*profile, false, arguments);
}

bool isConfirmed(const QString &address)
{
    std::fprintf(stderr, "%s: ", qUtf8Printable(Talk::tr("Delete %1 with all keys and mail, for good? Type the address to confirm").arg(address)));
    char line[512] = {};
    return std::fgets(line, sizeof line, stdin) && QString::fromUtf8(line).trimmed() == address;
}

Exit deleteIdentity(const Context &context, const QStringList &words)
{
    Arguments arguments{u"identity delete [--yes]"_s};
    arguments.addOption({u"yes"_s}, Talk::tr("Do not ask; needed where there is no terminal."));
    if (const std::optional<Exit> exit = arguments.parse(words, 0))
        return *exit;
    if (context.profile.isEmpty())
        return wrongUsage(Talk::tr("Which one? wax --profile ADDRESS identity delete"));
    // Silence is no consent: a script that means it says so.
    if (!arguments.isSet(u"yes"_s) && isatty(STDIN_FILENO) == 0)
        return wrongUsage(Talk::tr("Nobody can be asked without a terminal: --yes deletes the profile with all keys and mail, for good."));
    const identity::DataDirectory data{context.dataDirectory};
    const base::Result<identity::Profile> profile = data.profile(context.profile);
    if (!profile)
        return fail(profile.error());
    if (!arguments.isSet(u"yes"_s) && !isConfirmed(profile->address)) {
        say(Talk::tr("Nothing was deleted."));
        return Exit::Negative;
    }
    // With the profile goes what tells that something of it is kept elsewhere.
    if (app::Keyring::isUsedBy(*profile))
        if (const base::Status forgotten = app::Keyring{}.forget(*profile); !forgotten)
            (void)fail(forgotten.error());
    if (const base::Status removed = app::removeIdentity(data, profile->address); !removed)
        return fail(removed.error());
    say(Talk::tr("Deleted %1.").arg(profile->address));
    return Exit::Done;
}

constexpr Command kCommands[] = {
    {"create", QT_TRANSLATE_NOOP("cli::Talk", "make keys for a mail address, and their certificate"), create},
    {"list", QT_TRANSLATE_NOOP("cli::Talk", "list the profiles and their keys"), list},
    {"import", QT_TRANSLATE_NOOP("cli::Talk", "take in a PKCS#12 file, or the certificate that answers a request"), import},
    {"export", QT_TRANSLATE_NOOP("cli::Talk", "write keys to a PKCS#12 file, or the certificate to stdout"), exportIdentity},
    {"join", QT_TRANSLATE_NOOP("cli::Talk", "take part at a relay elsewhere, by its join card"), runIdentityJoin},
    {"remember", QT_TRANSLATE_NOOP("cli::Talk", "keep the passphrase in this desktop's keyring"), remember},
    {"forget", QT_TRANSLATE_NOOP("cli::Talk", "take the passphrase out of this desktop's keyring"), forget},
    {"renew", QT_TRANSLATE_NOOP("cli::Talk", "get new certificates"), renew},
    {"delete", QT_TRANSLATE_NOOP("cli::Talk", "delete a profile with its keys and mail"), deleteIdentity},
};

} // namespace

Exit runIdentity(const Context &context, const QStringList &words)
{
    return dispatch("identity", kCommands, context, words);
}

} // namespace cli
