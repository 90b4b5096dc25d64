// SPDX-License-Identifier: GPL-3.0-or-later
// Windows and the desktop's keyring, which a script plays: what it keeps is a file.
#include "app/Enrolling.h"
#include "provider/Registration.h"
#include "support/Patience.h"
#include "ui/CommandLine.h"
#include "ui/Desktop.h"
#include "ui/MainWindow.h"
#include "ui/ProfileWindows.h"
#include "ui/UnlockDialog.h"

#include <QApplication>
#include <QCheckBox>
#include <QDialogButtonBox>
#include <QElapsedTimer>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QtCrypto>

using namespace Qt::StringLiterals;

namespace {

const QString kAlice = u"alice@example.org"_s;
constexpr auto kLongest = 20'000;

/// A start of the program, in whose keyring is what an earlier one left there.
struct Start {
    explicit Start(const QTemporaryDir &folder) : workplace(folder.path()), desktop(&workplace)
    {
        workplace.setKeyring(app::Keyring{folder.filePath(u"keyring"_s)});
        ui::CommandLine line;
        line.profiles = {kAlice};
        desktop.perform(line);
        windows = desktop.windowsOf(kAlice);
    }

    [[nodiscard]] ui::UnlockDialog *dialog() const { return windows->mainWindow()->findChild<ui::UnlockDialog *>(); }

    app::Workplace workplace;
    ui::Desktop desktop;
    ui::ProfileWindows *windows = nullptr;
};

} // namespace

class TestKeyringUnlock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(provider::registerProvider());
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere"); // The script asks nobody there.
        app::Workplace workplace{m_folder.path()};
        const auto made = workplace.identities().createIdentity({kAlice, u"Alice"_s, u"ec:p256"_s, base::Secret{"passphrase"}, {}});
        QTRY_VERIFY_WITH_TIMEOUT(workplace.identities().isUnlocked(kAlice), kLongest);
    }

    void init()
    {
        letKeyring("probe) ;;\n read) cat \"$0.kept\" 2>/dev/null || exit 1 ;;\n write) cat > \"$0.kept\" ;;\n forget) rm -f \"$0.kept\" ;;");
    }

    void whatOneAskedToRememberOpensTheNextTime()
    {
        {
            const Start first{m_folder};
            QTRY_VERIFY(first.dialog());
            auto *remember = first.dialog()->findChild<QCheckBox *>(u"rememberSwitch"_s);
            QVERIFY(remember && !remember->isChecked());
            QTRY_VERIFY_WITH_TIMEOUT(remember->isEnabled(), kLongest);
            remember->click();
            give(first.dialog(), u"passphrase"_s);
            QTRY_VERIFY_WITH_TIMEOUT(first.windows->session()->isPassphraseRemembered(), kLongest);
            QCOMPARE(kept(), QByteArray("passphrase"));
        }
        const Start next{m_folder};
        QTRY_VERIFY_WITH_TIMEOUT(next.windows->session()->isUnlocked(), kLongest);
        QVERIFY(!next.dialog());
        // Whoever locks the keys wants to be asked.
        next.windows->session()->lock();
        bool isAsked = false;
        next.windows->unlockByKeyring([&isAsked] { isAsked = true; });
        QTRY_VERIFY(isAsked);
        QVERIFY(!next.windows->session()->isUnlocked());
        QVERIFY(next.windows->session()->isPassphraseRemembered());
    }

    void whoeverLocksWhileTheKeyringIsAskedIsAskedToo()
    {
        keep("passphrase");
        const Start start{m_folder};
        start.windows->session()->lock();
        QTRY_VERIFY_WITH_TIMEOUT(start.dialog() || start.windows->session()->isUnlocked(), kLongest);
        QVERIFY(start.dialog());
    }

    void whatDoesNotFitAnyMoreIsForgottenAndAskedFor()
    {
        keep("an older one");
        const Start start{m_folder};
        QTRY_VERIFY_WITH_TIMEOUT(start.dialog(), kLongest);
        QTRY_VERIFY_WITH_TIMEOUT(kept().isEmpty(), kLongest);
        QVERIFY(!start.windows->session()->isPassphraseRemembered());
        // Nothing is kept unasked.
        give(start.dialog(), u"passphrase"_s);
        QTRY_VERIFY_WITH_TIMEOUT(start.windows->session()->isUnlocked(), kLongest);
        QVERIFY(kept().isEmpty());
    }

    // It is asked on a thread of its own: the window is there, opens by hand, and ends (CONTRACT: within 3 s of Quit).
    void aKeyringThatNeverAnswersHoldsUpNobody()
    {
        keep("passphrase");
        letKeyring("read) exec tail -f /dev/null ;;");
        QElapsedTimer ending;
        {
            const Start start{m_folder};
            QVERIFY(start.windows->mainWindow()->isVisible());
            start.windows->askForPassphrase(start.windows->mainWindow());
            give(start.dialog(), u"passphrase"_s);
            QTRY_VERIFY_WITH_TIMEOUT(start.windows->session()->isUnlocked(), kLongest);
            ending.start();
        }
        QVERIFY2(ending.elapsed() < 3000 * support::patience(), qPrintable(QString::number(ending.elapsed())));
    }

    void withoutAKeyringTheDialogSaysSo()
    {
        letKeyring("*) exit 3 ;;");
        const Start start{m_folder};
        QTRY_VERIFY_WITH_TIMEOUT(start.dialog(), kLongest);
        auto *remember = start.dialog()->findChild<QCheckBox *>(u"rememberSwitch"_s);
        QTRY_COMPARE_WITH_TIMEOUT(remember->accessibleDescription(), u"This desktop has no keyring that could remember it."_s, kLongest);
        QVERIFY(!remember->isEnabled());
    }

private:
    void letKeyring(const QByteArray &cases)
    {
        QFile script{m_folder.filePath(u"keyring"_s)};
        QVERIFY(script.open(QIODevice::WriteOnly));
        script.write("#!/bin/sh\ncase \"$1\" in " + cases + "\nesac\n");
        script.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }

    /// As an earlier start would.
    void keep(const QByteArray &passphrase)
    {
        app::Workplace workplace{m_folder.path()};
        const base::Result<identity::Profile> alice = workplace.identities().profile(kAlice);
        QVERIFY(alice && app::Keyring{m_folder.filePath(u"keyring"_s)}.remember(*alice, base::Secret{passphrase}));
    }

    [[nodiscard]] QByteArray kept() const
    {
        QFile file{m_folder.filePath(u"keyring.kept"_s)};
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray{};
    }

    static void give(ui::UnlockDialog *dialog, const QString &passphrase)
    {
        dialog->findChild<QLineEdit *>(u"passphraseField"_s)->setText(passphrase);
        dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok)->click();
    }

    QCA::Initializer m_qca;
    QTemporaryDir m_folder;
};

QTEST_MAIN(TestKeyringUnlock)
#include "tst_KeyringUnlock.moc"
