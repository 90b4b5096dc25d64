// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ErrorText.h"
#include "app/SignalWatch.h"
#include "provider/Registration.h"
#include "ui/CommandLine.h"
#include "ui/DemonstrationTour.h"
#include "ui/Desktop.h"
#include "ui/Icons.h"
#include "ui/Language.h"
#include "ui/SingleInstance.h"
#include "ui/WindowRole.h"

#include <QApplication>
#include <QMessageBox>
#include <QtCrypto>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

constexpr int kWrongUsage = 2;
constexpr int kCouldNot = 3;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::Main)
};

int say(FILE *stream, const QByteArray &text, int status)
{
    std::fwrite(text.constData(), 1, size_t(text.size()), stream);
    return status;
}

void complain(const QString &sentence) { say(stderr, "waxwing: " + sentence.toUtf8() + '\n', 0); }

/// Says on stderr and, to whoever started it from a menu, in a box why there is no window. The program ends with the box.
void refuse(const QString &sentence, const QString &detail = {})
{
    complain(detail.isEmpty() ? sentence : sentence + u' ' + detail);
    auto *box = new QMessageBox(QMessageBox::Critical, u"Waxwing"_s, sentence, QMessageBox::Close);
    box->setObjectName(u"refusal"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(detail);
    QObject::connect(box, &QMessageBox::finished, qApp, [] { QApplication::exit(kCouldNot); });
    box->open();
}

void connectInstance(ui::SingleInstance &instance, ui::Desktop &desktop, const ui::CommandLine &line)
{
    QObject::connect(&instance, &ui::SingleInstance::claimed, &desktop, [&desktop, line] { desktop.perform(line); });
    QObject::connect(&instance, &ui::SingleInstance::handedOver, qApp, &QApplication::quit);
    QObject::connect(&instance, &ui::SingleInstance::failed, qApp, [](const QString &sentence) { refuse(sentence); });
    QObject::connect(&instance, &ui::SingleInstance::wordsReceived, &desktop, [&desktop](const QStringList &words) {
        if (const auto later = ui::readCommandLine(words, {}))
            desktop.perform(later.value());
    });
    QObject::connect(&desktop, &ui::Desktop::problemArose, &desktop, complain);
}

/// Exit status 0 only if Bob's window said verified.
void connectTour(ui::Desktop &desktop, const QString &folder)
{
    auto *tour = new ui::DemonstrationTour(&desktop, folder, &desktop);
    QObject::connect(&desktop, &ui::Desktop::performed, tour, &ui::DemonstrationTour::start);
    QObject::connect(tour, &ui::DemonstrationTour::finished, qApp, [](bool isVerified, const QString &problem) {
        if (!problem.isEmpty())
            complain(problem);
        QApplication::exit(isVerified ? 0 : kCouldNot);
    });
}

int runApplication(const ui::CommandLine &line)
{
    // The relay and those who write to it read the same variables.
    if (!line.smtp.isEmpty())
        qputenv("WAXWING_SMTP", line.smtp.toUtf8());
    if (!line.pop3.isEmpty())
        qputenv("WAXWING_POP3", line.pop3.toUtf8());
    ui::installLanguage();
    ui::applyTheme(line.appearance);
    ui::announceWindows();
    QApplication::setWindowIcon(ui::applicationIcon());
    // The program decides itself, since it may live on in the tray.
    QApplication::setQuitOnLastWindowClosed(false);
    const app::SignalWatch signalWatch{&QCoreApplication::quit, &QCoreApplication::quit};
    // Keys must not outlive QCA.
    QCA::Initializer initializer;
    if (!provider::registerProvider()) {
        refuse(Words::tr("What Waxwing encrypts and signs with could not be set up. Install it again."));
        return QApplication::exec();
    }
    if (const base::Status prepared = identity::DataDirectory{line.dataDirectory}.prepare(); !prepared) {
        const app::ErrorText text = app::errorText(prepared.error());
        refuse(text.sentence, text.detail);
        return QApplication::exec();
    }
    ui::SingleInstance instance{line.dataDirectory};
    app::Workplace workplace{line.dataDirectory};
    ui::Desktop desktop{&workplace};
    connectInstance(instance, desktop, line);
    if (!line.screenshotFolder.isEmpty())
        connectTour(desktop, line.screenshotFolder);
    instance.claim(ui::toWords(line));
    return QApplication::exec();
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication application{argc, argv};
    QApplication::setApplicationName(u"waxwing"_s);
    QApplication::setDesktopFileName(u"waxwing"_s);
    QApplication::setApplicationVersion(QStringLiteral(WAXWING_VERSION));
    const auto line = ui::readCommandLine(QApplication::arguments().mid(1), QProcessEnvironment::systemEnvironment());
    if (!line)
        return say(stderr, "waxwing: " + line.error().detail.toUtf8() + "\nwaxwing --help names the options.\n", kWrongUsage);
    if (line->wantsHelp)
        return say(stdout, ui::commandLineHelp(), 0);
    if (line->wantsVersion)
        return say(stdout, "waxwing " + QApplication::applicationVersion().toLatin1() + '\n', 0);
    return runApplication(line.value());
}
