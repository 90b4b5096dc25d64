// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/ForgeCommand.h"

#include "base/Clock.h"
#include "base/FileAccess.h"
#include "forge/Catalogue.h"

#include <QDir>
#include <QJsonArray>
#include <QRandomGenerator>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace cli {

namespace {

// What stands beside the mails; `wax open` takes them in this order.
constexpr auto kAnchors = "ca.pem"_L1;
constexpr auto kLists = "crl.pem"_L1;
constexpr auto kKeys = "keys.pem"_L1;
constexpr auto kManifest = "manifest.json"_L1;

/// What was asked for.
struct Order {
    QList<forge::Recipe> recipes;
    QString folder;         ///< Empty: one mail to stdout.
    quint32 seed = 0;
    QDateTime at;
};

QString nameOf(const forge::Recipe &recipe)
{
    return QString::fromLatin1(recipe.name);
}

Exit listRecipes(const Arguments &arguments)
{
    QJsonArray array;
    QString text;
    for (const forge::Recipe &recipe : forge::catalogue()) {
        array.append(QJsonObject{{u"name"_s, nameOf(recipe)}, {u"about"_s, QString::fromUtf8(recipe.about)}});
        text += u"%1  %2\n"_s.arg(nameOf(recipe), -32).arg(QString::fromUtf8(recipe.about));
    }
    if (arguments.wantsJson())
        print(QJsonDocument(array));
    else
        print(text.toUtf8());
    return Exit::Done;
}

/// The recipes by these names; the first name that is none is in `unknown`.
struct Chosen {
    QList<forge::Recipe> recipes;
    QString unknown;
};

Chosen chosen(const QStringList &names)
{
    Chosen result;
    const QList<forge::Recipe> all = forge::catalogue();
    for (const QString &name : names) {
        const auto found = std::find_if(all.begin(), all.end(), [&name](const forge::Recipe &recipe) { return nameOf(recipe) == name; });
        if (found != all.end())
            result.recipes.append(*found);
        else if (result.unknown.isEmpty())
            result.unknown = name;
    }
    return result;
}

base::Status writeAll(const QDir &folder, const QList<std::pair<QString, QByteArray>> &files)
{
    for (const auto &[name, content] : files)
        if (const base::Status written = base::writeFileOrPipe(folder.filePath(name), content); !written)
            return written;
    return base::Done{};
}

QJsonObject manifestEntry(const forge::Recipe &recipe, const forge::Forgery &forgery)
{
    QJsonObject entry{{u"name"_s, nameOf(recipe)}, {u"about"_s, QString::fromUtf8(recipe.about)},
                      {u"message"_s, nameOf(recipe) + u".eml"_s}, {u"expected"_s, nameOf(recipe) + u".json"_s}};
    if (!forgery.password.isEmpty())
        entry[u"password"_s] = QString::fromUtf8(forgery.password);
    if (!forgery.sharedKey.key.isEmpty())
        entry[u"sharedKey"_s] = QJsonObject{{u"id"_s, QString::fromUtf8(forgery.sharedKey.identifier)},
                                            {u"key"_s, QString::fromLatin1(forgery.sharedKey.key.view().toByteArray().toHex())}};
    return entry;
}

QByteArray manifest(const Order &order, const QJsonArray &mails)
{
    const QJsonArray open{u"open"_s, u"--json"_s, u"--trust"_s, QString(kAnchors), u"--crl"_s, QString(kLists), u"--key"_s, QString(kKeys)};
    return QJsonDocument(QJsonObject{{u"seed"_s, qint64(order.seed)}, {u"at"_s, order.at.toString(Qt::ISODate)}, {u"wax"_s, open}, {u"mails"_s, mails}})
        .toJson();
}

Exit mintInto(const Order &order, forge::World &world)
{
    const QDir folder(order.folder);
    if (!QDir().mkpath(order.folder))
        return fail({ErrorCode::FileNotWritable, order.folder, {}, {}});
    QJsonArray mails;
    for (const forge::Recipe &recipe : order.recipes) {
        const base::Result<forge::Forgery> forgery = forge::mint(recipe, world);
        if (!forgery)
            return fail(forgery.error());
        const QByteArray expected = QJsonDocument(forge::toJson(forgery->expected)).toJson();
        if (const base::Status written = writeAll(folder, {{nameOf(recipe) + u".eml"_s, forgery->message}, {nameOf(recipe) + u".json"_s, expected}}); !written)
            return fail(written.error());
        mails.append(manifestEntry(recipe, *forgery));
    }
    const QList<std::pair<QString, QByteArray>> material{
        {kAnchors, world.anchorsPem()}, {kLists, world.listsPem()}, {kKeys, world.readerPem()}, {kManifest, manifest(order, mails)}};
    if (world.fault())
        return fail(*world.fault());
    if (const base::Status written = writeAll(folder, material); !written)
        return fail(written.error());
    say(Talk::tr("%1 messages in %2, seed %3. Open them with: wax open --json --trust %4 --crl %5 --key %6 NAME.eml; NAME.json holds what to expect.")
            .arg(QString::number(order.recipes.size()), order.folder, QString::number(order.seed), kAnchors, kLists, kKeys));
    return Exit::Done;
}

Exit mintToOutput(const Order &order, forge::World &world, const Arguments &arguments)
{
    const base::Result<forge::Forgery> forgery = forge::mint(order.recipes.first(), world);
    if (!forgery)
        return fail(forgery.error());
    if (arguments.wantsJson())
        print(QJsonDocument(forge::toJson(forgery->expected)));
    else
        print(forgery->message);
    return Exit::Done;
}

} // namespace

Exit runForge(const Context &, const QStringList &words)
{
    Arguments arguments{u"forge list | NAME... [--out DIR] | --all DIR [--seed N] [--at TIME]"_s};
    arguments.addOption({u"all"_s}, Talk::tr("Mint every kind of mail into DIR."), u"DIR"_s);
    arguments.addOption({u"out"_s}, Talk::tr("Mint the named kinds into DIR; without it one goes to standard output."), u"DIR"_s);
    arguments.addOption({u"seed"_s}, Talk::tr("Choose words, numbers and places by N; by chance without it."), u"N"_s);
    arguments.addOption({u"at"_s}, Talk::tr("Make everything relative to TIME, ISO 8601; now by default."), u"TIME"_s);
    if (const std::optional<Exit> exit = arguments.parse(words, 1000))
        return *exit;
    if (arguments.positional() == QStringList{u"list"_s})
        return listRecipes(arguments);
    Order order;
    bool isNumber = true;
    order.seed = arguments.isSet(u"seed"_s) ? arguments.value(u"seed"_s).toUInt(&isNumber) : QRandomGenerator::global()->generate();
    order.at = arguments.isSet(u"at"_s) ? QDateTime::fromString(arguments.value(u"at"_s), Qt::ISODate).toUTC() : base::Clock::system().now();
    if (!isNumber || !order.at.isValid())
        return wrongUsage(Talk::tr("--seed needs a number, --at a time such as 2026-11-23T10:00:00Z."));
    const Chosen choice = chosen(arguments.positional());
    if (!choice.unknown.isEmpty())
        return wrongUsage(Talk::tr("There is no \"%1\"; wax forge list says what there is.").arg(choice.unknown));
    const bool isAll = arguments.isSet(u"all"_s);
    order.recipes = isAll ? forge::catalogue() : choice.recipes;
    order.folder = arguments.value(isAll ? u"all"_s : u"out"_s);
    if (order.recipes.isEmpty() || (isAll && !choice.recipes.isEmpty()) || (order.folder.isEmpty() && order.recipes.size() > 1))
        return wrongUsage(Talk::tr("Say what to mint: one NAME, several with --out DIR, or --all DIR."));
    forge::World world(order.at, order.seed);
    return order.folder.isEmpty() ? mintToOutput(order, world, arguments) : mintInto(order, world);
}

} // namespace cli
