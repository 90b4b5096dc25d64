// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/MaterialOptions.h"

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace cli {

namespace {

base::Result<QList<QByteArray>> readAll(const QStringList &files)
{
    QList<QByteArray> contents;
    for (const QString &file : files) {
        base::Result<QByteArray> bytes = readInput(file, 16 * 1024 * 1024);
        if (!bytes)
            return bytes.error();
        contents.append(std::move(bytes).value());
    }
    return contents;
}

/// ID=FILE: the name that messages give the key, and a file with its octets in hex. A name need not be text; then it is meant as verdicts show it, in hex.
base::Result<QList<smime::SharedKey>> readSharedKeys(const QString &option)
{
    const qsizetype equals = option.indexOf(u'=');
    if (equals < 1)
        return {ErrorCode::InvalidArgument, u"--shared-key needs ID=FILE"_s};
    base::Result<QByteArray> file = readInput(option.sliced(equals + 1), 4096);
    if (!file)
        return file.error();
    const base::Secret hex = base::Secret::takenFrom(std::move(file).value());
    const base::Secret key = base::Secret::takenFrom(QByteArray::fromHex(hex.view().trimmed().toByteArray()));
    const QByteArray name = option.first(equals).toUtf8();
    QList<smime::SharedKey> keys{{name, key}};
    if (const QByteArray octets = QByteArray::fromHex(name); octets.toHex() == name.toLower())
        keys.append({octets, key});
    return keys;
}

base::Status addSecrets(const Arguments &arguments, smime::OpeningMaterial &material)
{
    for (const QString &option : arguments.values(u"shared-key"_s)) {
        const base::Result<QList<smime::SharedKey>> keys = readSharedKeys(option);
        if (!keys)
            return keys.error();
        material.sharedKeys += *keys;
    }
    for (const QString &file : arguments.values(u"message-password-file"_s)) {
        base::Result<base::Secret> password = readPassphrase(file, cli::Talk::tr("Password of the message"));
        if (!password)
            return password.error();
        material.passwords += std::move(password).value();
    }
    return base::Done{};
}

} // namespace

void addFileOptions(Arguments &arguments)
{
    arguments.addOption({u"trust"_s}, Talk::tr("Trust the certificates in FILE, and nothing else."), u"FILE"_s);
    arguments.addOption({u"crl"_s}, Talk::tr("Use the revocation lists in FILE."), u"FILE"_s);
    arguments.addOption({u"key"_s}, Talk::tr("Use the private keys and certificates in FILE."), u"FILE"_s);
    arguments.addOption({u"certificate"_s}, Talk::tr("Use the certificates of other people in FILE."), u"FILE"_s);
}

void addMaterialOptions(Arguments &arguments)
{
    addFileOptions(arguments);
    arguments.addOption({u"message-password-file"_s}, Talk::tr("Open messages encrypted with the password in FILE; may be repeated."), u"FILE"_s);
    arguments.addOption({u"shared-key"_s}, Talk::tr("Open messages encrypted with a shared key: its name in the message, as text or in hex, and a file with it in hex."), u"ID=FILE"_s);
}

bool hasFiles(const Arguments &arguments)
{
    return arguments.isSet(u"trust"_s) || arguments.isSet(u"key"_s) || arguments.isSet(u"crl"_s) || arguments.isSet(u"certificate"_s);
}

bool hasMaterialFiles(const Arguments &arguments)
{
    return hasFiles(arguments) || arguments.isSet(u"shared-key"_s) || arguments.isSet(u"message-password-file"_s);
}

base::Result<smime::OpeningMaterial> materialFromFiles(const Arguments &arguments)
{
    base::Result<smime::OpeningMaterial> material = keysAndTrustFrom(arguments);
    if (!material)
        return material;
    if (const base::Status added = addSecrets(arguments, *material); !added)
        return added.error();
    return material;
}

base::Result<smime::OpeningMaterial> keysAndTrustFrom(const Arguments &arguments)
{
    app::MaterialFiles files;
    for (const auto &[name, target] :
         {std::pair{u"trust"_s, &files.trust}, {u"crl"_s, &files.crls}, {u"key"_s, &files.keys}, {u"certificate"_s, &files.certificates}}) {
        base::Result<QList<QByteArray>> contents = readAll(arguments.values(name));
        if (!contents)
            return contents.error();
        *target = std::move(contents).value();
    }
    base::Result<smime::OpeningMaterial> material =
        app::readMaterial(files, [&arguments] { return readPassphrase(arguments.value(u"passphrase-file"_s), Talk::tr("Passphrase of the key")); });
    if (material && material->loneKeys > 0)
        say(Talk::tr("A private key came without its certificate and is not used: messages name the certificate. Give it as well, by --key or --certificate."));
    return material;
}

} // namespace cli
