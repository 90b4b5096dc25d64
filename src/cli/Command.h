// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/FileAccess.h"
#include "base/Result.h"
#include "base/Secret.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonDocument>
#include <QStringList>

#include <utility>

namespace cli {

/// wax's own sentences, for people and for translators; what the windows say, too, is in app.
class Talk
{
    Q_DECLARE_TR_FUNCTIONS(cli::Talk)
};

/// The exit statuses of CONTRACT.md.
enum class Exit { Done = 0, Negative = 1, WrongUsage = 2, CouldNot = 3 };

/// What stood before the command's name, or in the environment.
struct Context {
    QString dataDirectory; ///< Absolute.
    QString profile;       ///< The address given with --profile or WAXWING_PROFILE; empty if none.
};

/// One command's options. Adds --json, --passphrase-file and --help; each long option may also be set as
/// WAXWING_NAME in the environment, the flag being stronger; a switch set to 0, no, off or false there is not set.
class Arguments
{
public:
    /// `usage` is the text behind the command's name, such as "seal --from A --to B... [FILE]".
    explicit Arguments(const QString &usage);

    /// `names` as for QCommandLineOption; an option with a value names it, one that may be repeated is just asked with values().
    void addOption(const QStringList &names, const QString &description, const QString &valueName = {});

    /// Words that somebody may look up, each with its sentence, for the end of --help.
    using Glossary = QList<std::pair<QString, QString>>;
    void addGlossary(const QString &title, Glossary (*entries)());

    /// Reads the words behind the command's name. With --help, or if they are wrong, the text for stdout or
    /// stderr was printed and the exit status is returned; otherwise the command goes on.
    [[nodiscard]] std::optional<Exit> parse(const QStringList &words, int positionalAtMost);

    [[nodiscard]] bool isSet(const QString &name) const;
    [[nodiscard]] QString value(const QString &name) const;
    [[nodiscard]] QStringList values(const QString &name) const;
    /// What stood on the command line alone, or nothing; "true" for a switch.
    [[nodiscard]] std::optional<QStringList> flag(const QString &name) const;
    [[nodiscard]] QStringList positional() const { return m_parser.positionalArguments(); }
    [[nodiscard]] bool wantsJson() const { return isSet(QStringLiteral("json")); }

private:
    [[nodiscard]] QString helpText() const;

    QString m_usage;
    QString m_glossaryTitle;
    Glossary (*m_glossary)() = nullptr;
    QCommandLineParser m_parser;
    QStringList m_switches; ///< Options without a value.
};

/// What --limit says, 1000 without it; nothing if it is no number above 0.
[[nodiscard]] std::optional<int> limitOf(const Arguments &arguments);

/// Data to stdout, as it is.
void print(const QByteArray &data);
void print(const QJsonDocument &document);
/// Text to stdout that others may have written: what a terminal would obey (ESC, backspace, ...) is replaced, so that no letter can paint a verdict
/// over the true one.
void printText(const QString &text);
/// Talk to stderr, one line; controls are replaced in the same way.
void say(const QString &sentence);
/// Says the sentence for `error` (app/ErrorText), its detail below, and returns Exit::CouldNot.
Exit fail(const base::Error &error);
/// The same where the fault has a sentence of its own.
Exit fail(base::ErrorCode code, const QString &sentence);
/// Says what is wrong with the words, and which help to read, and returns Exit::WrongUsage.
Exit wrongUsage(const QString &sentence);
/// Called once, with the program's words, after the command. Whoever asked for JSON and was printed nothing is answered {"error": {"code", "detail",
/// "offset", "reply"}} with what was said, or {} if all went well. Returns `exit`, or Exit::CouldNot with a sentence if standard output did not take everything.
Exit finishOutput(Exit exit, const QStringList &words);

/// Writes what --out asks for: to FILE, or to stdout for "-".
Exit writeOutput(const QString &file, const QByteArray &data, base::NewFile made = base::NewFile::AsUsual);

/// The whole of FILE, or of stdin for "-" and for an empty name. FileNotFound, FileNotReadable, FileTooLarge; InvalidArgument: stdin for the second time.
[[nodiscard]] base::Result<QByteArray> readInput(const QString &file, qint64 limitOctets = 1 << 30);

/// The first line of `file`, or of the file that `environmentName` names, or what a person types at the
/// prompt, without echo. PassphraseMissing if there is neither file nor terminal.
[[nodiscard]] base::Result<base::Secret> readPassphrase(const QString &file, const QString &prompt,
                                                        const char *environmentName = "WAXWING_PASSPHRASE_FILE");

/// The same for the password of a mailbox.
[[nodiscard]] base::Result<base::Secret> readPassword(const QString &file);

/// One entry of `wax`'s list of commands: `run(context, words behind the name)`.
struct Command {
    const char *name;
    const char *summary;
    Exit (*run)(const Context &context, const QStringList &words);
};

} // namespace cli
