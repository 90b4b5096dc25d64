// SPDX-License-Identifier: GPL-3.0-or-later
// A teacher shows the join card, a pupil's assistant on another computer takes it, and the pupil's letter is on its way elsewhere in the monitor.
#include "app/Enrolling.h"
#include "app/JoinCard.h"
#include "app/RelayCertificate.h"
#include "app/RelaySpool.h"
#include "provider/Registration.h"
#include "support/ErrorNames.h"
#include "ui/Desktop.h"
#include "ui/FileProblems.h"
#include "ui/FirstStartAssistant.h"
#include "ui/JoinCardWindow.h"
#include "ui/MainWindow.h"
#include "ui/NoticeBar.h"
#include "ui/PageArea.h"
#include "ui/ProfileWindows.h"
#include "ui/RelayMonitorWindow.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QScreen>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <QtCrypto>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

const base::Secret kPassword{"mailbox password"};

/// The teacher's computer, with an authority and its relay.
struct Teacher {
    explicit Teacher(const QString &address = u"127.0.0.1:0"_s) : workplace(folder.path()), desktop(&workplace)
    {
        const auto authority = app::makeAuthority(workplace.data(), u"Class 7b"_s, u"ec:p256"_s, identity::wellKnownPassphrase());
        if (!authority)
            qFatal("no authority was made");
        certificate = authority->certificate();
        workplace.setRelayAddresses(address, address);
    }
    void configure(const QJsonObject &settings) const
    {
        QFile file{workplace.data().path() + u"/relay.json"_s};
        if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument{settings}.toJson()) < 0)
            qFatal("no settings were written");
    }
    void start()
    {
        workplace.startRelay();
        QTRY_COMPARE(workplace.relay().state(), app::RelayService::State::Running);
    }

    QTemporaryDir folder;
    app::Workplace workplace;
    ui::Desktop desktop;
    QByteArray certificate;
};

template <typename Widget>
Widget *in(QWidget *window, const QString &name)
{
    auto *widget = window->findChild<Widget *>(name);
    if (!widget)
        qFatal("there is no %s", qPrintable(name));
    return widget;
}

/// Sends a letter from a program of this computer that logs in; what the relay said.
QByteArray submit(quint16 port, const QByteArray &user, const QByteArray &to)
{
    QTcpSocket client;
    QByteArray answers;
    QObject::connect(&client, &QTcpSocket::readyRead, &client, [&] { answers += client.readAll(); });
    client.connectToHost(QHostAddress::LocalHost, port);
    client.write("EHLO c\r\nAUTH PLAIN " + (QByteArray(1, '\0') + user + '\0' + kPassword.view().toByteArray()).toBase64() + "\r\n");
    if (!QTest::qWaitFor([&] { return answers.contains("\r\n235 "); }))
        return answers;
    client.write("MAIL FROM:<" + user + ">\r\nRCPT TO:<" + to + ">\r\nDATA\r\n");
    if (!QTest::qWaitFor([&] { return answers.contains("\r\n354 "); }))
        return answers;
    client.write("Subject: x\r\n\r\ntext\r\n.\r\nQUIT\r\n");
    (void)QTest::qWaitFor([&] { return answers.contains("\r\n221 "); });
    return answers;
}

} // namespace

class TestClassroom : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aWindowGrowsNoHigherThanTheScreen()
    {
        // At 200 % the sentence about the class grew its dialog until the buttons lay below the screen.
        QWidget window;
        auto *label = new QLabel(u"A sentence. "_s.repeated(5000));
        label->setWordWrap(true);
        label->setMinimumHeight(1);
        (new QVBoxLayout(&window))->addWidget(label);
        window.resize(300, 100);
        window.show();
        ui::growToContents(&window);
        QVERIFY(window.height() > 100);
        QVERIFY(window.height() < window.screen()->availableSize().height());
    }

    void theCardSaysWhereTheRelayIsAndWhoVouchesForIt()
    {
        Teacher teacher;
        ui::JoinCardWindow *window = teacher.desktop.showJoinCard();
        auto *line = in<QLineEdit>(window, u"joinLine"_s);
        QVERIFY(line->text().isEmpty());
        QVERIFY(!in<QPushButton>(window, u"joinSave"_s)->isEnabled());
        // Without a passphrase it answered with a sentence about passphrase files, which are of the command line.
        QVERIFY(!in<QPushButton>(window, u"joinCertify"_s)->isEnabled());
        in<QLineEdit>(window, u"joinAuthorityPassphrase"_s)->setText(u"a"_s);
        QVERIFY(in<QPushButton>(window, u"joinCertify"_s)->isEnabled());
        QVERIFY(in<QLabel>(window, u"joinCardProblem"_s)->text().startsWith(u"The relay is not running."_s));
        window->resize(window->width(), 1);
        in<QPushButton>(window, u"joinStartRelay"_s)->click();
        QTRY_COMPARE(teacher.workplace.relay().state(), app::RelayService::State::Running);
        QTRY_VERIFY(!line->text().isEmpty());
        const auto expected = app::makeJoinCard(teacher.workplace.relay().smtpEndpoint(), teacher.workplace.relay().pop3Endpoint(), teacher.certificate);
        QVERIFY(expected);
        QCOMPARE(line->text(), app::toJoinLine(*expected));
        QCOMPARE(in<QLabel>(window, u"joinAuthority"_s)->text(), u"Class 7b"_s);
        QCOMPARE(in<QLabel>(window, u"cardWords"_s)->accessibleDescription(), expected->words().join(u", "_s));
        for (const QString &word : expected->words())
            QVERIFY(in<QLabel>(window, u"cardWords"_s)->text().contains(word));
        // At 200 % the last four of them lay under the line below.
        QTRY_COMPARE_GE(in<QLabel>(window, u"cardWords"_s)->height(), in<QLabel>(window, u"cardWords"_s)->sizeHint().height());
        in<QPushButton>(window, u"joinCopy"_s)->click();
        QCOMPARE(QApplication::clipboard()->text(), line->text());
        QVERIFY(in<QLabel>(window, u"joinCardProblem"_s)->text().startsWith(u"Only programs on this computer"_s));
        teacher.workplace.relay().stop();
        QTRY_VERIFY(line->text().isEmpty());
    }

    void theRelayIsOpenedToTheNetworkAndTheAuthorityCertifiesIt()
    {
        Teacher teacher;
        teacher.start();
        ui::JoinCardWindow *window = teacher.desktop.showJoinCard();
        const quint16 port = teacher.workplace.relay().smtpEndpoint().port;
        in<QPushButton>(window, u"joinOpenRelay"_s)->click();
        QTRY_COMPARE(net::toString(teacher.workplace.relay().smtpEndpoint()), u"0.0.0.0:%1"_s.arg(port));
        QTRY_COMPARE(teacher.workplace.relay().state(), app::RelayService::State::Running);
        QVERIFY(!in<QPushButton>(window, u"joinOpenRelay"_s)->isVisible());
        // Its certificate, of the authority, knows only names of this computer for itself.
        const QString elsewhere = u"192.0.2.77"_s;
        QVERIFY(!app::isCertifiedFor(teacher.workplace.relay().tlsChain(), elsewhere));
        const auto wrong = teacher.workplace.identities().certifyRelay({elsewhere}, base::Secret{"guess"});
        QTRY_VERIFY(!wrong.isRunning());
        QCOMPARE(wrong.future().result().error().code, base::ErrorCode::PassphraseWrong);
        const auto right = teacher.workplace.identities().certifyRelay({elsewhere}, identity::wellKnownPassphrase());
        QTRY_VERIFY(!right.isRunning());
        QVERIFY(right.future().result());
        QSignalSpy reloaded(&teacher.workplace.relay(), &app::RelayService::reloaded);
        teacher.workplace.relay().renewTls();
        QTRY_COMPARE(reloaded.size(), 1);
        QVERIFY(app::isCertifiedFor(teacher.workplace.relay().tlsChain(), elsewhere));
    }

    void openedToTheNetworkItKeepsItsFurtherAddresses()
    {
        using net::Endpoint;
        const auto at = [](const char *host, quint16 port) { return Endpoint{QString::fromLatin1(host), port}; };
        const auto texts = [](const QList<Endpoint> &endpoints) {
            QStringList all;
            for (const Endpoint &endpoint : endpoints)
                all += net::toString(endpoint);
            return all;
        };
        QCOMPARE(texts(app::openedToNetwork({at("127.0.0.1", 1025), at("::1", 1025), at("127.0.0.1", 2525)})), (QStringList{u"0.0.0.0:1025"_s, u"0.0.0.0:2525"_s}));
        QCOMPARE(texts(app::openedToNetwork({at("192.0.2.1", 25), at("localhost", 1025)})), (QStringList{u"0.0.0.0:1025"_s, u"192.0.2.1:25"_s}));
        QCOMPARE(texts(app::openedToNetwork({at("192.0.2.1", 25), at("127.0.0.1", 25)})), QStringList{u"0.0.0.0:25"_s});

        Teacher teacher;
        teacher.workplace.setRelayAddresses({}, {});
        teacher.configure({{u"smtp"_s, QJsonArray{u"127.0.0.1:0"_s, u"127.0.0.1:0"_s}}, {u"pop3"_s, u"127.0.0.1:0"_s}, {u"submission"_s, u"127.0.0.1:0"_s}});
        teacher.start();
        const QList<Endpoint> before = teacher.workplace.relay().endpoints(relay::Door::Smtp) + teacher.workplace.relay().endpoints(relay::Door::Submission);
        QCOMPARE(before.size(), 3);
        in<QPushButton>(teacher.desktop.showJoinCard(), u"joinOpenRelay"_s)->click();
        QTRY_COMPARE(teacher.workplace.relay().smtpEndpoint().host, u"0.0.0.0"_s);
        QTRY_COMPARE(teacher.workplace.relay().state(), app::RelayService::State::Running);
        QCOMPARE(texts(teacher.workplace.relay().endpoints(relay::Door::Smtp) + teacher.workplace.relay().endpoints(relay::Door::Submission)), texts(app::openedToNetwork(before)));
        // The monitor's fields follow, and leave the further ones alone when another is typed.
        QCOMPARE(in<QLineEdit>(teacher.desktop.showMonitor(), u"monitorSmtp"_s)->text(), net::toString(teacher.workplace.relay().smtpEndpoint()));
        teacher.workplace.setFirstRelayAddresses(u"127.0.0.1:7"_s, net::toString(teacher.workplace.relay().pop3Endpoint()));
        const auto settings = teacher.workplace.relaySettings();
        QVERIFY(settings);
        QCOMPARE(texts(settings->smtp), texts({at("127.0.0.1", 7), at("0.0.0.0", before[1].port)}));
    }

    /// Somebody else than the class's authority vouches for it then.
    void theCardOfARelayWithACertificateOfItsOwnBearsThat()
    {
        Teacher teacher;
        QTemporaryDir elsewhere;
        const identity::DataDirectory other{elsewhere.path()};
        const auto authority = app::makeAuthority(other, u"City"_s, u"ec:p256"_s, base::Secret{"authority"});
        QVERIFY(authority);
        const QString folder = QFileInfo{app::relayCertificateFile(other)}.path();
        teacher.configure({{u"tls-certificate"_s, app::relayCertificateFile(other)}, {u"tls-key"_s, QString{folder + u"/tls-key.pem"_s}}});
        teacher.start();
        ui::JoinCardWindow *window = teacher.desktop.showJoinCard();
        const auto expected = app::makeJoinCard(teacher.workplace.relay().smtpEndpoint(), teacher.workplace.relay().pop3Endpoint(), authority->certificate());
        QVERIFY(expected);
        QCOMPARE(in<QLineEdit>(window, u"joinLine"_s)->text(), app::toJoinLine(*expected));
        QCOMPARE(in<QLabel>(window, u"joinAuthority"_s)->text(), u"City"_s);
        transport::IoThread io;
        const auto typed = app::readJoinCard(app::toJoinLine(*expected).toUtf8());
        QVERIFY(typed);
        const auto completed = app::completeJoinCard(io, *typed);
        QTRY_VERIFY(!completed.isRunning());
        QVERIFY(completed.future().result());
        QCOMPARE(completed.future().result()->authority, authority->certificate());
    }

    void aPupilJoinsByTheLineAndReadsMail()
    {
        Teacher teacher;
        const auto added = teacher.workplace.relay().addUser(u"pupil@class.example"_s, kPassword);
        QTRY_VERIFY(!added.isRunning());
        teacher.start();
        const QString line = in<QLineEdit>(teacher.desktop.showJoinCard(), u"joinLine"_s)->text();

        QTemporaryDir folder;
        app::Workplace workplace{folder.path()};
        ui::Desktop pupil{&workplace};
        ui::FirstStartAssistant *assistant = pupil.showAssistant();
        QSignalSpy ready(assistant, &ui::FirstStartAssistant::identityReady);
        in<QPushButton>(assistant, u"chooseCard"_s)->click();
        auto *text = in<QPlainTextEdit>(assistant, u"cardText"_s);
        auto *next = in<QPushButton>(assistant, u"cardNext"_s);
        auto *problem = in<QLabel>(assistant, u"cardProblem"_s);
        QVERIFY(!next->isEnabled());
        text->setPlainText(u"nonsense"_s);
        next->click();
        QVERIFY(problem->text().startsWith(u"This is not a join card."_s));
        text->setPlainText(line + u" zebra"_s);
        next->click();
        QVERIFY(problem->text().startsWith(u"The words do not fit."_s));
        text->setPlainText(line);
        QVERIFY(problem->isHidden());
        next->click();
        QTRY_VERIFY(in<QLabel>(assistant, u"cardSummary"_s)->text().contains(u"\"Class 7b\""_s));
        QVERIFY(line.endsWith(in<QLabel>(assistant, u"cardWords"_s)->accessibleDescription().replace(u", "_s, u" "_s)));
        next->click();

        in<QLineEdit>(assistant, u"nameField"_s)->setText(u"Pupil"_s);
        in<QLineEdit>(assistant, u"addressField"_s)->setText(u"pupil@class.example"_s);
        in<QLineEdit>(assistant, u"passphraseField"_s)->setText(u"pass"_s);
        in<QLineEdit>(assistant, u"passphraseAgainField"_s)->setText(u"pass"_s);
        auto *create = in<QPushButton>(assistant, u"createButton"_s);
        QVERIFY(!create->isEnabled());
        in<QLineEdit>(assistant, u"mailboxPasswordField"_s)->setText(QString::fromUtf8(kPassword.view()));
        create->click();
        auto *save = in<QPushButton>(assistant, u"saveRequestButton"_s);
        QTRY_VERIFY_WITH_TIMEOUT(save->isEnabled(), 30'000); // The authority is elsewhere: its answer to the request makes the certificate.
        in<QPushButton>(assistant, u"openWindowButton"_s)->click();
        QCOMPARE(ready.size(), 1);

        const auto profile = workplace.identities().profile(u"pupil@class.example"_s);
        QVERIFY(profile);
        QFile file{profile->folder + u"/account.json"_s};
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray account = file.readAll();
        QVERIFY(!account.contains(kPassword.view().toByteArray()));
        const QJsonObject smtp = QJsonDocument::fromJson(account).object()["smtp"_L1].toObject();
        QCOMPARE(smtp["tls"_L1].toString(), u"starttls"_s);
        QCOMPARE(QByteArray::fromBase64(smtp["anchors"_L1][0].toString().toLatin1()), teacher.certificate);
        bool isTrusted = false;
        for (const identity::Anchor &anchor : workplace.identities().anchors(u"pupil@class.example"_s))
            isTrusted = isTrusted || anchor.certificate == teacher.certificate;
        QVERIFY(isTrusted);

        // The window fetches from the teacher's relay, under its password.
        QVERIFY(submit(teacher.workplace.relay().smtpEndpoint().port, "pupil@class.example", "pupil@class.example").contains("250 2.0.0 "));
        teacher.workplace.relay().setWatching(true);
        bool hasLoggedIn = false;
        connect(&teacher.workplace.relay(), &app::RelayService::sessionEvents, this, [&hasLoggedIn](const QList<relay::MonitorEvent> &events) {
            for (const relay::MonitorEvent &event : events)
                hasLoggedIn = hasLoggedIn || (event.protocol == relay::Protocol::Pop3 && event.kind == relay::MonitorEvent::Kind::LineOut && event.text.startsWith("+OK")
                                              && event.text.contains("message"));
        });
        QTRY_VERIFY_WITH_TIMEOUT(hasLoggedIn, 20'000);
    }

    void allRequestsThatWereChosenAreAnswered()
    {
        // Only the first of them was; whoever ran a class gave the passphrase for each pupil, and named each file.
        Teacher teacher;
        QVERIFY(teacher.workplace.data().createProfile(u"teacher@class.example"_s, u"Teacher"_s));
        QTemporaryDir pupils;
        QStringList paths;
        const auto hand = [&](const QString &name, const QByteArray &content) {
            QFile file{pupils.filePath(name)};
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
            paths += file.fileName();
        };
        for (const QString &name : {u"anna"_s, u"ben"_s}) {
            const auto made = app::makeIdentity(identity::DataDirectory{pupils.path()}, {name + u"@class.example"_s, name, u"ec:p256"_s, identity::wellKnownPassphrase(), {}});
            QVERIFY(made);
            hand(name + u".csr"_s, made->requestPem);
        }
        hand(u"letter.txt"_s, "Dear teacher");

        teacher.desktop.openWindow(u"teacher@class.example"_s);
        QWidget *window = teacher.desktop.windowsOf(u"teacher@class.example"_s)->showIdentities();
        in<QPushButton>(window, u"issueButton"_s)->click();
        const QPointer<QFileDialog> files{in<QFileDialog>(window, u"fileDialog"_s)};
        Q_EMIT files->filesSelected(paths);
        files->close();
        QTRY_VERIFY(files.isNull() && window->findChild<QDialog *>(u"unlockDialog"_s));
        auto *question = in<QDialog>(window, u"unlockDialog"_s);
        QVERIFY(window->findChild<ui::NoticeBar *>()->text().startsWith(u"letter.txt: "_s));
        const auto *people = in<QListWidget>(question, u"unlockList"_s);
        QCOMPARE(people->count(), 2);
        QVERIFY2(people->item(1)->text().contains(u"ben@class.example"_s), qPrintable(people->item(1)->text()));
        in<QLineEdit>(question, u"passphraseField"_s)->setText(QString::fromUtf8(identity::wellKnownPassphrase().view()));
        question->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok)->click();
        QTRY_VERIFY_WITH_TIMEOUT(window->findChild<QFileDialog *>(u"fileDialog"_s), 10'000);
        auto *folder = in<QFileDialog>(window, u"fileDialog"_s);
        Q_EMIT folder->fileSelected(pupils.path());
        folder->close();
        QTRY_VERIFY(window->findChild<ui::NoticeBar *>()->text().startsWith(u"The certificates were issued."_s));
        QVERIFY(window->findChild<ui::NoticeBar *>()->text().contains(u"letter.txt: "_s)); // Whose sender still waits.
        for (const QString &name : {u"anna@class.example.pem"_s, u"ben@class.example.pem"_s}) {
            QFile file{pupils.filePath(name)};
            QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(name));
            QCOMPARE(file.readAll().count("BEGIN CERTIFICATE"), 2);
        }
        // Whom it is about to revoke, the question said by a name that several pupils may bear.
        auto *issued = in<QTreeWidget>(window, u"issuedCertificates"_s);
        const auto found = issued->findItems(u"ben@class.example"_s, Qt::MatchExactly, 1);
        QCOMPARE(found.size(), 1);
        found.first()->setSelected(true);
        in<QPushButton>(window, u"revokeButton"_s)->click();
        const QList<QLabel *> texts = in<QDialog>(window, u"unlockDialog"_s)->findChildren<QLabel *>();
        QVERIFY(std::any_of(texts.cbegin(), texts.cend(), [](const QLabel *text) { return text->text().contains(u"ben@class.example"_s); }));
    }

    void thirtyWrongFilesMakeNoThirtyLines()
    {
        ui::FileProblems problems;
        for (int pupil = 1; pupil <= 30; ++pupil)
            problems.add(u"%1.csr"_s.arg(pupil), u"This is no request."_s);
        QCOMPARE(problems.lines(), QStringList{u"1.csr, 2.csr, 3.csr and 27 more files: This is no request."_s});
        for (int reason = 1; reason <= 7; ++reason)
            problems.add(u"x"_s, u"Reason %1."_s.arg(reason));
        QCOMPARE(problems.lines().size(), 6);
        QCOMPARE(problems.lines().at(4), u"x: Reason 4."_s);
        QVERIFY(problems.lines().constLast().startsWith(u"3 more files"_s));
    }

    void theMonitorHoldsAndDeletesWhatIsOnItsWayElsewhere()
    {
        QTcpServer nobody;
        QVERIFY(nobody.listen(QHostAddress::LocalHost));
        const quint16 nextHop = nobody.serverPort();
        nobody.close();
        Teacher teacher;
        teacher.configure({{u"smarthost"_s, u"127.0.0.1:%1"_s.arg(nextHop)}, {u"smarthost-tls"_s, u"none"_s}});
        const auto added = teacher.workplace.relay().addUser(u"pupil@class.example"_s, kPassword);
        QTRY_VERIFY(!added.isRunning());
        teacher.start();
        QVERIFY(submit(teacher.workplace.relay().smtpEndpoint().port, "pupil@class.example", "zoe@elsewhere.org").contains("250 2.0.0 "));

        ui::RelayMonitorWindow *monitor = teacher.desktop.showMonitor();
        auto *table = in<QTreeWidget>(monitor, u"relayQueue"_s);
        auto *pages = in<QTabWidget>(monitor, u"monitorPages"_s);
        for (int i = 0; i < pages->count(); ++i)
            if (pages->widget(i)->isAncestorOf(table))
                pages->setCurrentIndex(i);
        QTRY_COMPARE(table->topLevelItemCount(), 1);
        QCOMPARE(table->topLevelItem(0)->text(0), u"zoe@elsewhere.org"_s);
        QCOMPARE(table->topLevelItem(0)->text(1), u"pupil@class.example"_s);
        QTRY_VERIFY(table->topLevelItem(0)->text(3).contains(u"ConnectionRefused"_s));
        QCOMPARE(in<QLabel>(monitor, u"queueSummary"_s)->text(), u"1 message(s) wait."_s);

        auto *hold = in<QPushButton>(monitor, u"queueHold"_s);
        auto *remove = in<QPushButton>(monitor, u"queueDelete"_s);
        QVERIFY(!hold->isEnabled() && !remove->isEnabled());
        table->topLevelItem(0)->setSelected(true);
        hold->click();
        QTRY_VERIFY(table->topLevelItem(0)->text(3).startsWith(u"Held."_s));
        QVERIFY(table->topLevelItem(0)->isSelected());
        QTRY_COMPARE(hold->text(), u"Let &go"_s);
        hold->click();
        QTRY_VERIFY(!table->topLevelItem(0)->text(3).startsWith(u"Held."_s));

        auto *pause = in<QPushButton>(monitor, u"queuePause"_s);
        pause->click();
        QTRY_COMPARE(in<QLabel>(monitor, u"queueSummary"_s)->text(), u"Paused. 1 message(s) wait."_s);
        pause->click();
        QTRY_COMPARE(in<QLabel>(monitor, u"queueSummary"_s)->text(), u"1 message(s) wait."_s);
        in<QPushButton>(monitor, u"queueFlush"_s)->click();

        remove->click();
        auto *question = monitor->findChild<QMessageBox *>(u"queueDeleteQuestion"_s);
        QVERIFY(question && question->defaultButton() == question->button(QMessageBox::Cancel));
        in<QPushButton>(question, u"queueDeleteConfirmed"_s)->click();
        QTRY_COMPARE(table->topLevelItemCount(), 0);
        QCOMPARE(in<QLabel>(monitor, u"queueSummary"_s)->text(), u"Nothing waits."_s);
    }
};

int main(int argc, char **argv)
{
    QApplication application{argc, argv};
    QCA::Initializer initializer;
    if (!provider::registerProvider())
        return 1;
    TestClassroom test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_Classroom.moc"
