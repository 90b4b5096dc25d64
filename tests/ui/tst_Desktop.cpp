// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/Enrolling.h"
#include "provider/Registration.h"
#include "support/ErrorNames.h"
#include "support/TestAuthority.h"
#include "ui/AccountDialog.h"
#include "ui/Desktop.h"
#include "ui/ImportTally.h"
#include "ui/MainWindow.h"
#include "ui/MessageListView.h"
#include "ui/MessageView.h"
#include "ui/NoticeBar.h"
#include "ui/ProfileWindows.h"
#include "ui/RelayMonitorWindow.h"
#include "ui/WindowMemory.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPointer>
#include <QPushButton>
#include <QRadioButton>
#include <QSemaphore>
#include <QSignalSpy>
#include <QSpinBox>
#include <QSplitter>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>
#include <QtCrypto>
#include <atomic>

using namespace Qt::StringLiterals;

class TestDesktop : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void trayAndWindowOfferTheSame()
    {
        QTemporaryDir folder;
        app::Workplace workplace{folder.path()};
        QVERIFY(workplace.data().createProfile(u"alice@example.org"_s, u"Alice"_s));
        ui::Desktop desktop{&workplace};
        const auto namesOf = [](const QMenu *menu) {
            QStringList names;
            for (const QAction *action : menu->actions())
                names += action->objectName();
            names.removeAll({});
            return names;
        };
        const QStringList wanted{u"actionStartRelay"_s, u"actionStopRelay"_s, u"actionOpenProfile"_s, u"actionRelayMonitor"_s, u"actionJoinCard"_s, u"actionQuit"_s};
        QCOMPARE(namesOf(desktop.trayMenu()), wanted);
        QCOMPARE(namesOf(desktop.openWindow(u"alice@example.org"_s)->windowMenu()), wanted);
        QVERIFY(desktop.trayMenu()->actions()[0]->isEnabled());
        QVERIFY(!desktop.trayMenu()->actions()[1]->isEnabled());
    }

    void aClickOnTheTrayBringsTheOnlyWindowBack()
    {
        // Whoever had closed it was shown a menu, and the window lay in a menu of that.
        QTemporaryDir folder;
        app::Workplace workplace{folder.path()};
        QVERIFY(workplace.data().createProfile(u"alice@example.org"_s, u"Alice"_s));
        ui::Desktop desktop{&workplace};
        ui::MainWindow *window = desktop.openWindow(u"alice@example.org"_s);
        QVERIFY(!window->isVisible());
        desktop.showWindows();
        QVERIFY(window->isVisible());
        QVERIFY(!desktop.trayMenu()->isVisible());
    }

    void whatWasBegunIsDoneBeforeTheEnd()
    {
        QTemporaryDir folder;
        std::atomic_bool isSaved = false;
        QSemaphore never;
        {
            app::Workplace workplace{folder.path()};
            for (int i = 0; i < workplace.pool()->maxThreadCount(); ++i)
                workplace.pool()->start([&never] { never.tryAcquire(1, 100); });
            workplace.pool()->start([&isSaved] { isSaved = true; });
        }
        QVERIFY(isSaved);
    }

    void anAddressWithoutProfileOpensNothing()
    {
        QTemporaryDir folder;
        app::Workplace workplace{folder.path()};
        ui::Desktop desktop{&workplace};
        QSignalSpy problems(&desktop, &ui::Desktop::problemArose);
        ui::CommandLine line;
        line.profiles = {u"nobody@example.org"_s};
        desktop.perform(line);
        QCOMPARE(problems.size(), 1);
        QVERIFY(desktop.windows().isEmpty());
    }

    void nobodyIsAskedTwiceForOnePassphrase()
    {
        QTemporaryDir folder;
        app::Workplace workplace{folder.path()};
        QVERIFY(workplace.data().createProfile(u"alice@example.org"_s, u"Alice"_s));
        ui::Desktop desktop{&workplace};
        ui::MainWindow *window = desktop.openWindow(u"alice@example.org"_s);
        for (int time = 0; time < 3; ++time)
            desktop.windowsOf(u"alice@example.org"_s)->askForPassphrase(window);
        QCOMPARE(window->findChildren<QWidget *>(u"unlockDialog"_s).size(), 1);
    }

    void noNewWindowIsLargerThanTheScreen()
    {
        QCOMPARE(ui::fittingSize({1120, 720}, {1920, 1040}), QSize(1120, 720));
        QCOMPARE(ui::fittingSize({1120, 720}, {960, 520}), QSize(952, 480));
    }

    void aWindowIsShownAsNarrowAsItMayBe()
    {
        // Of the two that stand side by side at 200 %, each was as wide as three panes are at least, and the second left the screen.
        ui::MainWindow window{u"alice@example.org"_s};
        window.resize(474, 470);
        window.show();
        QCOMPARE(window.width(), 474);
    }

    void aPortInUseIsSaidInWords()
    {
        QTcpServer occupied;
        QVERIFY(occupied.listen(QHostAddress::LocalHost));
        const QString address = u"127.0.0.1:%1"_s.arg(occupied.serverPort());
        QTemporaryDir folder;
        app::Workplace workplace{folder.path()};
        workplace.setRelayAddresses(address, u"127.0.0.1:0"_s);
        ui::Desktop desktop{&workplace};
        QSignalSpy problems(&desktop, &ui::Desktop::problemArose);
        const auto *state = desktop.showMonitor()->findChild<QLabel *>(u"monitorState"_s);
        QCOMPARE(state->text(), u"The relay is not running"_s);
        workplace.startRelay();
        QTRY_COMPARE(workplace.relay().state(), app::RelayService::State::Failed);
        QCOMPARE(workplace.relay().error().code, base::ErrorCode::PortInUse);
        const auto *problem = desktop.showMonitor()->findChild<QLabel *>(u"monitorProblem"_s);
        QCOMPARE(problem->text(), u"%1 is in use by another program. Stop that program, or choose another port for the relay."_s.arg(address));
        QCOMPARE(problems.size(), 1);
        QVERIFY(desktop.trayMenu()->actions()[0]->isEnabled());
    }

    void theRelayStartsWhereTheMonitorSays()
    {
        QTcpServer probe;
        QVERIFY(probe.listen(QHostAddress::LocalHost));
        const QString free = u"127.0.0.1:%1"_s.arg(probe.serverPort());
        QTemporaryDir folder;
        app::Workplace workplace{folder.path()};
        workplace.setRelayAddresses(free, u"127.0.0.1:0"_s);
        ui::Desktop desktop{&workplace};
        ui::RelayMonitorWindow *monitor = desktop.showMonitor();
        auto *smtp = monitor->findChild<QLineEdit *>(u"monitorSmtp"_s);
        auto *start = monitor->findChild<QPushButton *>(u"monitorStart"_s);
        const auto *problem = monitor->findChild<QLabel *>(u"monitorProblem"_s);
        QCOMPARE(smtp->text(), free);
        smtp->setText(u"nowhere"_s);
        QTest::mouseClick(start, Qt::LeftButton);
        QCOMPARE(workplace.relay().state(), app::RelayService::State::Stopped);
        QVERIFY2(problem->text().contains(u"\"nowhere\""_s), qPrintable(problem->text()));
        smtp->setText(free);
        QTest::mouseClick(start, Qt::LeftButton);
        QTRY_COMPARE(workplace.relay().state(), app::RelayService::State::Failed);
        QVERIFY(problem->text().contains(free));
        probe.close();
        QTest::keyClick(smtp, Qt::Key_Return);
        QTRY_COMPARE(workplace.relay().state(), app::RelayService::State::Running);
        QCOMPARE(workplace.relay().address(), free);
        QVERIFY(problem->text().isEmpty());
        QVERIFY(smtp->isReadOnly());
    }

    void aWindowComesBackAsItWasLeft()
    {
        QTemporaryDir folder;
        app::Workplace workplace{folder.path()};
        QVERIFY(workplace.data().createProfile(u"alice@example.org"_s, u"Alice"_s));
        const auto look = [&workplace](QSize wanted) {
            ui::Desktop desktop{&workplace};
            desktop.openWindow(u"alice@example.org"_s);
            QWidget *window = desktop.windowsOf(u"alice@example.org"_s)->mainWindow();
            const QSize found = window->size();
            window->resize(wanted);
            window->close();
            return found;
        };
        const QSize chosen{640, 480};
        QVERIFY(look(chosen) != chosen);
        QCOMPARE(look(chosen), chosen);
    }

    void listHasItsShareOfTheWindow()
    {
        ui::MainWindow window{u"alice@example.org"_s};
        window.resize(900, 720);
        window.show();
        QTRY_VERIFY2(window.list()->height() * 5 > window.messagePane()->height() * 2, qPrintable(QString::number(window.list()->height())));
        // What was dragged stays as it is.
        ui::MainWindow wide{u"alice@example.org"_s};
        wide.resize(1200, 720);
        wide.show();
        QVERIFY(QTest::qWaitForWindowExposed(&wide));
        qobject_cast<QSplitter *>(wide.list()->parentWidget()->parentWidget())->setSizes({600, 400});
        const int dragged = wide.list()->width();
        wide.resize(1202, 720);
        QTRY_COMPARE(wide.width(), 1202);
        QCOMPARE_LE(qAbs(wide.list()->width() - dragged), 2);
    }

    void whetherTheNetworkIsAskedAboutRevocationIsKept()
    {
        QTemporaryDir folder;
        app::Workplace workplace{folder.path()};
        const base::Result<identity::Profile> alice = workplace.data().createProfile(u"alice@example.org"_s, u"Alice"_s);
        QVERIFY(alice);
        using Use = app::AccountSettings::RevocationUse;
        ui::Desktop desktop{&workplace};
        desktop.openWindow(u"alice@example.org"_s);
        ui::ProfileWindows *windows = desktop.windowsOf(u"alice@example.org"_s);
        auto *toggle = windows->showIdentities()->findChild<QCheckBox *>(u"fetchRevocationSwitch"_s);
        QVERIFY(!toggle->isChecked());
        toggle->click();
        QVERIFY(windows->session()->revocationUse() == Use::Fetch);
        const base::Result<app::AccountSettings> kept = app::AccountSettings::load(alice->folder, alice->address);
        QVERIFY(kept && kept->revocation == Use::Fetch && kept->isOwnRelay);
        auto *demand = windows->showIdentities()->findChild<QCheckBox *>(u"requireRevocationSwitch"_s);
        QVERIFY(!demand->isChecked());
        demand->click();
        const base::Result<app::AccountSettings> both = app::AccountSettings::load(alice->folder, alice->address);
        QVERIFY(both && both->revocation == Use::Fetch && both->demand == smime::RevocationDemand::Required);
        QVERIFY(windows->session()->revocationDemand() == smime::RevocationDemand::Required);
        // What cannot be kept is not switched, and it is said.
        QVERIFY(QFile::remove(alice->folder + u"/account.json"_s) && QDir().mkpath(alice->folder + u"/account.json"_s));
        toggle->click();
        QVERIFY(toggle->isChecked());
        QVERIFY(windows->session()->revocationUse() == Use::Fetch);
        QVERIFY(!windows->showIdentities()->findChild<ui::NoticeBar *>()->text().isEmpty());
    }

    void withSettingsThatCannotBeReadNothingGoesAnywhere()
    {
        QTemporaryDir folder;
        app::Workplace workplace{folder.path()};
        const auto made = workplace.identities().createIdentity({u"alice@example.org"_s, u"Alice"_s, u"ec:p256"_s, base::Secret{"passphrase"}, {}});
        QTRY_VERIFY_WITH_TIMEOUT(workplace.identities().isUnlocked(u"alice@example.org"_s), 20'000);
        const base::Result<identity::Profile> alice = workplace.identities().profile(u"alice@example.org"_s);
        QVERIFY(alice);
        QFile file{alice->folder + u"/account.json"_s};
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("{\"smtp\": {\"host\": \"smtp.exam") > 0);
        file.close();
        ui::Desktop desktop{&workplace};
        desktop.openWindow(u"alice@example.org"_s);
        ui::ProfileWindows *windows = desktop.windowsOf(u"alice@example.org"_s);
        QTRY_COMPARE(windows->mainWindow()->notice()->text(), u"These settings cannot be used. The details name what to correct."_s);
        QVERIFY(windows->session()->isUnlocked());
        QCOMPARE(windows->session()->fetching().state(), app::FetchService::State::Stopped);
        QVERIFY(windows->session()->serverAddress().isEmpty());
        QVERIFY(windows->session()->revocationDemand() == smime::RevocationDemand::Required);
        // Nor when somebody asks for it, until the settings are mended.
        windows->session()->checkMail();
        QCOMPARE(windows->session()->fetching().state(), app::FetchService::State::Stopped);
        QVERIFY(file.remove());
        windows->session()->checkMail();
        QTRY_VERIFY(!windows->session()->serverAddress().isEmpty());
        QVERIFY(windows->session()->revocationDemand() == smime::RevocationDemand::WhereAtHand);
    }

    void whatIsDemandedIsDemandedFromTheStart()
    {
        QTemporaryDir folder;
        app::Workplace workplace{folder.path()};
        const auto made = workplace.identities().createIdentity({u"alice@example.org"_s, u"Alice"_s, u"ec:p256"_s, base::Secret{"passphrase"}, {}});
        QTRY_VERIFY_WITH_TIMEOUT(workplace.identities().isUnlocked(u"alice@example.org"_s), 20'000);
        const base::Result<identity::Profile> alice = workplace.identities().profile(u"alice@example.org"_s);
        QVERIFY(alice && app::AccountSettings::keepDemand(alice->folder, smime::RevocationDemand::Required));
        ui::Desktop desktop{&workplace};
        desktop.openWindow(u"alice@example.org"_s);
        // Its mailbox at the relay is not made yet.
        QVERIFY(desktop.windowsOf(u"alice@example.org"_s)->session()->revocationDemand() == smime::RevocationDemand::Required);
    }

    void removingSaysWhyItDoesNothing()
    {
        QTemporaryDir folder;
        app::Workplace workplace{folder.path()};
        QVERIFY(workplace.data().createProfile(u"alice@example.org"_s, u"Alice"_s));
        QVERIFY(app::makeAuthority(workplace.data(), u"Team"_s, u"ec:p256"_s, base::Secret{"authority"}));
        ui::Desktop desktop{&workplace};
        desktop.openWindow(u"alice@example.org"_s);
        const QWidget *identities = desktop.windowsOf(u"alice@example.org"_s)->showIdentities();
        const auto *notice = identities->findChild<ui::NoticeBar *>();
        identities->findChild<QPushButton *>(u"removePersonButton"_s)->click();
        QCOMPARE(notice->text(), u"Choose the certificate in the list first."_s);
        auto *trusted = identities->findChild<QTreeWidget *>(u"trustAnchors"_s);
        QCOMPARE(trusted->topLevelItemCount(), 1);
        trusted->topLevelItem(0)->setSelected(true);
        identities->findChild<QPushButton *>(u"removeTrustButton"_s)->click();
        QVERIFY(notice->text().startsWith(u"This is the authority of this data directory."_s));
        QCOMPARE(trusted->topLevelItemCount(), 1);
        trusted->clearSelection();
        identities->findChild<QPushButton *>(u"removeTrustButton"_s)->click();
        QCOMPARE(notice->text(), u"Choose the certificate in the list first."_s);
    }

    void certificatesAreSortedByTheDayAndNotByHowItIsWritten()
    {
        QTemporaryDir folder;
        app::Workplace workplace{folder.path()};
        QVERIFY(workplace.data().createProfile(u"alice@example.org"_s, u"Alice"_s));
        const QStringList byDay{u"First"_s, u"Second"_s, u"Third"_s};
        const QDate days[] = {QDate(2031, 11, 20), QDate(2032, 2, 3), QDate(2033, 1, 10)};
        for (qsizetype i = 0; i < byDay.size(); ++i) {
            provider::CertificateProfile profile = support::authorityProfile(byDay[i]);
            profile.validUntil = QDateTime(days[i], QTime(12, 0), QTimeZone::UTC);
            QVERIFY(workplace.identities().addAnchor(u"alice@example.org"_s, support::issue({}, provider::KeyType::EcP256, profile).der()));
        }
        ui::Desktop desktop{&workplace};
        desktop.openWindow(u"alice@example.org"_s);
        auto *trusted = desktop.windowsOf(u"alice@example.org"_s)->showIdentities()->findChild<QTreeWidget *>(u"trustAnchors"_s);
        trusted->sortByColumn(3, Qt::AscendingOrder);
        QStringList names;
        for (int row = 0; row < trusted->topLevelItemCount(); ++row)
            names += trusted->topLevelItem(row)->text(0);
        QCOMPARE(names, byDay);
    }

    void severalImportedFilesMakeOneSentence()
    {
        ui::ImportTally one;
        QVERIFY(one.isEmpty());
        one.add(u"a.pem"_s, base::Error{base::ErrorCode::NotACertificate, {}, {}, {}});
        QVERIFY(one.sentence().startsWith(u"There is neither a key nor a certificate"_s));
        ui::ImportTally all;
        app::ImportedFile people;
        people.kind = app::ImportedFile::Kind::PeopleCertificates;
        people.count = 2;
        people.authorities += QByteArray("authority");
        all.add(u"a.pem"_s, people);
        all.add(u"b.pem"_s, people);
        all.add(u"c.pem"_s, base::Error{base::ErrorCode::FileEmpty, u"nothing"_s, {}, {}});
        QVERIFY2(all.sentence().startsWith(u"4 certificates of other people were imported.\nc.pem: "_s), qPrintable(all.sentence()));
        QVERIFY(all.hasProblem());
        QCOMPARE(all.authorities().size(), 1);
    }

    void authoritiesThatComeAlongAreNamed()
    {
        const QByteArray northern = support::makeAuthority(provider::KeyType::EcP256, u"Northern Authority"_s).der();
        const QByteArray southern = support::makeAuthority(provider::KeyType::EcP256, u"Southern Authority"_s).der();
        ui::ImportTally tally;
        app::ImportedFile onlyAuthorities;
        onlyAuthorities.authorities = {northern, southern};
        tally.add(u"a.pem"_s, onlyAuthorities);
        QVERIFY2(tally.sentence().endsWith(u"authorities came along that you do not trust: \"Northern Authority\", \"Southern Authority\"."_s), qPrintable(tally.sentence()));
        QVERIFY(!tally.sentence().contains(u"nothing new"_s));
        tally.dropAuthority(northern);
        QVERIFY(!tally.sentence().contains(u"Northern"_s) && tally.sentence().contains(u"Southern"_s));
        tally.dropAuthority(southern);
        QCOMPARE(tally.sentence(), u"There was nothing new in this file."_s);
    }

    void nobodyIsAskedToTrustAnAuthorityWithoutItsName()
    {
        const QString longest = QString(64, u'N');
        app::ImportedFile came;
        for (const QString &name : {longest, u"East"_s, u"South"_s})
            came.authorities += support::makeAuthority(provider::KeyType::EcP256, name).der();
        ui::ImportTally tally;
        tally.add(u"a.p7b"_s, came);
        QVERIFY(tally.namesAllAuthorities());
        QVERIFY2(QString(tally.sentence()).remove(QChar(0x200B)).contains(QString(u'"' + longest + u'"')), qPrintable(tally.sentence()));
        QCOMPARE(tally.detail().count(u"SHA-256 "_s), 3);
        came.authorities = {support::makeAuthority(provider::KeyType::EcP256, u"West"_s).der()};
        tally.add(u"b.p7b"_s, came);
        QVERIFY(!tally.namesAllAuthorities());
        QVERIFY2(tally.sentence().endsWith(u"Add those that you trust on the page Trust, from files of their own."_s), qPrintable(tally.sentence()));
    }

    void trustGivenToSeveralFilesMakesOneNotice()
    {
        ui::ImportTally tally;
        tally.addTrusted(u"a.pem"_s, base::Done{});
        QCOMPARE(tally.sentence(), u"From now on you trust whom this authority vouches for."_s);
        tally.addTrusted(u"b.pem"_s, base::Error{base::ErrorCode::CertificateAlreadyPresent, u"CN=B"_s, {}, {}});
        tally.addTrusted(u"c.pem"_s, base::Done{});
        QCOMPARE(tally.sentence(), u"From now on you trust whom these authorities vouch for.\nb.pem: This certificate is here already. Nothing was changed."_s);
        QVERIFY(tally.hasProblem());
    }

    void aFileThatCannotBeImportedDoesNotSilenceTheOthers()
    {
        QTemporaryDir folder;
        app::Workplace workplace{folder.path()};
        const auto made = workplace.identities().createIdentity({u"alice@example.org"_s, u"Alice"_s, u"ec:p256"_s, base::Secret{"passphrase"}, {}});
        QTRY_VERIFY_WITH_TIMEOUT(workplace.identities().isUnlocked(u"alice@example.org"_s), 20'000);
        ui::Desktop desktop{&workplace};
        desktop.openWindow(u"alice@example.org"_s);
        ui::ProfileWindows *windows = desktop.windowsOf(u"alice@example.org"_s);
        for (const QString &name : {u"first.pem"_s, u"second.pem"_s, u"third.pem"_s}) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write("Dear Bob") > 0);
            file.close();
            windows->importFile(file.fileName());
        }
        const auto *notice = windows->showIdentities()->findChild<ui::NoticeBar *>();
        QTRY_VERIFY2(notice->text().startsWith(u"first.pem, second.pem, third.pem: "_s), qPrintable(notice->text()));
    }

    void serversElsewhereAreKeptAndLeftAgain()
    {
        QTemporaryDir folder;
        app::Workplace workplace{folder.path()};
        const base::Secret passphrase{"passphrase"};
        const auto made = workplace.identities().createIdentity({u"alice@example.org"_s, u"Alice"_s, u"ec:p256"_s, passphrase, {}});
        QTRY_VERIFY_WITH_TIMEOUT(workplace.identities().isUnlocked(u"alice@example.org"_s), 20'000);
        ui::Desktop desktop{&workplace};
        QWidget *main = desktop.openWindow(u"alice@example.org"_s);
        ui::ProfileWindows *windows = desktop.windowsOf(u"alice@example.org"_s);
        QVERIFY(windows->session()->isUnlocked());
        const auto open = [&] {
            main->findChild<QAction *>(u"actionAccount"_s)->trigger();
            return main->findChild<ui::AccountDialog *>();
        };
        QPointer<ui::AccountDialog> dialog = open();
        QVERIFY(dialog);
        const auto type = [&](const QString &name, const QString &text) { dialog->findChild<QLineEdit *>(name)->setText(text); };
        auto *keep = dialog->findChild<QPushButton *>(u"accountConfirm"_s);
        QVERIFY(dialog->findChild<QRadioButton *>(u"accountOwnRelay"_s)->isChecked());
        QVERIFY(dialog->focusWidget() == dialog->findChild<QRadioButton *>(u"accountOwnRelay"_s));
        dialog->findChild<QRadioButton *>(u"accountElsewhere"_s)->click();
        QVERIFY(!keep->isEnabled());
        type(u"smtpHost"_s, u"smtp.example.net"_s);
        type(u"pop3Host"_s, u"pop3.example.net"_s);
        QVERIFY(!keep->isEnabled() && dialog->findChild<QLabel *>(u"accountProblem"_s)->text() == "Still missing: the password."_L1); // Nothing said so.
        type(u"accountPassword"_s, u"letter box"_s);
        QVERIFY(keep->isEnabled());
        QCOMPARE(dialog->findChild<QSpinBox *>(u"pop3Port"_s)->value(), 995);
        // A password never goes to another computer in clear.
        auto *tls = dialog->findChild<QComboBox *>(u"smtpTls"_s);
        tls->setCurrentIndex(tls->count() - 1);
        QVERIFY(!keep->isEnabled());
        QVERIFY(dialog->findChild<QLabel *>(u"accountProblem"_s)->text().startsWith(u"smtp.example.net is another computer"_s));
        tls->setCurrentIndex(0);
        keep->click();
        QTRY_VERIFY_WITH_TIMEOUT(dialog.isNull(), 20'000);
        auto kept = windows->session()->account();
        QVERIFY(kept && !kept->isOwnRelay);
        QCOMPARE(kept->smtp.host, u"smtp.example.net"_s);
        QVERIFY(kept->smtp.tls == net::TlsMode::Implicit);
        QCOMPARE(kept->pop3.user, u"alice@example.org"_s);
        QVERIFY(kept->afterFetch == transport::AfterFetch::Leave); // A mailbox of years was emptied at the first attempt.
        QVERIFY(workplace.identities().secret(u"alice@example.org"_s, kept->passwordName)->view().toByteArray() == "letter box");
        QCOMPARE(windows->session()->serverAddress(), u"smtp.example.net:587"_s);
        // It said that the relay is not running, and offered to start it.
        const auto *relay = main->findChild<QLabel *>(u"relayState"_s);
        QCOMPARE(relay->text(), u"Mail server: smtp.example.net, pop3.example.net"_s);
        QVERIFY(main->findChild<QToolButton *>(u"startRelayButton"_s)->isHidden());
        // What nobody but the user can mend stood only at the foot of the window, in grey.
        const ui::NoticeBar *notice = windows->mainWindow()->notice();
        app::FetchService &fetching = windows->session()->fetching();
        Q_EMIT fetching.finished(base::Error{base::ErrorCode::AuthenticationFailed, {}, {}, {}});
        QCOMPARE(notice->text(), u"The server did not accept the user name or the password. Check both."_s);
        auto *action = notice->findChild<QToolButton *>(u"noticeAction"_s);
        QCOMPARE(action->text(), u"Mail servers\u2026"_s);
        // With the keys locked, it asked for the passphrase, forgot what for, and the notice was gone.
        windows->session()->lock();
        action->click();
        auto *question = main->findChild<QDialog *>(u"unlockDialog"_s);
        QVERIFY(question);
        question->findChild<QLineEdit *>()->setText(u"passphrase"_s);
        question->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok)->click();
        QTRY_VERIFY_WITH_TIMEOUT(main->findChild<ui::AccountDialog *>(), 20'000);
        main->findChild<ui::AccountDialog *>()->close();
        QTRY_VERIFY(!main->findChild<ui::AccountDialog *>());
        QVERIFY(!notice->text().isEmpty());
        Q_EMIT fetching.finished({});
        QVERIFY(notice->text().isEmpty());
        // Why a letter failed was gone as soon as the other server answered.
        app::OutboxService &outbox = windows->session()->outbox();
        Q_EMIT outbox.failed(store::MessageId{1}, base::Error{base::ErrorCode::AuthenticationFailed, {}, {}, {}});
        Q_EMIT fetching.finished({});
        QVERIFY(!notice->text().isEmpty());
        Q_EMIT outbox.sent(store::MessageId{1});
        QVERIFY(notice->text().isEmpty());

        dialog = open();
        QVERIFY(dialog->findChild<QRadioButton *>(u"accountElsewhere"_s)->isChecked());
        dialog->findChild<QRadioButton *>(u"accountOwnRelay"_s)->click();
        dialog->findChild<QPushButton *>(u"accountConfirm"_s)->click();
        QTRY_VERIFY(dialog.isNull());
        kept = windows->session()->account();
        QVERIFY(kept && kept->isOwnRelay);
        QVERIFY(kept->afterFetch == transport::AfterFetch::Delete); // Nothing was ever taken off the relay again.
        QTRY_VERIFY(!relay->text().startsWith(u"Mail server"_s));
        QVERIFY(workplace.identities().secret(u"alice@example.org"_s, kept->passwordName)->view().toByteArray() != "letter box");
    }

    void aCompanysServersAreVouchedForByItsOwnAuthority()
    {
        // Their certificate was refused, and nothing in any window could change that.
        const support::Identity company = support::makeAuthority(provider::KeyType::EcP256, u"Company"_s);
        QTemporaryDir folder;
        const auto write = [&folder](const QString &name, const QByteArray &content) {
            QFile file{folder.filePath(name)};
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
        };
        write(u"company.crt"_s, company.der());
        write(u"server.crt"_s, support::issue(company, provider::KeyType::EcP256, support::personProfile(u"server@example.net"_s)).der());
        app::AccountSettings kept = app::AccountSettings::defaults(u"alice@example.org"_s);
        const auto open = [&kept] {
            auto *made = new ui::AccountDialog{kept, u"alice@example.org"_s, [&kept](const app::AccountSettings &account, const base::Secret &) {
                                                   kept = account;
                                                   return base::Operation<base::Done>::finished(base::Done{});
                                               }, nullptr};
            made->findChild<QRadioButton *>(u"accountElsewhere"_s)->click();
            return made;
        };
        QPointer<ui::AccountDialog> dialog = open();
        for (const QString &name : {u"smtpHost"_s, u"pop3Host"_s, u"accountPassword"_s})
            dialog->findChild<QLineEdit *>(name)->setText(u"mail.example.net"_s);
        auto *vouchers = dialog->findChild<QComboBox *>(u"accountVouchers"_s);
        const auto choose = [&](const QString &name) {
            vouchers->setCurrentIndex(vouchers->count() - 1);
            Q_EMIT vouchers->activated(vouchers->currentIndex());
            QPointer<QFileDialog> files = dialog->findChild<QFileDialog *>(u"fileDialog"_s);
            QVERIFY(files);
            Q_EMIT files->filesSelected({folder.filePath(name)});
            files->close();
            QTRY_VERIFY(files.isNull());
        };
        choose(u"server.crt"_s);
        QTRY_VERIFY(dialog->findChild<QLabel *>(u"accountProblem"_s)->text().startsWith(u"This certificate vouches for nobody else."_s));
        QCOMPARE(vouchers->currentIndex(), 0);
        choose(u"company.crt"_s);
        QTRY_COMPARE(vouchers->currentText(), u"Company, from a file"_s);
        dialog->findChild<QPushButton *>(u"accountConfirm"_s)->click();
        QTRY_VERIFY(dialog.isNull());
        QCOMPARE(kept.smtp.anchors, QList<QByteArray>{company.der()});
        QCOMPARE(kept.pop3.anchors, QList<QByteArray>{company.der()});
        // It vouches for these servers and for no other.
        dialog = open();
        vouchers = dialog->findChild<QComboBox *>(u"accountVouchers"_s);
        QCOMPARE(vouchers->currentText(), u"Company"_s);
        dialog->findChild<QLineEdit *>(u"smtpHost"_s)->setText(u"mail.example.com"_s);
        QCOMPARE(vouchers->currentIndex(), 0);
        delete dialog;
    }
};

int main(int argc, char *argv[])
{
    QApplication application{argc, argv};
    QCA::Initializer initializer;
    TestDesktop test;
    return provider::registerProvider() ? QTest::qExec(&test, argc, argv) : 1;
}
#include "tst_Desktop.moc"
