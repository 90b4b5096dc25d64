// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/IdentityService.h"
#include "app/Translations.h"
#include "cli/Command.h"
#include "cli/Commands.h"
#include "provider/Registration.h"

#include <QCoreApplication>
#include <QDir>
#include <QtCrypto>
#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using cli::Exit;

namespace {

QString defaultDataDirectory()
{
    const QString chosen = qEnvironmentVariable("WAXWING_DATA_DIR");
    return chosen.isEmpty() ? identity::DataDirectory::defaultPath() : chosen;
}

QByteArray helpText()
{
    using cli::Talk;
    QString text = Talk::tr("Usage: %1").arg("wax [--data-dir DIR] [--profile ADDRESS] COMMAND [OPTION...]\n\n"_L1);
    text += Talk::tr("S/MIME mail on the command line. Data goes to stdout, talk to stderr; - is stdin.") + u"\n\n"_s + Talk::tr("Commands:") + u'\n';
    for (const cli::Command &command : cli::commands())
        text += u"  "_s + QString::fromLatin1(command.name).leftJustified(14) + Talk::tr(command.summary) + u'\n';
    text += u'\n' + Talk::tr("wax COMMAND --help explains each. Exit status: 0 done, 1 a negative finding, 2 wrong usage, 3 could not do it.") + u'\n';
    return text.toUtf8();
}

/// Reads what stands before the command's name, and takes it off `words`.
std::optional<Exit> readGlobalOptions(QStringList &words, cli::Context &context)
{
    while (!words.isEmpty() && words.first().startsWith(u'-')) {
        const QString word = words.takeFirst();
        const qsizetype equals = word.indexOf(u'=');
        const QString name = word.left(equals);
        if (name == "--help"_L1 || name == "-h"_L1) {
            cli::print(helpText());
            return Exit::Done;
        }
        if (name == "--version"_L1) {
            cli::print("wax " + QCoreApplication::applicationVersion().toLatin1() + '\n');
            return Exit::Done;
        }
        if (name != "--data-dir"_L1 && name != "--profile"_L1)
            return cli::wrongUsage(cli::Talk::tr("There is no option %1 before a command.").arg(name));
        const QString value = equals >= 0 ? word.mid(equals + 1) : words.isEmpty() ? QString{} : words.takeFirst();
        // Nor is the empty variable of a script one: it would be the folder where one stands.
        if (value.isEmpty())
            return cli::wrongUsage(cli::Talk::tr("The option %1 needs a value.").arg(name));
        (name == "--profile"_L1 ? context.profile : context.dataDirectory) = value;
    }
    return std::nullopt;
}

Exit runCommand(QStringList words)
{
    cli::Context context{defaultDataDirectory(), qEnvironmentVariable("WAXWING_PROFILE")};
    if (const std::optional<Exit> exit = readGlobalOptions(words, context))
        return *exit;
    context.dataDirectory = QDir{context.dataDirectory}.absolutePath();
    if (words.isEmpty())
        return cli::wrongUsage(cli::Talk::tr("Which command?"));
    QString name = words.takeFirst();
    if (name == "help"_L1) {
        if (words.isEmpty()) {
            cli::print(helpText());
            return Exit::Done;
        }
        name = words.takeFirst();
        words += u"--help"_s;
    }
    for (const cli::Command &command : cli::commands())
        if (name == QLatin1StringView{command.name})
            return command.run(context, words);
    return cli::wrongUsage(cli::Talk::tr("There is no command %1.").arg(name));
}

/// A closed stream's number would go to the next socket or file that is opened, and what is printed or said would land in that. The numbers are
/// taken in a way in which using them goes on failing.
void occupyClosedStreams()
{
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        if (::fcntl(stream, F_GETFD) < 0)
            (void)::open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

} // namespace

int main(int argc, char *argv[])
{
    occupyClosedStreams();
    // Nothing here needs GLib's event loop, and Qt's own has less to do at each turn.
    qputenv("QT_NO_GLIB", "1");
    QCoreApplication application{argc, argv};
    QCoreApplication::setApplicationName(u"wax"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(WAXWING_VERSION));
    app::installTranslations(QLocale());
    // QCA's objects must not outlive the application object.
    QCA::Initializer initializer;
    const QStringList words = QCoreApplication::arguments().mid(1);
    const Exit exit = provider::registerProvider() ? runCommand(words)
                                                   : cli::fail(base::ErrorCode::Unsupported, cli::Talk::tr("The cryptographic provider could not be started."));
    return static_cast<int>(cli::finishOutput(exit, words));
}
