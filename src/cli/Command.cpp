// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/Command.h"

#include "app/ErrorText.h"
#include "app/MessageJson.h"

#include <QCoreApplication>
#include <QFile>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <termios.h>
#include <unistd.h>
#include <utility>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace cli {

namespace {

/// "out-passphrase-file" is WAXWING_OUT_PASSPHRASE_FILE.
QByteArray environmentNameOf(const QString &option)
{
    return "WAXWING_" + option.toUpper().replace(u'-', u'_').toLatin1();
}

/// The way back.
QString optionNameOf(const char *environmentName)
{
    return QString::fromLatin1(environmentName).sliced(qstrlen("WAXWING_")).toLower().replace(u'_', u'-');
}

/// What a switch in the environment says: it may be there and say no.
bool isYes(const QString &value)
{
    const QString word = value.trimmed().toLower();
    return !word.isEmpty() && word != "0"_L1 && word != "no"_L1 && word != "off"_L1 && word != "false"_L1;
}

/// What became of the answer, for finishOutput().
struct Output {
    bool hasBegun = false;
    int fault = 0;                   ///< Why standard output did not take something; 0 if it took everything.
    std::optional<base::Error> said; ///< What was last said to have failed.
} s_output;

/// Of the command that runs, for whoever uses it wrongly; empty before one is known.
QString s_usage;

/// "wax relay user add" of "relay user add ADDRESS --password-file FILE".
QString commandIn(const QString &usage)
{
    QString command = u"wax"_s;
    for (const QString &word : usage.split(u' ', Qt::SkipEmptyParts)) {
        if (!word.front().isLower())
            break;
        command += u' ' + word;
    }
    return command;
}

/// Switches the terminal's echo off and, at the end, on again; also where a signal ends the program. One at a time.
class RestoreEchoOnExit
{
public:
    RestoreEchoOnExit()
    {
        tcgetattr(STDIN_FILENO, &s_saved);
        for (std::size_t i = 0; i < kEnding.size(); ++i)
            if (m_before[i] = std::signal(kEnding[i], endEchoing); m_before[i] == SIG_IGN)
                std::signal(kEnding[i], SIG_IGN);
        termios silent = s_saved;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    ~RestoreEchoOnExit()
    {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &s_saved);
        for (std::size_t i = 0; i < kEnding.size(); ++i)
            std::signal(kEnding[i], m_before[i]);
    }
    Q_DISABLE_COPY_MOVE(RestoreEchoOnExit)

private:
    static void endEchoing(int number)
    {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &s_saved);
        std::signal(number, SIG_DFL);
        std::raise(number);
    }

    static constexpr std::array kEnding{SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    inline static termios s_saved{};
    std::array<void (*)(int), kEnding.size()> m_before{};
};

} // namespace

Arguments::Arguments(const QString &usage) : m_usage(usage)
{
    s_usage = usage;
    addOption({u"json"_s}, Talk::tr("Answer as JSON."));
    addOption({u"passphrase-file"_s}, Talk::tr("Read the passphrase from the first line of FILE."), u"FILE"_s);
    addOption({u"h"_s, u"help"_s}, Talk::tr("Show this help."));
}

void Arguments::addOption(const QStringList &names, const QString &description, const QString &valueName)
{
    m_parser.addOption(QCommandLineOption{names, description, valueName});
    if (valueName.isEmpty())
        m_switches += names;
}

void Arguments::addGlossary(const QString &title, Glossary (*entries)())
{
    m_glossaryTitle = title;
    m_glossary = entries;
}

std::optional<Exit> Arguments::parse(const QStringList &words, int positionalAtMost)
{
    if (!m_parser.parse(QStringList{u"wax"_s} + words))
        return wrongUsage(m_parser.errorText());
    if (m_parser.isSet(u"help"_s)) {
        print(helpText().toUtf8());
        return Exit::Done;
    }
    if (m_parser.positionalArguments().size() > positionalAtMost)
        return wrongUsage(Talk::tr("There is one word too many: %1").arg(m_parser.positionalArguments().last()));
    return std::nullopt;
}

QString Arguments::helpText() const
{
    QString text = m_parser.helpText();
    text.replace(0, text.indexOf(u'\n'), Talk::tr("Usage: %1").arg("wax [--data-dir DIR] [--profile ADDRESS] "_L1 + m_usage));
    if (!m_glossary)
        return text;
    text += u"\n%1\n"_s.arg(m_glossaryTitle);
    for (const auto &[word, sentence] : m_glossary())
        text += u"  %1\n      %2\n"_s.arg(word, sentence);
    return text;
}

bool Arguments::isSet(const QString &name) const
{
    if (m_parser.isSet(name))
        return true;
    const QString value = qEnvironmentVariable(environmentNameOf(name).constData());
    return m_switches.contains(name) ? isYes(value) : !value.isEmpty();
}

QString Arguments::value(const QString &name) const
{
    return m_parser.isSet(name) ? m_parser.value(name) : qEnvironmentVariable(environmentNameOf(name).constData());
}

QStringList Arguments::values(const QString &name) const
{
    if (m_parser.isSet(name))
        return m_parser.values(name);
    const QString fromEnvironment = qEnvironmentVariable(environmentNameOf(name).constData());
    return fromEnvironment.isEmpty() ? QStringList{} : QStringList{fromEnvironment};
}

std::optional<QStringList> Arguments::flag(const QString &name) const
{
    if (!m_parser.isSet(name))
        return std::nullopt;
    const QStringList values = m_parser.values(name);
    return values.isEmpty() ? QStringList{u"true"_s} : values;
}

std::optional<int> limitOf(const Arguments &arguments)
{
    constexpr int kDefault = 1000;
    if (!arguments.isSet(u"limit"_s))
        return kDefault;
    bool isNumber = false;
    const int limit = arguments.value(u"limit"_s).toInt(&isNumber);
    return isNumber && limit > 0 ? std::optional{limit} : std::nullopt;
}

namespace {

QString withoutControls(QString text)
{
    for (QChar &c : text)
        if (c.category() == QChar::Other_Control && c != u'\n' && c != u'\t')
            c = QChar::ReplacementCharacter;
    return text;
}

/// Bold on a terminal, as no word of a letter can be, wherever a long line of it is broken: none of its escape sequences are printed.
QByteArray ownName()
{
    const QByteArray terminal = qgetenv("TERM");
    const bool canBeBold = isatty(STDERR_FILENO) && !terminal.isEmpty() && terminal != "dumb";
    return canBeBold ? "\033[1mwax:\033[22m " : "wax: ";
}

} // namespace

void print(const QByteArray &data)
{
    const auto octets = static_cast<std::size_t>(data.size());
    s_output.hasBegun = true;
    if ((std::fwrite(data.constData(), 1, octets, stdout) != octets || std::fflush(stdout) != 0) && s_output.fault == 0)
        s_output.fault = errno;
}

void print(const QJsonDocument &document)
{
    print(document.toJson(QJsonDocument::Indented));
}

void printText(const QString &text)
{
    print(withoutControls(text).toUtf8());
}

void say(const QString &sentence)
{
    const QByteArray line = ownName() + withoutControls(sentence).toUtf8() + '\n';
    std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stderr);
}

Exit fail(const base::Error &error)
{
    s_output.said = error;
    const app::ErrorText text = app::errorText(error);
    say(text.sentence);
    if (!error.detail.isEmpty())
        say(error.detail);
    if (!error.reply.isEmpty())
        say(u"the server said: %1"_s.arg(QString::fromUtf8(error.reply).simplified()));
    return Exit::CouldNot;
}

Exit fail(ErrorCode code, const QString &sentence)
{
    s_output.said = base::Error{code, sentence, {}, {}};
    say(sentence);
    return Exit::CouldNot;
}

Exit wrongUsage(const QString &sentence)
{
    fail(ErrorCode::InvalidArgument, sentence);
    say(Talk::tr("See: %1").arg(commandIn(s_usage) + " --help"_L1));
    return Exit::WrongUsage;
}

Exit writeOutput(const QString &file, const QByteArray &data, base::NewFile made)
{
    if (file == "-"_L1) {
        print(data);
        return Exit::Done;
    }
    const base::Status written = base::writeFileOrPipe(file, data, made);
    return written ? Exit::Done : fail(written.error());
}

Exit finishOutput(Exit exit, const QStringList &words)
{
    const bool wantsJson = words.contains("--json"_L1) || isYes(qEnvironmentVariable("WAXWING_JSON"));
    if (wantsJson && !s_output.hasBegun)
        print(QJsonDocument{exit != Exit::Done && s_output.said ? QJsonObject{{u"error"_s, app::toJson(*s_output.said)}} : QJsonObject{}});
    return s_output.fault == 0 ? exit : fail(base::systemFault(s_output.fault, u"stdout"_s, ErrorCode::FileNotWritable));
}

base::Result<QByteArray> readInput(const QString &file, qint64 limitOctets)
{
    if (!file.isEmpty() && file != "-"_L1)
        return base::readFileOrPipe(file, limitOctets);
    static bool s_isSpent = false;
    if (std::exchange(s_isSpent, true))
        return {ErrorCode::InvalidArgument, u"stdin was read already: it can be one file only"_s};
    return base::readToEnd(STDIN_FILENO, u"stdin"_s, limitOctets);
}

base::Result<base::Secret> readPassphrase(const QString &file, const QString &prompt, const char *environmentName)
{
    const QString source = file.isEmpty() ? qEnvironmentVariable(environmentName) : file;
    if (!source.isEmpty()) {
        base::Result<QByteArray> bytes = readInput(source, 64 * 1024);
        if (!bytes)
            return bytes.error();
        return base::Secret::firstLineOf(std::move(bytes).value());
    }
    if (!isatty(STDIN_FILENO))
        return {ErrorCode::PassphraseMissing, u"no terminal to ask at; give --"_s + optionNameOf(environmentName)};
    std::fprintf(stderr, "%s: ", qUtf8Printable(prompt));
    QFile terminal;
    QByteArray line;
    {
        const RestoreEchoOnExit restore;
        if (!terminal.open(stdin, QIODevice::ReadOnly))
            return {ErrorCode::PassphraseMissing, u"the terminal cannot be read"_s};
        line = terminal.readLine(64 * 1024);
    }
    std::fputc('\n', stderr);
    return base::Secret::firstLineOf(std::move(line));
}

base::Result<base::Secret> readPassword(const QString &file)
{
    return readPassphrase(file, Talk::tr("Password"), "WAXWING_PASSWORD_FILE");
}

} // namespace cli
