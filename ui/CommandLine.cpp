// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/CommandLine.h"

#include "app/Workplace.h"

#include <QCommandLineParser>
#include <QDir>
#include <QUrl>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace ui {

namespace {

void addOptions(QCommandLineParser &parser)
{
    parser.setSingleDashWordOptionMode(QCommandLineParser::ParseAsLongOptions);
    parser.addOptions({
        {u"data-dir"_s, u"Where profiles, keys and mail are kept."_s, u"DIR"_s},
        {u"profile"_s, u"Open a window for this address; may be repeated."_s, u"ADDRESS"_s},
        {u"demo"_s, u"Make Alice, Bob and their authority if they are missing, and open both windows."_s},
        {u"start-relay"_s, u"Start the relay at once."_s},
        {u"minimised"_s, u"Begin with minimised windows."_s},
        {u"appearance"_s, u"light, dark or system."_s, u"MODE"_s},
        {u"passphrase-file"_s, u"Unlock keys with the first line of this file."_s, u"FILE"_s},
        {u"smtp"_s, u"Where the relay takes mail."_s, u"ADDR:PORT"_s},
        {u"pop3"_s, u"Where the relay gives mail."_s, u"ADDR:PORT"_s},
        {u"screenshot"_s, u"Perform the demonstration and leave pictures of every main view in DIR."_s, u"DIR"_s},
        {{u"h"_s, u"help"_s}, u"Show this text."_s},
        {{u"v"_s, u"version"_s}, u"Show the version."_s},
    });
    parser.addPositionalArgument(u"FILE"_s, u"A message, a PKCS#12 file or a mailto: address to open."_s, u"[FILE.eml|FILE.p12|mailto:...]"_s);
}

std::optional<Appearance> appearanceOf(const QString &word)
{
    if (word == "light"_L1)
        return Appearance::Light;
    if (word == "dark"_L1)
        return Appearance::Dark;
    if (word.isEmpty() || word == "system"_L1)
        return Appearance::System;
    return std::nullopt;
}

QString absolute(const QString &path) { return path.isEmpty() ? path : QDir::cleanPath(QDir{path}.absolutePath()); }

/// Some file managers name a file by its URL.
QString toFile(const QString &word)
{
    if (word.startsWith("mailto:"_L1, Qt::CaseInsensitive))
        return word;
    const QUrl url = word.startsWith("file:"_L1, Qt::CaseInsensitive) ? QUrl(word) : QUrl();
    return absolute(url.isLocalFile() ? url.toLocalFile() : word);
}

} // namespace

base::Result<CommandLine> readCommandLine(const QStringList &words, const QProcessEnvironment &environment)
{
    QCommandLineParser parser;
    addOptions(parser);
    if (!parser.parse(QStringList{u"waxwing"_s} + words))
        return {ErrorCode::InvalidArgument, parser.errorText()};
    const auto valueOf = [&](const QString &option, const QString &variable) {
        return parser.isSet(option) ? parser.value(option) : environment.value(variable);
    };
    CommandLine line;
    const QString appearance = valueOf(u"appearance"_s, u"WAXWING_APPEARANCE"_s);
    const std::optional<Appearance> known = appearanceOf(appearance);
    if (!known)
        return {ErrorCode::InvalidArgument, u"The appearance is light, dark or system, not %1."_s.arg(appearance)};
    line.appearance = *known;
    line.dataDirectory = valueOf(u"data-dir"_s, u"WAXWING_DATA_DIR"_s);
    if (line.dataDirectory.isEmpty())
        line.dataDirectory = identity::DataDirectory::defaultPath();
    line.dataDirectory = absolute(line.dataDirectory);
    line.profiles = parser.values(u"profile"_s);
    line.profiles.removeDuplicates();
    line.isDemonstration = parser.isSet(u"demo"_s);
    line.startsRelay = parser.isSet(u"start-relay"_s);
    line.isMinimised = parser.isSet(u"minimised"_s);
    line.wantsHelp = parser.isSet(u"help"_s);
    line.wantsVersion = parser.isSet(u"version"_s);
    line.passphraseFile = absolute(valueOf(u"passphrase-file"_s, u"WAXWING_PASSPHRASE_FILE"_s));
    line.screenshotFolder = absolute(parser.value(u"screenshot"_s));
    line.smtp = valueOf(u"smtp"_s, u"WAXWING_SMTP"_s);
    line.pop3 = valueOf(u"pop3"_s, u"WAXWING_POP3"_s);
    for (const QString &file : parser.positionalArguments())
        line.files += toFile(file);
    return line;
}

QByteArray commandLineHelp()
{
    QCommandLineParser parser;
    addOptions(parser);
    parser.setApplicationDescription(u"Mail with S/MIME, and a relay of its own."_s);
    return parser.helpText().toUtf8();
}

QStringList toWords(const CommandLine &line)
{
    QStringList words{u"--data-dir"_s, line.dataDirectory};
    for (const QString &profile : line.profiles)
        words << u"--profile"_s << profile;
    if (line.isDemonstration)
        words << u"--demo"_s;
    if (line.startsRelay)
        words << u"--start-relay"_s;
    if (!line.passphraseFile.isEmpty())
        words << u"--passphrase-file"_s << line.passphraseFile;
    return words << u"--"_s << line.files;
}

} // namespace ui
