// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/Registration.h"
#include "ui/MonitorFixture.h"
#include "ui/RelayFaultDialog.h"
#include "ui/RelayFaultsPage.h"
#include "ui/VerdictBanner.h"

#include <QComboBox>
#include <QPlainTextEdit>
#include <QtCrypto>

using namespace Qt::StringLiterals;
using namespace uitest;

/// Rules of faults as the monitor makes, changes and removes them, and what they do to letters.
class TestRelayFaultRules : public QObject, private Monitor
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { openTheMonitor(); }
    void cleanupTestCase() { m_demonstration.reset(); }

    void cleanup()
    {
        std::optional<bool> isClean;
        base::whenReady(this, m_demonstration->relay().clearFaults(), [&](const base::Status &status) { isClean = status.isOk(); });
        QTRY_VERIFY(isClean && *isClean);
        QTRY_VERIFY(app::relayFaults::isInForce(m_demonstration->path(u"relay"_s)));
    }

    void aRuleFromTheCatalogueMarksWhatItTouches()
    {
        press(u"addFault"_s);
        auto *dialog = topLevel<ui::RelayFaultDialog>(u"relayFaultDialog"_s);
        QVERIFY(dialog);
        chooseKind(dialog, u"footer"_s);
        type(dialog, u"faultTo"_s, kBob);
        dialog->findChild<QPlainTextEdit *>(u"faultText"_s)->setPlainText(u"-- \nthe list"_s);
        QCOMPARE(dialog->findChild<QLabel *>(u"faultSentence"_s)->text(), u"footer: appends lines, to bob@example.org"_s);
        dialog->findChild<QPushButton *>(u"faultConfirm"_s)->click();
        QTRY_COMPARE(table(u"relayFaults"_s)->rowCount(), 1);
        QTRY_VERIFY(app::relayFaults::isInForce(m_demonstration->path(u"relay"_s)));

        const QString touched = deliver(signedLetter(u"With a footer"_s));
        QCOMPARE(cell(u"relayMessages"_s, touched, kRules), u"footer"_s);
        QTRY_VERIFY2(cell(u"relayMessages"_s, touched, kFinding).startsWith(u"Altered since it was signed"_s), qPrintable(cell(u"relayMessages"_s, touched, kFinding)));
        QTRY_VERIFY2(sees().contains(u"Altered by the fault rule footer: appends lines."_s), qPrintable(sees()));

        QTRY_VERIFY2(sees().contains(u"What changed: lines were added at the end."_s), qPrintable(sees()));

        // And the reader is told where the signature broke.
        ui::ProfileWindows *bob = m_demonstration->profile(kBob);
        QTRY_VERIFY_WITH_TIMEOUT(m_demonstration->count(kBob) > 0, 10'000);
        bob->mainWindow()->list()->setCurrentIndex(bob->mainWindow()->list()->model()->index(0, 0));
        QTRY_VERIFY_WITH_TIMEOUT(m_demonstration->pane(kBob)->hasMessage(), 10'000);
        const auto reasons = [this] { return m_demonstration->pane(kBob)->banner()->presentation().accessibleText(); };
        QTRY_VERIFY2(reasons().contains(u"What changed: lines were added at the end."_s), qPrintable(reasons()));

        // Switched off, it stays in the list and does nothing.
        table(u"relayFaults"_s)->item(0, 0)->setCheckState(Qt::Unchecked);
        QTRY_VERIFY(cellAt(u"relayFaults"_s, 0, 1).endsWith(u"switched off"_s));
        QTRY_VERIFY(app::relayFaults::isInForce(m_demonstration->path(u"relay"_s)));
        const QString untouched = deliver(signedLetter(u"Without a footer"_s));
        QCOMPARE(cell(u"relayMessages"_s, untouched, kRules), QString());
        QTRY_COMPARE(cell(u"relayMessages"_s, untouched, kFinding), u"Signed by alice@example.org: verified"_s);

        table(u"relayFaults"_s)->selectRow(0);
        press(u"removeFault"_s);
        QTRY_COMPARE_WITH_TIMEOUT(table(u"relayFaults"_s)->rowCount(), 0, 20'000);
    }

    void everyKindOfFaultCanBeChosen_data()
    {
        QTest::addColumn<int>("kind");
        for (const app::FaultKind kind : app::allFaultKinds())
            QTest::newRow(qPrintable(nameOf(kind))) << int(kind);
    }

    void everyKindOfFaultCanBeChosen()
    {
        QFETCH(int, kind);
        ui::RelayFaultDialog dialog({}, {}, nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        std::optional<app::FaultRule> chosen;
        connect(&dialog, &ui::RelayFaultDialog::chosen, this, [&](const app::FaultRule &rule) { chosen = rule; });
        auto *box = dialog.findChild<QComboBox *>(u"faultKind"_s);
        box->setCurrentIndex(box->findData(kind));
        if (app::FaultKind(kind) == app::FaultKind::TlsCertificate) {
            QVERIFY(!dialog.findChild<QPushButton *>(u"faultConfirm"_s)->isEnabled());
            type(&dialog, u"faultCertificate"_s, u"/certificate.pem"_s);
            type(&dialog, u"faultKey"_s, u"/key.pem"_s);
        }
        QVERIFY2(dialog.findChild<QPushButton *>(u"faultConfirm"_s)->isEnabled(), qPrintable(dialog.findChild<QLabel *>(u"faultProblem"_s)->toolTip()));
        dialog.findChild<QPushButton *>(u"faultConfirm"_s)->click();
        QVERIFY(chosen);
        QCOMPARE(int(chosen->kind), kind);
        QCOMPARE(chosen->point, app::faultPoints(chosen->kind).constFirst());
    }

    void aRuleComesOutOfTheDialogAsItWentIn()
    {
        const base::Result<app::FaultRule> rule = app::FaultRule::fromJson({{u"name"_s, u"third of Alice"_s}, {u"fault"_s, u"refuse"_s}, {u"at"_s, u"rcpt"_s}, {u"recipient"_s, 4},
                                                                           {u"from"_s, kAlice}, {u"to"_s, u"*@example.org"_s}, {u"every"_s, 3}, {u"chance"_s, 0.25}, {u"session"_s, 7},
                                                                           {u"afterSeconds"_s, 5}, {u"forSeconds"_s, 60}, {u"code"_s, u"451"_s}, {u"text"_s, u"not now"_s}, {u"enabled"_s, false}});
        QVERIFY(rule);
        ui::RelayFaultDialog dialog(*rule, {}, nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        std::optional<app::FaultRule> chosen;
        connect(&dialog, &ui::RelayFaultDialog::chosen, this, [&](const app::FaultRule &changed) { chosen = changed; });
        dialog.findChild<QPushButton *>(u"faultConfirm"_s)->click();
        QVERIFY(chosen);
        QCOMPARE(chosen->toJson(), rule->toJson());
    }

    void aRuleThatGetsAnotherNameKeepsItsPlaceAndIsNeverLost()
    {
        const auto rule = [](const QString &name) { return *app::FaultRule::fromJson({{u"name"_s, name}, {u"fault"_s, u"greylist"_s}, {u"from"_s, u"*@example.net"_s}}); };
        const QString spool = m_demonstration->path(u"relay"_s);
        for (const QString &name : {u"first"_s, u"second"_s, u"third"_s})
            QVERIFY(app::relayFaults::add(spool, rule(name)));
        const auto names = [&spool] {
            QStringList all;
            const auto plan = app::relayFaults::plan(spool);
            for (const app::FaultRule &one : plan->rules)
                all += one.name;
            return all;
        };
        const auto renamed = m_demonstration->relay().changeFault(u"second"_s, rule(u"other"_s));
        QTRY_VERIFY(!renamed.isRunning());
        QVERIFY(renamed.future().result());
        QCOMPARE(names(), (QStringList{u"first"_s, u"other"_s, u"third"_s}));
        // The table shows it, and a name that somebody else gave a rule meanwhile is refused without harm.
        QTRY_COMPARE(table(u"relayFaults"_s)->rowCount(), 3);
        table(u"relayFaults"_s)->selectRow(1);
        press(u"editFault"_s);
        auto *dialog = topLevel<ui::RelayFaultDialog>(u"relayFaultDialog"_s);
        QVERIFY(dialog);
        QVERIFY(app::relayFaults::add(spool, rule(u"late"_s)));
        type(dialog, u"faultName"_s, u"late"_s);
        dialog->findChild<QPushButton *>(u"faultConfirm"_s)->click();
        QTRY_VERIFY(!label(u"faultsProblem"_s).isEmpty());
        QCOMPARE(names(), (QStringList{u"first"_s, u"other"_s, u"third"_s, u"late"_s}));
        press(u"removeAllFaults"_s);
        QTRY_COMPARE(table(u"relayFaults"_s)->rowCount(), 0);
    }

    void aDamagedFileIsSaidAndMadeAnew()
    {
        // It had to be deleted by hand, and no word said which.
        QFile file{app::relayFaults::file(m_demonstration->path(u"relay"_s))};
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("{\"rules\": [") > 0);
        file.close();
        m_monitor->findChild<ui::RelayFaultsPage *>()->refresh();
        QTRY_VERIFY(label(u"faultsProblem"_s).contains(u"is damaged"_s));
        press(u"removeAllFaults"_s);
        QTRY_VERIFY(app::relayFaults::plan(m_demonstration->path(u"relay"_s)));
        QTRY_VERIFY(label(u"faultsProblem"_s).isEmpty());
    }

    void aNameThatIsTakenIsRefused()
    {
        ui::RelayFaultDialog dialog({}, {u"footer"_s}, nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        QCOMPARE(dialog.findChild<QLineEdit *>(u"faultName"_s)->text(), u"footer 2"_s);
        type(&dialog, u"faultName"_s, u"footer"_s);
        QVERIFY(!dialog.findChild<QPushButton *>(u"faultConfirm"_s)->isEnabled());
        QVERIFY(!dialog.findChild<QLabel *>(u"faultProblem"_s)->text().isEmpty());
    }

private:
    static void chooseKind(const QWidget *dialog, const QString &name)
    {
        auto *box = dialog->findChild<QComboBox *>(u"faultKind"_s);
        box->setCurrentIndex(box->findText(u"(%1)"_s.arg(name), Qt::MatchContains));
        QVERIFY(box->currentText().contains(name));
    }
};

int main(int argc, char *argv[])
{
    QApplication application{argc, argv};
    QCA::Initializer initializer;
    TestRelayFaultRules test;
    return provider::registerProvider() ? QTest::qExec(&test, argc, argv) : 1;
}
#include "tst_RelayFaultRules.moc"
