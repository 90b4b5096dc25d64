// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "ui/Theme.h"

#include <QProcessEnvironment>
#include <QStringList>

namespace ui {

/// What a start of `waxwing` asks for; CONTRACT.md names the options and variables.
struct CommandLine {
    QString dataDirectory;      ///< Absolute.
    QStringList profiles;       ///< Addresses, in the order given, each once.
    bool isDemonstration = false;
    bool startsRelay = false;
    bool isMinimised = false;
    bool wantsHelp = false;
    bool wantsVersion = false;
    Appearance appearance = Appearance::System;
    QString passphraseFile;     ///< Empty: none.
    QString screenshotFolder;   ///< Not empty: perform the demonstration and leave pictures there.
    QString smtp;               ///< ADDR:PORT or empty for the default.
    QString pop3;
    QStringList files;          ///< .eml, .p12, mailto:
};

/// Reads the words behind the program's name; a flag is stronger than its variable.
/// InvalidArgument, with the sentence for stderr as detail.
[[nodiscard]] base::Result<CommandLine> readCommandLine(const QStringList &words, const QProcessEnvironment &environment);

/// The text of --help.
[[nodiscard]] QByteArray commandLineHelp();

/// The form in which a second start hands its wishes to the first; readCommandLine reads it back.
[[nodiscard]] QStringList toWords(const CommandLine &line);

} // namespace ui
