// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/Registration.h"
#include "ui/MonitorFixture.h"
#include "ui/PlainTable.h"
#include "ui/RelayClassDialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QListWidget>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStyledItemDelegate>
#include <QTcpSocket>
#include <QTreeWidget>
#include <QtCrypto>

using namespace Qt::StringLiterals;
using namespace uitest;

namespace {

/// One who talks to the relay line by line, as a stranger's program would; each step waits for its reply.
class Talker
{
public:
    explicit Talker(const net::Endpoint &at) { m_socket.connectToHost(at.host, at.port); }

    /// The whole reply, of several lines perhaps, or what came until the deadline.
    QByteArray say(const QByteArray &line)
    {
        m_socket.write(line.isEmpty() ? QByteArray() : line + "\r\n");
        QByteArray reply;
        const auto isWhole = [this, &reply] {
            reply += m_socket.readAll();
            const qsizetype before = reply.lastIndexOf("\r\n", reply.size() - 3);
            return reply.endsWith("\r\n") && reply.mid(before < 0 ? 3 : before + 5, 1) != "-";
        };
        [&] { QTRY_VERIFY_WITH_TIMEOUT(isWhole(), 10'000); }();
        return reply;
    }

private:
    QTcpSocket m_socket;
};

/// Counts how often the size of a cell is asked.
class CountingDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        ++asked;
        return QStyledItemDelegate::sizeHint(option, index);
    }

    mutable int asked = 0;
};

/// Return destroys nothing.
bool isSafeByDefault(const QMessageBox *box) { return box && box->defaultButton() && box->defaultButton() == box->button(QMessageBox::Cancel); }

} // namespace

/// The relay's monitor by its accessible names: what it says of messages and mailboxes, and what can be done there.
class TestRelayMonitor : public QObject, private Monitor
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { openTheMonitor(); }
    void cleanupTestCase() { m_demonstration.reset(); }

    void aMailboxIsMadeGetsAnotherPasswordAndGoes()
    {
        press(u"addMailbox"_s);
        auto *dialog = topLevel<QDialog>(u"relayUserDialog"_s);
        QVERIFY(dialog);
        auto *confirm = dialog->findChild<QPushButton *>(u"mailboxConfirm"_s);
        // The button stayed grey, and nothing said why.
        type(dialog, u"mailboxAddress"_s, u"dora"_s);
        dialog->findChild<QWidget *>(u"mailboxPassword"_s)->setFocus();
        type(dialog, u"mailboxPassword"_s, u"f"_s);
        QVERIFY(dialog->findChild<QLabel *>(u"mailboxProblem"_s)->text().startsWith(u"\"dora\" is no mail address."_s));
        type(dialog, u"mailboxAddress"_s, u"dora@example.org"_s);
        type(dialog, u"mailboxPassword"_s, u"first"_s);
        QVERIFY(!confirm->isEnabled());
        type(dialog, u"mailboxPasswordAgain"_s, u"first"_s);
        confirm->click();
        QTRY_VERIFY(rowOf(u"relayMailboxes"_s, u"dora@example.org"_s) >= 0);
        QCOMPARE(login("dora@example.org", "first").left(3), "+OK");

        chooseRow(u"relayMailboxes"_s, u"dora@example.org"_s);
        press(u"changeMailboxPassword"_s);
        dialog = topLevel<QDialog>(u"relayUserDialog"_s);
        QVERIFY(dialog);
        type(dialog, u"mailboxPassword"_s, u"second"_s);
        type(dialog, u"mailboxPasswordAgain"_s, u"second"_s);
        dialog->findChild<QPushButton *>(u"mailboxConfirm"_s)->click();
        QTRY_VERIFY(label(u"mailboxesProblem"_s).contains(u"was changed"_s));
        QCOMPARE(login("dora@example.org", "first").left(4), "-ERR");
        QCOMPARE(login("dora@example.org", "second").left(3), "+OK");

        press(u"removeMailbox"_s);
        QVERIFY(topLevel<QMessageBox>(u"removeMailboxQuestion"_s));
        QVERIFY(isSafeByDefault(topLevel<QMessageBox>(u"removeMailboxQuestion"_s)));
        topLevel<QMessageBox>(u"removeMailboxQuestion"_s)->findChild<QPushButton *>(u"removeMailboxConfirmed"_s)->click();
        QTRY_COMPARE(rowOf(u"relayMailboxes"_s, u"dora@example.org"_s), -1);
        QCOMPARE(login("dora@example.org", "second").left(4), "-ERR");
    }

    void aTakenAddressIsRefusedInTheDialog()
    {
        press(u"addMailbox"_s);
        auto *dialog = topLevel<QDialog>(u"relayUserDialog"_s);
        type(dialog, u"mailboxAddress"_s, kBob);
        type(dialog, u"mailboxPassword"_s, u"mine now"_s);
        type(dialog, u"mailboxPasswordAgain"_s, u"mine now"_s);
        dialog->findChild<QPushButton *>(u"mailboxConfirm"_s)->click();
        QTRY_VERIFY(!dialog->findChild<QLabel *>(u"mailboxProblem"_s)->text().isEmpty());
        QVERIFY(dialog->isVisible());
        dialog->reject();
    }

    void aWholeClassGetsItsMailboxesAtOnce()
    {
        press(u"addMailboxes"_s);
        auto *dialog = topLevel<ui::RelayClassDialog>(u"relayClassDialog"_s);
        QVERIFY(dialog);
        QCOMPARE(dialog->findChild<QLineEdit *>(u"classDomain"_s)->text(), u"example.org"_s);
        dialog->findChild<QPlainTextEdit *>(u"classList"_s)->setPlainText(u"Anna Abel\nben@example.org; secret\nBob <bob@example.org>"_s);
        const auto *list = dialog->findChild<QTableWidget *>(u"classTable"_s);
        QCOMPARE(list->rowCount(), 3);
        QCOMPARE(list->item(2, 3)->text(), u"has a mailbox already"_s);
        dialog->findChild<QPushButton *>(u"classMake"_s)->click();
        dialog->reject(); // Not with passwords that nobody has seen.
        QTRY_VERIFY(dialog->findChild<QPushButton *>(u"classPrint"_s)->isVisible());
        const QString password = list->item(0, 2)->text();
        QCOMPARE(dialog->savedList(), u"Anna Abel\tanna.abel@example.org\t%1\n\tben@example.org\tsecret\n"_s.arg(password));
        QVERIFY(dialog->printedList().contains(password) && !dialog->printedList().contains(kBob));
        QCOMPARE(login("anna.abel@example.org", password.toLatin1()).left(3), "+OK");
        QCOMPARE(login("ben@example.org", "secret").left(3), "+OK");
        dialog->reject(); // Says what would be lost.
        QVERIFY(dialog->isVisible());
        dialog->reject();
        QVERIFY(!dialog->isVisible());
        for (const QString &address : {u"anna.abel@example.org"_s, u"ben@example.org"_s}) {
            QTRY_VERIFY(rowOf(u"relayMailboxes"_s, address) >= 0);
            const auto removed = m_demonstration->relay().removeUser(address);
            QTRY_VERIFY(!removed.isRunning());
        }
    }

    void otherNamesLeadToTheMailbox()
    {
        chooseRow(u"relayMailboxes"_s, kBob);
        press(u"changeAliases"_s);
        auto *dialog = topLevel<QDialog>(u"relayAliasesDialog"_s);
        QVERIFY(dialog);
        type(dialog, u"aliasField"_s, u"sales@example.org"_s);
        dialog->findChild<QPushButton *>(u"aliasAdd"_s)->click();
        QTRY_COMPARE(dialog->findChild<QListWidget *>(u"aliasList"_s)->count(), 1);
        QCOMPARE(recipientReply("anything@example.org").left(3), "550");
        dialog->findChild<QCheckBox *>(u"catchAllSwitch"_s)->click();
        QTRY_VERIFY(cell(u"relayMailboxes"_s, kBob, 1).contains(u"everything else to @example.org"_s));
        QVERIFY(cell(u"relayMailboxes"_s, kBob, 1).contains(u"sales@example.org"_s));
        QTRY_COMPARE(recipientReply("sales@example.org").left(3), "250");
        QTRY_COMPARE(recipientReply("anything@example.org").left(3), "250");
        dialog->findChild<QListWidget *>(u"aliasList"_s)->setCurrentRow(0);
        dialog->findChild<QPushButton *>(u"aliasRemove"_s)->click();
        dialog->findChild<QCheckBox *>(u"catchAllSwitch"_s)->click();
        QTRY_COMPARE(cell(u"relayMailboxes"_s, kBob, 1), QString());
        QTRY_COMPARE(recipientReply("sales@example.org").left(3), "550");
        dialog->reject();
    }

    void whatAMailboxMayHoldIsKeptAndObeyed()
    {
        auto *quota = m_monitor->findChild<QSpinBox *>(u"mailboxQuota"_s);
        QCOMPARE(quota->value(), 0);
        QSignalSpy reloaded(&m_demonstration->relay(), &app::RelayService::reloaded);
        quota->setValue(1);
        Q_EMIT quota->editingFinished();
        QTRY_COMPARE(reloaded.size(), 1);
        QTRY_VERIFY2(cell(u"relayMailboxes"_s, kBob, 3).contains(u" of 1"_s), qPrintable(cell(u"relayMailboxes"_s, kBob, 3)));
        QCOMPARE(m_demonstration->workplace().relaySettings()->limits.mailboxQuotaOctets, 1 << 20);
        // A message that says how large it is and does not fit is refused where its recipient is named.
        Talker talker(m_demonstration->relay().smtpEndpoint());
        talker.say({});
        talker.say("EHLO test.example");
        talker.say("MAIL FROM:<alice@example.org> SIZE=2000000");
        QCOMPARE(talker.say("RCPT TO:<bob@example.org>").left(3), "552");
        quota->setValue(0);
        Q_EMIT quota->editingFinished();
        QTRY_COMPARE(reloaded.size(), 2);
        QTRY_VERIFY(!cell(u"relayMailboxes"_s, kBob, 3).contains(u" of "_s));
    }

    void anEncryptedLetterOpensOnlyWithLentKeys()
    {
        const QString id = deliver(m_demonstration->letter(u"For Bob's eyes"_s, u"The words inside"_s));
        QTRY_VERIFY2(sees().contains(u"Readable by: "_s), qPrintable(sees()));
        QVERIFY(sees().contains(u"named in the header"_s) && sees().contains(u"the sender"_s));
        QVERIFY(sees().contains(u"application/pkcs7-mime"_s));
        QVERIFY2(cell(u"relayMessages"_s, id, kFinding).startsWith(u"Encrypted: only its readers see what is inside"_s), qPrintable(cell(u"relayMessages"_s, id, kFinding)));
        auto *opened = m_monitor->findChild<ui::MessageView *>(u"relayOpened"_s);
        QTRY_VERIFY(opened->hasMessage());
        QCOMPARE(opened->message().verdict.summary, smime::Summary::CannotDecrypt);

        auto *keys = m_monitor->findChild<QComboBox *>(u"relayKeys"_s);
        keys->setCurrentIndex(keys->findText(kBob));
        Q_EMIT keys->activated(keys->currentIndex());
        QTRY_COMPARE(opened->message().verdict.summary, smime::Summary::Verified);
        QVERIFY(opened->message().text.contains(u"The words inside"_s));
        QTRY_VERIFY2(sees().contains(u"Encrypted, and signed by alice@example.org: verified."_s), qPrintable(sees()));
        QVERIFY(sees().contains(u"The subject is protected inside."_s));
        // What the relay keeps does not know it.
        QVERIFY(cell(u"relayMessages"_s, id, kFinding).startsWith(u"Encrypted: only its readers"_s));

        // Keys that are locked are lent no longer.
        m_demonstration->profile(kBob)->session()->lock();
        QTRY_COMPARE(opened->message().verdict.summary, smime::Summary::CannotDecrypt);
        QCOMPARE(keys->currentData().toString(), QString());
        m_demonstration->profile(kBob)->session()->unlock(base::Secret("demonstration"));
        QTRY_VERIFY_WITH_TIMEOUT(m_demonstration->profile(kBob)->session()->isUnlocked(), 10'000);
    }

    void keysAreReadFromAFile()
    {
        const QString path = m_demonstration->path(u"bob.p12"_s);
        std::optional<QByteArray> file;
        base::whenReady(this, m_demonstration->workplace().identities().exportIdentity(kBob, base::Secret("of the file")), [&](const base::Result<QByteArray> &exported) { file = exported ? *exported : QByteArray(); });
        QTRY_VERIFY_WITH_TIMEOUT(file && !file->isEmpty(), 10'000);
        QFile out(path);
        QVERIFY(out.open(QIODevice::WriteOnly) && out.write(*file) == file->size());
        out.close();
        deliver(m_demonstration->letter(u"Opened by a file"_s, u"Inside again"_s));
        auto *opened = m_monitor->findChild<ui::MessageView *>(u"relayOpened"_s);
        QTRY_COMPARE(opened->message().verdict.summary, smime::Summary::CannotDecrypt);
        auto *keys = m_monitor->findChild<QComboBox *>(u"relayKeys"_s);
        keys->setCurrentIndex(keys->count() - 1);
        Q_EMIT keys->activated(keys->currentIndex());
        QVERIFY(chooseFile(path));
        QTRY_VERIFY_WITH_TIMEOUT(topLevel<QDialog>(u"unlockDialog"_s), 10'000);
        auto *dialog = topLevel<QDialog>(u"unlockDialog"_s);
        auto *field = dialog->findChild<QLineEdit *>();
        field->setText(u"of the file"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(opened->message().verdict.summary, smime::Summary::Verified, 10'000);
        QVERIFY(opened->message().text.contains(u"Inside again"_s));
        keys->setCurrentIndex(0);
        Q_EMIT keys->activated(0);
        QTRY_COMPARE(opened->message().verdict.summary, smime::Summary::CannotDecrypt);
    }

    void aBlindCopyThatTheReadersListBetraysIsSeenAtAGlance()
    {
        makeCarol();
        app::Draft draft = m_demonstration->letter(u"With a blind copy"_s, u"Carol reads this too"_s);
        draft.to += {u"Carol Ito"_s, u"carol@example.org"_s};
        QByteArray octets = sealed(draft);
        // As a careless program writes it: one list of readers for all, and the header keeps quiet about one of them.
        const qsizetype begin = octets.indexOf("\r\nTo: ") + 2;
        qsizetype end = octets.indexOf("\r\n", begin) + 2;
        while (octets.mid(end, 1) == " ")
            end = octets.indexOf("\r\n", end) + 2;
        octets.replace(begin, end - begin, "To: Bob Baker <bob@example.org>\r\n");
        const QString id = submit(octets, {"bob@example.org", "carol@example.org"});
        QTRY_VERIFY2(cell(u"relayMessages"_s, id, kFinding).endsWith(u"betrays a blind copy"_s), qPrintable(cell(u"relayMessages"_s, id, kFinding)));
        QTRY_VERIFY2(sees().contains(u"The list of readers betrays carol@example.org, whom the header does not name"_s), qPrintable(sees()));
        QVERIFY(sees().contains(u"a blind copy that the list betrays"_s));
    }

    void theSessionOfAMessageIsShownWithoutItsSecrets()
    {
        deliver(m_demonstration->letter(u"Watched on its way"_s, u"Line by line"_s));
        auto *transcript = m_monitor->findChild<QPlainTextEdit *>(u"messageTranscript"_s);
        QTRY_VERIFY2(transcript->toPlainText().contains(u"\u2192 MAIL FROM:<alice@example.org>"_s), qPrintable(transcript->toPlainText()));
        QVERIFY(transcript->toPlainText().contains(u"RCPT TO:<bob@example.org>"_s));
        QVERIFY(!transcript->toPlainText().contains(u"Line by line"_s));
        const auto *sessions = m_monitor->findChild<QListWidget *>(u"sessionList"_s);
        QTRY_VERIFY(sessions->count() > 0 && !sessions->item(0)->toolTip().isEmpty()); // When it was.
    }

    void anEmptyPageSaysWhatWillAppear()
    {
        auto *queue = m_monitor->findChild<QTreeWidget *>(u"relayQueue"_s);
        const auto *sentence = queue->viewport()->findChild<QLabel *>();
        QVERIFY(sentence->isVisibleTo(queue) && sentence->text().startsWith(u"Mail for addresses elsewhere"_s));
        QCOMPARE(queue->accessibleDescription(), sentence->text());
        auto *row = new QTreeWidgetItem(queue);
        QVERIFY(!sentence->isVisibleTo(queue) && queue->accessibleDescription().isEmpty());
        delete row;
        QVERIFY(sentence->isVisibleTo(queue));
    }

    void aCheckThatBroughtNothingLeavesNoLine()
    {
        // Each is made over TLS where the relay has a certificate, and was kept for that.
        app::FetchService &fetching = m_demonstration->profile(kAlice)->session()->fetching();
        QSignalSpy finished(&fetching, &app::FetchService::finished);
        fetching.fetchNow();
        QTRY_VERIFY_WITH_TIMEOUT(!finished.isEmpty(), 10'000); // What there is.
        const auto *sessions = m_monitor->findChild<QListWidget *>(u"sessionList"_s);
        QStringList seen;
        const QObject context;
        connect(&m_demonstration->relay(), &app::RelayService::sessionEvents, &context, [&seen](const QList<relay::MonitorEvent> &events) {
            for (const relay::MonitorEvent &event : events)
                if (event.protocol == relay::Protocol::Pop3)
                    seen += event.kind == relay::MonitorEvent::Kind::TlsStarted ? u"TLS"_s : event.kind == relay::MonitorEvent::Kind::SessionClosed ? QString::fromUtf8(event.text) : QString();
        });
        const int before = sessions->count();
        fetching.fetchNow();
        QTRY_VERIFY_WITH_TIMEOUT(seen.contains(u"TLS"_s) && seen.contains(u"QUIT"_s), 10'000);
        QTRY_COMPARE_LE(sessions->count(), before);
    }

    void whatWasFoundIsReadInANarrowWindow()
    {
        const QSize before = m_monitor->size();
        m_monitor->resize(800, 600);
        QTRY_VERIFY2(table(u"relayMessages"_s)->columnWidth(kFinding) >= 120, qPrintable(QString::number(table(u"relayMessages"_s)->columnWidth(kFinding))));
        m_monitor->resize(before);
    }

    void columnsAreMeasuredOnceHoweverManyCellsAreWritten()
    {
        constexpr int kRows = 100;
        const std::unique_ptr<QTableWidget> written(ui::plainTable(u"written"_s, u"Written"_s, {u"A"_s, u"B"_s, u"C"_s}, 0, nullptr));
        auto *counting = new CountingDelegate(written.get());
        written->setItemDelegate(counting);
        const auto write = [&](const QString &text) {
            const ui::MeasureColumnsAtEnd measure(written.get());
            written->setRowCount(kRows);
            for (int row = 0; row < kRows; ++row)
                ui::fillRow(written.get(), row, row, {text, text, text});
        };
        write(u"short"_s);
        written->resize(600, 400);
        written->show();
        QVERIFY(QTest::qWaitForWindowExposed(written.get()));
        const int before = written->columnWidth(1);
        counting->asked = 0;
        write(u"not quite as short as that"_s);
        QTRY_COMPARE_GT(written->columnWidth(1), before);
        QCOMPARE_LE(counting->asked, 10 * kRows); // Every row was measured for every cell that was written.
    }

    void theFilterLeavesWhatHasTheWords()
    {
        const QString wanted = deliver(signedLetter(u"Rhubarb for sale"_s));
        auto *filter = m_monitor->findChild<QLineEdit *>(u"messageFilter"_s);
        filter->setText(u"rhubarb ALICE"_s);
        const auto shown = [this] {
            QStringList ids;
            for (int row = 0; row < table(u"relayMessages"_s)->rowCount(); ++row)
                if (!table(u"relayMessages"_s)->isRowHidden(row))
                    ids += table(u"relayMessages"_s)->item(row, kFrom)->data(Qt::UserRole).toString();
            return ids;
        };
        QCOMPARE(shown(), QStringList{wanted});
        // What comes meanwhile is filtered, too.
        deliver(signedLetter(u"Nothing of interest"_s));
        QCOMPARE(shown(), QStringList{wanted});
        filter->clear();
        QVERIFY(shown().size() > 1);
    }

    void aMessageIsSavedAsItLies()
    {
        const QString id = deliver(m_demonstration->letter(u"To be kept"_s, u"Byte for byte"_s));
        press(u"saveMessage"_s);
        QTRY_VERIFY(topLevel<QFileDialog>(u"fileDialog"_s));
        const QString path = m_demonstration->path(u"kept.eml"_s);
        QVERIFY(chooseFile(path));
        QTRY_VERIFY(label(u"messagesProblem"_s).contains(u"was saved"_s));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), octetsOf(id));
    }

    void aFileIsReplacedOnlyWhenThatIsWanted()
    {
        const QString path = m_demonstration->path(u"replaced.eml"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("before") == 6);
        file.close();
        deliver(m_demonstration->letter(u"To be kept, too"_s, u"Byte for byte"_s));
        press(u"saveMessage"_s);
        QTRY_VERIFY(topLevel<QFileDialog>(u"fileDialog"_s));
        QVERIFY(chooseFile(path));
        QTRY_VERIFY(topLevel<QMessageBox>(u"replaceQuestion"_s));
        QCOMPARE(QFileInfo(path).size(), 6);
        QVERIFY(isSafeByDefault(topLevel<QMessageBox>(u"replaceQuestion"_s)));
        topLevel<QMessageBox>(u"replaceQuestion"_s)->findChild<QPushButton *>(u"replaceConfirmed"_s)->click();
        QTRY_VERIFY(QFileInfo(path).size() > 6);
    }

    // A journal that was lost is made anew by the monitor if no relay runs.
    void aStoppedRelaysMessagesAreLookedAtToo()
    {
        const QString id = deliver(signedLetter(u"Looked at later"_s));
        m_demonstration->relay().stop();
        QTRY_COMPARE(m_demonstration->relay().state(), app::RelayService::State::Stopped);
        QDir spool(m_demonstration->path(u"relay"_s));
        for (const QString &file : spool.entryList({u"journal.sqlite*"_s}))
            QVERIFY(spool.remove(file) || !spool.exists(file)); // A reader that ends takes its log with it.
        const QPointer<ui::RelayMonitorWindow> closed(m_monitor);
        m_monitor->close();
        QTRY_VERIFY(closed.isNull());
        m_monitor = m_demonstration->desktop().showMonitor();
        QTRY_COMPARE_WITH_TIMEOUT(cell(u"relayMessages"_s, id, kFinding), u"Signed by alice@example.org: verified"_s, 10'000);
        m_demonstration->workplace().startRelay();
        QTRY_COMPARE(m_demonstration->relay().state(), app::RelayService::State::Running);
    }

    void oneMessageIsDeletedAndThenAll()
    {
        const QString first = deliver(m_demonstration->letter(u"Goes first"_s, u"-"_s));
        const int before = table(u"relayMessages"_s)->rowCount();
        QVERIFY(before > 1);
        chooseRow(u"relayMessages"_s, first);
        press(u"deleteMessage"_s);
        QTRY_COMPARE(table(u"relayMessages"_s)->rowCount(), before - 1);
        QCOMPARE(rowOf(u"relayMessages"_s, first), -1);
        QTRY_COMPARE(sees(), QString());
        press(u"deleteAllMessages"_s);
        QTRY_VERIFY(topLevel<QMessageBox>(u"deleteAllQuestion"_s));
        QVERIFY(isSafeByDefault(topLevel<QMessageBox>(u"deleteAllQuestion"_s)));
        topLevel<QMessageBox>(u"deleteAllQuestion"_s)->findChild<QPushButton *>(u"deleteAllConfirmed"_s)->click();
        QTRY_COMPARE(table(u"relayMessages"_s)->rowCount(), 0);
        QTRY_VERIFY2(label(u"messagesProblem"_s).contains(u"were deleted"_s), qPrintable(label(u"messagesProblem"_s)));
    }

private:
    QByteArray login(const QByteArray &user, const QByteArray &password) const
    {
        Talker talker(m_demonstration->relay().pop3Endpoint());
        talker.say({});
        talker.say("USER " + user);
        return talker.say("PASS " + password);
    }

    QByteArray recipientReply(const QByteArray &address) const
    {
        Talker talker(m_demonstration->relay().smtpEndpoint());
        talker.say({});
        talker.say("EHLO test.example");
        talker.say("MAIL FROM:<alice@example.org>");
        return talker.say("RCPT TO:<" + address + ">");
    }

    QByteArray octetsOf(const QString &id) const
    {
        std::optional<QByteArray> octets;
        base::whenReady(m_monitor, m_demonstration->relay().getMessage(id.toLongLong()), [&](const base::Result<QByteArray> &got) { octets = got ? *got : QByteArray(); });
        [&] { QTRY_VERIFY(octets); }();
        return octets.value_or(QByteArray());
    }

    QByteArray sealed(const app::Draft &draft) const
    {
        QByteArray octets;
        base::whenReady(m_monitor, m_demonstration->profile(kAlice)->session()->preview(draft), [&](const base::Result<smime::SealedMail> &mail) { octets = mail ? mail->envelopes.first().message : "?"; });
        [&] { QTRY_VERIFY_WITH_TIMEOUT(!octets.isEmpty(), 10'000); }();
        return octets;
    }

    QString submit(const QByteArray &octets, const QList<QByteArray> &recipients)
    {
        const QString before = newest();
        Talker talker(m_demonstration->relay().smtpEndpoint());
        talker.say({});
        talker.say("EHLO test.example");
        talker.say("MAIL FROM:<alice@example.org>");
        for (const QByteArray &recipient : recipients)
            talker.say("RCPT TO:<" + recipient + ">");
        talker.say("DATA");
        [&] { QCOMPARE(talker.say(octets + ".").left(3), "250"); }();
        return arrived(before);
    }

    void makeCarol()
    {
        app::NewIdentity wanted;
        wanted.address = u"carol@example.org"_s;
        wanted.name = u"Carol Ito"_s;
        wanted.keyType = u"ec:p256"_s;
        wanted.passphrase = base::Secret("demonstration");
        bool isMade = false;
        base::whenReady(this, m_demonstration->workplace().identities().createIdentity(wanted), [&](const base::Result<app::CreatedIdentity> &made) { isMade = made.isOk(); });
        QTRY_VERIFY_WITH_TIMEOUT(isMade, 20'000);
        bool hasMailbox = false;
        base::whenReady(this, m_demonstration->relay().setUser(wanted.address, base::Secret("hers")), [&](const base::Status &made) { hasMailbox = made.isOk(); });
        QTRY_VERIFY(hasMailbox);
    }
};

int main(int argc, char *argv[])
{
    QApplication application{argc, argv};
    QCA::Initializer initializer;
    TestRelayMonitor test;
    return provider::registerProvider() ? QTest::qExec(&test, argc, argv) : 1;
}
#include "tst_RelayMonitor.moc"
