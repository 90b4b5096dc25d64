// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/CmsForge.h"
#include "provider/Registration.h"
#include "ui/DemonstrationFixture.h"
#include "ui/InspectorParts.h"
#include "ui/InspectorWindow.h"
#include "ui/MessageBrowser.h"
#include "ui/MessageView.h"
#include "ui/VerdictBanner.h"

#include <QAction>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QProcess>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableWidget>
#include <QToolButton>
#include <QTranslator>
#include <QTreeWidget>
#include <QtCrypto>
#include <algorithm>

using namespace Qt::StringLiterals;
using namespace uitest;

/// Knows two sentences in a tongue of its own.
class OtherTongue : public QTranslator
{
public:
    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(const char *, const char *source, const char *, int) const override
    {
        const QLatin1StringView text{source};
        return text == "None of the keys belongs to a recipient"_L1 ? u"<no key>"_s : text == "Signed attribute %1 is not single"_L1 ? u"<attribute %1>"_s : QString();
    }
};

const QByteArray kSecretHead = "From: carol@example.org\r\nTo: bob@example.org\r\nSubject: Secret\r\nMIME-Version: 1.0\r\n";

/// `content`, to be opened by `password` alone.
QByteArray sealedFor(const QByteArray &password, const QByteArray &content)
{
    provider::ForgedEnvelope envelope;
    envelope.content = content;
    envelope.recipients.resize(1);
    envelope.recipients.first().password = password;
    const base::Result<QByteArray> der = provider::forgeEnvelope(envelope);
    return "Content-Type: application/pkcs7-mime; smime-type=authEnveloped-data\r\nContent-Transfer-Encoding: base64\r\n\r\n" + (der ? der->toBase64() : QByteArray()) + "\r\n";
}

/// The inspector's page of parts and fields: what a letter is made of, and that it is the very octets that were carried.
class TestInspector : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_demonstration = std::make_unique<Demonstration>();
        QTRY_VERIFY_WITH_TIMEOUT(m_demonstration->isReady(), 20'000);
    }

    void cleanupTestCase() { m_demonstration.reset(); }

    void init()
    {
        if (m_octets.isEmpty())
            m_octets = sealed(m_demonstration->letter(u"Taken apart"_s, u"Dear Bob, this is one.\n"_s));
        m_inspector = std::make_unique<ui::InspectorWindow>(smime::OpenedMessage(), kBob, nullptr);
        m_inspector->setAttribute(Qt::WA_DeleteOnClose, false);
        m_inspector->setStructure(m_demonstration->profile(kBob)->session()->inspect(m_octets));
        QTRY_VERIFY(tree(u"inspectorParts"_s)->topLevelItemCount() == 1);
    }

    void cleanup() { m_inspector.reset(); }

    void everyPartAndLayerIsListedWithTypeAndSize()
    {
        const QStringList rows = rowsOf(tree(u"inspectorParts"_s));
        QVERIFY2(rows.constFirst().startsWith(u"1  application/pkcs7-mime"_s), qPrintable(rows.join(u'\n')));
        QVERIFY2(rows.filter(QRegularExpression(u"^\\s+AuthEnvelopedData, (DER|BER), AES-256-GCM\\|"_s)).size() == 1, qPrintable(rows.join(u'\n')));
        QVERIFY2(rows.filter(QRegularExpression(u"^\\s+1\\.1  multipart/signed"_s)).size() == 1, qPrintable(rows.join(u'\n')));
        QVERIFY2(rows.filter(QRegularExpression(u"^\\s+1\\.1\\.2  application/pkcs7-signature"_s)).size() == 1, qPrintable(rows.join(u'\n')));
        QVERIFY2(rows.filter(QRegularExpression(u"^\\s+SignedData, (DER|BER)\\|"_s)).size() == 1, qPrintable(rows.join(u'\n')));
        for (const QString &row : rows)
            QVERIFY2(!row.section(u'|', 1).isEmpty(), qPrintable(row));
    }

    void causesAreSaidInTheReadersTongue()
    {
        // The commonest of all, and those with a value in them, stayed English.
        OtherTongue other;
        QCoreApplication::installTranslator(&other);
        const QList<app::InspectionStep> steps = app::inspectionSteps(smime::open({m_octets, {}, QDateTime::currentDateTimeUtc(), {}, true}));
        QCOMPARE(steps.constLast().rows.constLast().value, u"<no key>"_s);
        QCOMPARE(app::causeText(u"Signed attribute 1.2.3 is not single"_s), u"<attribute 1.2.3>"_s);
        QCOMPARE(app::causeText(u"CN=Alice: expired on 3 May"_s), u"CN=Alice: expired on 3 May"_s);
    }

    void fieldsBearTheNamesOfTheirStandards()
    {
        choose(u"SignedData"_s);
        const QStringList names = firstColumnOf(tree(u"inspectorFields"_s));
        for (const QString &name : {u"version"_s, u"digestAlgorithms"_s, u"encapContentInfo"_s, u"certificates"_s, u"signerInfos"_s, u"sid"_s, u"digestAlgorithm"_s, u"signedAttrs"_s, u"signatureAlgorithm"_s, u"signature"_s,
                                    u"subjectPublicKeyInfo"_s, u"validity"_s, u"extensions"_s})
            QVERIFY2(names.contains(name), qPrintable(name + u" is not among "_s + names.join(u' ')));
        QVERIFY(!names.filter(u"messageDigest"_s).isEmpty());
        QVERIFY(!names.filter(u"signingTime"_s).isEmpty());
    }

    void aCertificateHasItsPathToTheAuthority()
    {
        choose(u"SignedData"_s);
        const QTreeWidgetItem *path = field(u"path"_s);
        QVERIFY(path);
        QCOMPARE(path->text(1), u"leads to an authority that you trust"_s);
        QVERIFY(path->childCount() > 0);
        QCOMPARE(path->child(0)->text(0), u"issuedBy"_s);
    }

    void theOwnRecipientIsSaidToBeYou()
    {
        choose(u"AuthEnvelopedData"_s);
        QStringList readers;
        const QTreeWidgetItem *infos = field(u"recipientInfos"_s);
        QVERIFY(infos);
        for (int i = 0; i < infos->childCount(); ++i)
            readers += infos->child(i)->text(1);
        readers.sort();
        QCOMPARE(infos->child(0)->child(0)->text(0), u"version"_s);
        QCOMPARE(readers, (QStringList{u"Alice Archer"_s, u"Bob Baker: this is you"_s}));
    }

    void withLockedKeysTheOutermostLayerIsStillTakenApart()
    {
        m_demonstration->profile(kBob)->session()->lock();
        m_inspector->setStructure(m_demonstration->profile(kBob)->session()->inspect(m_octets));
        QTRY_COMPARE(rowsOf(tree(u"inspectorParts"_s)).size(), 2);
        choose(u"AuthEnvelopedData"_s);
        QVERIFY(!firstColumnOf(tree(u"inspectorFields"_s)).isEmpty());
        bool isYou = false;
        for (QTreeWidgetItemIterator it(tree(u"inspectorFields"_s)); *it; ++it)
            isYou = isYou || (*it)->text(1).endsWith(u"this is you"_s);
        QVERIFY(isYou);
        m_demonstration->profile(kBob)->session()->unlock(base::Secret("demonstration"));
        QTRY_VERIFY_WITH_TIMEOUT(m_demonstration->profile(kBob)->session()->isUnlocked(), 10'000);
    }

    void aMessageForPasswordsIsOpenedWithTheRightOnes()
    {
        const QByteArray inner = sealedFor("open sesame", "Content-Type: text/plain\r\n\r\nThe garden gate.\r\n");
        QFile file(m_demonstration->path(u"password.eml"_s));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(kSecretHead + sealedFor("open barley", inner)) > 0);
        file.close();
        m_demonstration->profile(kBob)->openFile(file.fileName());
        QTRY_VERIFY(topLevel<ui::MessageView>(u"messageFileWindow"_s));
        auto *pane = topLevel<ui::MessageView>(u"messageFileWindow"_s);
        auto *ask = pane->findChild<QToolButton *>(u"verdictPassword"_s);
        QVERIFY(ask->isVisible());
        ask->click();
        const QPointer<QDialog> dialog = pane->findChild<QDialog *>(u"messagePasswordDialog"_s);
        QVERIFY(dialog);
        auto *field = dialog->findChild<QLineEdit *>(u"passphraseField"_s);
        auto *accept = dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
        field->setText(u"another"_s);
        accept->click();
        QTRY_VERIFY(dialog->findChild<QLabel *>(u"unlockProblem"_s)->text().startsWith(u"The message does not open with this password"_s));
        field->setText(u"open barley"_s);
        accept->click();
        QTRY_VERIFY(dialog->findChild<QLabel *>(u"unlockProblem"_s)->text().startsWith(u"This password opened a part of the message"_s));
        QVERIFY(field->text().isEmpty() && !accept->isEnabled()); // That one was right, and another is asked for.
        field->setText(u"open sesame"_s);
        accept->click();
        QTRY_VERIFY(dialog.isNull());
        QCOMPARE(pane->message().verdict.summary, smime::Summary::Decrypted);
        QCOMPARE(pane->browser()->toPlainText().trimmed(), u"The garden gate."_s);
        QVERIFY(!ask->isVisible());
        pane->close();
    }

    void whatAPasswordOpenedStaysOpenUntilTheKeysAreLocked()
    {
        // Whoever trusted somebody, or imported a key, meanwhile was asked for the password once more.
        ui::ProfileWindows *bob = m_demonstration->profile(kBob);
        bob->session()->mailbox().mail()->add(store::Folder::Inbox, kSecretHead + sealedFor("open sesame", "Content-Type: text/plain\r\n\r\nThe garden gate.\r\n"));
        QTRY_COMPARE_WITH_TIMEOUT(m_demonstration->count(kBob), 1, 10'000);
        bob->mainWindow()->list()->setCurrentIndex(bob->mainWindow()->list()->model()->index(0, 0));
        const ui::MessageView *pane = m_demonstration->pane(kBob);
        auto *ask = pane->findChild<QToolButton *>(u"verdictPassword"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!ask->isHidden(), 10'000);
        ask->click();
        const QPointer<QDialog> dialog = bob->mainWindow()->findChild<QDialog *>(u"messagePasswordDialog"_s);
        QVERIFY(dialog);
        dialog->findChild<QLineEdit *>(u"passphraseField"_s)->setText(u"open sesame"_s);
        dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok)->click();
        QTRY_VERIFY(dialog.isNull());
        QCOMPARE(pane->browser()->toPlainText().trimmed(), u"The garden gate."_s);
        const QSignalSpy shown(pane->browser(), &QTextEdit::textChanged);
        Q_EMIT m_demonstration->workplace().identities().certificatesChanged(kBob);
        QTRY_VERIFY(!shown.isEmpty());
        QCOMPARE(pane->browser()->toPlainText().trimmed(), u"The garden gate."_s);
        bob->session()->lock();
        QTRY_VERIFY(!pane->browser()->toPlainText().contains(u"garden"_s));
        bob->session()->unlock(base::Secret("demonstration"));
        QTRY_VERIFY_WITH_TIMEOUT(bob->session()->isUnlocked(), 10'000);
        QTRY_VERIFY(!ask->isHidden());
    }

    void aMessageFromAFileIsOpenedAsSoonAsTheKeysAre()
    {
        QFile file(m_demonstration->path(u"letter.eml"_s));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(m_octets) == m_octets.size());
        file.close();
        ui::ProfileWindows *bob = m_demonstration->profile(kBob);
        bob->session()->lock();
        bob->openFile(file.fileName());
        QTRY_VERIFY(topLevel<ui::MessageView>(u"messageFileWindow"_s));
        auto *pane = topLevel<ui::MessageView>(u"messageFileWindow"_s);
        const auto note = [pane] { return pane->findChild<QLabel *>(u"messageNote"_s)->text(); };
        QVERIFY(note().startsWith(u"Your keys are locked"_s));
        bob->session()->unlock(base::Secret("demonstration"));
        QTRY_COMPARE_WITH_TIMEOUT(pane->message().verdict.summary, smime::Summary::Verified, 10'000);
        QVERIFY(note().isEmpty());
        // Escape closes what one looks for first, then the window.
        pane->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(pane));
        pane->readingActions().find->trigger();
        auto *field = pane->findChild<QLineEdit *>(u"findField"_s);
        QVERIFY(field->isVisible());
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(!field->isVisible() && pane->isVisible());
        QTest::keyClick(pane->browser(), Qt::Key_Escape);
        QVERIFY(!topLevel<ui::MessageView>(u"messageFileWindow"_s));
    }

    void anAttachedLetterHasItsOwnVerdict()
    {
        QFile file(m_demonstration->path(u"outer.eml"_s));
        const QByteArray head = "From: carol@example.org\r\nTo: bob@example.org\r\nSubject: Look\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
                                "--b\r\nContent-Type: message/rfc822\r\nContent-Disposition: attachment; filename=alices.eml\r\n\r\n";
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(head + m_octets + "\r\n--b--\r\n") > 0);
        file.close();
        m_demonstration->profile(kBob)->openFile(file.fileName());
        QTRY_VERIFY(topLevel<ui::MessageView>(u"messageFileWindow"_s));
        auto *outer = topLevel<ui::MessageView>(u"messageFileWindow"_s);
        QCOMPARE(outer->message().verdict.summary, smime::Summary::Plain);
        const QList<QToolButton *> buttons = outer->findChildren<QToolButton *>();
        const auto opener = std::find_if(buttons.begin(), buttons.end(), [](const QToolButton *button) { return button->accessibleName() == u"Open alices.eml"_s; });
        QVERIFY(opener != buttons.end());
        (*opener)->click();
        outer->hide();
        QTRY_VERIFY(topLevel<ui::MessageView>(u"messageFileWindow"_s));
        auto *attached = topLevel<ui::MessageView>(u"messageFileWindow"_s);
        QCOMPARE(attached->message().verdict.summary, smime::Summary::Verified);
        QVERIFY(attached->windowTitle().startsWith(u"alices.eml"_s));
        attached->close();
        outer->close();
    }

    // The same elements at the same offsets as another program finds them.
    void asn1ElementsComeOnDemandWithTheirOffsets()
    {
        choose(u"SignedData"_s);
        QCOMPARE(tree(u"inspectorAsn1"_s)->topLevelItemCount(), 0);
        m_inspector->findChild<QTabWidget *>(u"inspectorPages"_s)->setCurrentIndex(1);
        QCOMPARE(tree(u"inspectorAsn1"_s)->topLevelItemCount(), 1);
        QProcess openssl;
        QSignalSpy ended(&openssl, &QProcess::finished);
        openssl.start(u"openssl"_s, {u"asn1parse"_s, u"-inform"_s, u"DER"_s});
        openssl.write(chosen().octets);
        openssl.closeWriteChannel();
        QVERIFY(ended.wait(10'000));
        const QStringList lines = QString::fromLatin1(openssl.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts);
        QVERIFY(lines.size() > 50);
        QSet<QString> ours;
        for (QTreeWidgetItemIterator it(tree(u"inspectorAsn1"_s)); *it; ++it)
            ours += u"%1 %2 %3"_s.arg((*it)->text(2), (*it)->text(3), (*it)->text(4));
        static const QRegularExpression row(u"^\\s*(\\d+):d=\\d+\\s+hl=(\\d+)\\s+l=\\s*(\\d+)"_s);
        for (const QString &line : lines) {
            const QRegularExpressionMatch match = row.match(line);
            QVERIFY2(match.hasMatch(), qPrintable(line));
            const QString theirs = u"%1 %2 %3"_s.arg(match.captured(1), match.captured(2), match.captured(3));
            QVERIFY2(ours.contains(theirs), qPrintable(line));
        }
    }

    void aCertificateIsCopiedAsTextAndSavedAsOctets()
    {
        choose(u"SignedData"_s);
        QTreeWidgetItem *certificate = field(u"Certificate"_s);
        QVERIFY(certificate);
        tree(u"inspectorFields"_s)->setCurrentItem(certificate);
        press(u"copyChosen"_s);
        const QString text = QApplication::clipboard()->text();
        QVERIFY2(text.startsWith(u"-----BEGIN CERTIFICATE-----\n"_s), qPrintable(text));
        const QCA::Certificate read = QCA::Certificate::fromPEM(text);
        QVERIFY(!read.isNull());
        const QByteArray saved = savedBy(u"saveChosen"_s);
        QCOMPARE(saved, read.toDER());
    }

    void aPartIsSavedDecodedAndAsItArrived()
    {
        choose(u"1  application/pkcs7-mime"_s);
        QCOMPARE(savedBy(u"saveRaw"_s), m_octets);
        const QByteArray decoded = savedBy(u"saveChosen"_s);
        choose(u"AuthEnvelopedData"_s);
        QCOMPARE(savedBy(u"saveChosen"_s), decoded);
        QCOMPARE(decoded.front(), '\x30');
        choose(u"1.1  multipart/signed"_s);
        QVERIFY(chosen().octets.contains("Dear Bob, this is one."));
    }

    void anElementIsSavedWithItsOwnOctets()
    {
        choose(u"SignedData"_s);
        const QByteArray whole = chosen().octets;
        m_inspector->findChild<QTabWidget *>(u"inspectorPages"_s)->setCurrentIndex(1);
        QTreeWidgetItem *oid = tree(u"inspectorAsn1"_s)->topLevelItem(0)->child(0);
        tree(u"inspectorAsn1"_s)->setCurrentItem(oid);
        QCOMPARE(savedBy(u"saveChosen"_s), whole.sliced(oid->text(2).toInt(), oid->text(3).toInt() + oid->text(4).toInt()));
    }

    void whatIsNoMessageIsSaidInWords()
    {
        m_inspector->setStructure(m_demonstration->profile(kBob)->session()->inspect({}));
        QTRY_VERIFY(!m_inspector->findChild<QLabel *>(u"inspectorProblem"_s)->text().isEmpty());
    }

    // What the relay carried, what its monitor shows and what the reader takes apart are the same octets.
    void monitorAndInspectorHoldTheSameOctets()
    {
        Demonstration &demonstration = *m_demonstration;
        ui::RelayMonitorWindow *monitor = demonstration.desktop().showMonitor();
        const int before = demonstration.count(kBob);
        demonstration.profile(kAlice)->session()->send(demonstration.letter(u"Weighed twice"_s, u"On the way and at home."_s));
        QTRY_COMPARE_WITH_TIMEOUT(demonstration.count(kBob), before + 1, 10'000);
        auto *table = monitor->findChild<QTableWidget *>(u"relayMessages"_s);
        QTRY_VERIFY(table->rowCount() > 0);
        table->selectRow(0);
        const qint64 id = table->item(0, 0)->data(Qt::UserRole).toLongLong();
        std::optional<QByteArray> carried;
        base::whenReady(this, demonstration.relay().getMessage(id), [&](const base::Result<QByteArray> &octets) { carried = octets ? *octets : QByteArray(); });
        QTRY_VERIFY(carried && !carried->isEmpty());

        auto *inspect = monitor->findChild<QPushButton *>(u"inspectMessage"_s);
        QTRY_VERIFY(inspect->isEnabled());
        inspect->click();
        QCOMPARE(rootOctets(), *carried);

        demonstration.window(kBob)->list()->setCurrentIndex(demonstration.window(kBob)->list()->model()->index(0, 0));
        const auto subject = [&demonstration] {
            const smime::ShownField *field = demonstration.pane(kBob)->message().header("Subject");
            return field ? field->value : QString();
        };
        QTRY_COMPARE_WITH_TIMEOUT(subject(), u"Weighed twice"_s, 10'000);
        demonstration.window(kBob)->findChild<QAction *>(u"actionInspector"_s)->trigger();
        QCOMPARE(rootOctets(), *carried);
        monitor->close();
    }

private:
    QTreeWidget *tree(const QString &name) const { return m_inspector->findChild<QTreeWidget *>(name); }
    const ui::Excerpt &chosen() const { return m_inspector->findChild<ui::InspectorParts *>()->chosen(); }

    /// Each row with its level, and what stands in its columns.
    static QStringList rowsOf(QTreeWidget *tree)
    {
        QStringList rows;
        for (QTreeWidgetItemIterator it(tree); *it; ++it) {
            int depth = 0;
            for (const QTreeWidgetItem *above = (*it)->parent(); above; above = above->parent())
                ++depth;
            rows += QString(depth, u' ') + (*it)->text(0) + u'|' + (*it)->text(1);
        }
        return rows;
    }

    static QStringList firstColumnOf(QTreeWidget *tree)
    {
        QStringList texts;
        for (QTreeWidgetItemIterator it(tree); *it; ++it)
            texts += (*it)->text(0);
        return texts;
    }

    void choose(const QString &beginning)
    {
        for (QTreeWidgetItemIterator it(tree(u"inspectorParts"_s)); *it; ++it)
            if ((*it)->text(0).startsWith(beginning))
                return tree(u"inspectorParts"_s)->setCurrentItem(*it);
        QFAIL(qPrintable(beginning + u" is not there: "_s + rowsOf(tree(u"inspectorParts"_s)).join(u", "_s)));
    }

    QTreeWidgetItem *field(const QString &name) const
    {
        for (QTreeWidgetItemIterator it(tree(u"inspectorFields"_s)); *it; ++it)
            if ((*it)->text(0) == name)
                return *it;
        return nullptr;
    }

    void press(const QString &name)
    {
        auto *button = m_inspector->findChild<QPushButton *>(name);
        QVERIFY2(button && button->isEnabled(), qPrintable(name));
        button->click();
    }

    QByteArray savedBy(const QString &button)
    {
        const QString path = m_demonstration->path(u"saved-"_s + button);
        QFile::remove(path);
        press(button);
        [&] { QVERIFY(chooseFile(path)); }();
        [&] { QTRY_VERIFY(QFile::exists(path)); }();
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    /// Of the inspector that somebody opened in a window; closes it.
    QByteArray rootOctets()
    {
        const auto isFilled = [] {
            const auto *window = topLevel<ui::InspectorWindow>(u"inspectorWindow"_s);
            return window && window->findChild<QTreeWidget *>(u"inspectorParts"_s)->topLevelItemCount() > 0;
        };
        [&] { QTRY_VERIFY_WITH_TIMEOUT(isFilled(), 10'000); }();
        auto *window = topLevel<ui::InspectorWindow>(u"inspectorWindow"_s);
        if (!window)
            return {};
        const ui::Excerpt root = window->findChild<ui::InspectorParts *>()->chosen();
        window->close();
        return root.raw.isEmpty() ? root.octets : root.raw;
    }

    QByteArray sealed(const app::Draft &draft)
    {
        QByteArray octets;
        base::whenReady(this, m_demonstration->profile(kAlice)->session()->preview(draft), [&](const base::Result<smime::SealedMail> &mail) { octets = mail ? mail->envelopes.first().message : "?"; });
        [&] { QTRY_VERIFY_WITH_TIMEOUT(!octets.isEmpty(), 10'000); }();
        return octets;
    }

    std::unique_ptr<Demonstration> m_demonstration;
    std::unique_ptr<ui::InspectorWindow> m_inspector;
    QByteArray m_octets;
};

int main(int argc, char *argv[])
{
    QApplication application{argc, argv};
    QCA::Initializer initializer;
    TestInspector test;
    return provider::registerProvider() ? QTest::qExec(&test, argc, argv) : 1;
}
#include "tst_Inspector.moc"
