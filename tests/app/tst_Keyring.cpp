// SPDX-License-Identifier: GPL-3.0-or-later
// The true wax-keyring, on a bus of the test's own where a fake secret service lives, or none.
#include "app/Keyring.h"
#include "base/FileAccess.h"
#include "support/ErrorNames.h"
#include "support/PrivateBus.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::ErrorCode;

namespace {

const base::Secret kPassphrase{"zum Merken \xff"}; // Octets, not text.

using Service = support::PrivateBus::Service;

} // namespace

class TestKeyring : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        // KWallet would be preferred there.
        for (const char *variable : {"XDG_CURRENT_DESKTOP", "DESKTOP_SESSION", "KDE_FULL_SESSION", "XDG_RUNTIME_DIR"})
            qunsetenv(variable);
        QVERIFY(!m_bus.address().isEmpty());
    }

    void init()
    {
        qputenv("DBUS_SESSION_BUS_ADDRESS", m_bus.address());
        m_folder = std::make_unique<QTemporaryDir>();
        m_profile = {u"alice@example.org"_s, u"Alice"_s, m_folder->path(), false};
    }

    void whatIsRememberedIsThereUntilItIsForgotten()
    {
        const Service service = m_bus.secretService(u"answers"_s);
        const app::Keyring keyring = keyringOfTest();
        QVERIFY(keyring.probe().isOk());
        QVERIFY(!app::Keyring::isUsedBy(m_profile));
        QVERIFY(keyring.remember(m_profile, base::Secret{"before"}).isOk());
        QVERIFY(keyring.remember(m_profile, kPassphrase).isOk());
        QVERIFY(app::Keyring::isUsedBy(m_profile));
        const base::Result<base::Secret> kept = keyring.passphrase(m_profile);
        QVERIFY(kept.isOk());
        QVERIFY(*kept == kPassphrase);
        const base::Result<QByteArray> mark = base::readPrivateFile(markFile());
        QVERIFY(mark && !mark->contains(QByteArray{"Merken"}));
        QVERIFY(keyring.forget(m_profile).isOk());
        QVERIFY(!app::Keyring::isUsedBy(m_profile));
        QCOMPARE(codeOf(keyring.passphrase(m_profile)), ErrorCode::PassphraseMissing);
        // Nor is it in the keyring any more.
        QVERIFY(base::writePrivateFile(markFile(), *mark).isOk());
        QCOMPARE(codeOf(keyring.passphrase(m_profile)), ErrorCode::PassphraseMissing);
    }

    void whoeverCannotBeAskedKeepsNothing_data()
    {
        QTest::addColumn<QString>("mood");
        QTest::addColumn<ErrorCode>("reading");
        QTest::newRow("no session bus") << u"no bus"_s << ErrorCode::KeyringFailed;
        QTest::newRow("no service") << QString{} << ErrorCode::KeyringFailed;
        QTest::newRow("no program") << u"no program"_s << ErrorCode::KeyringFailed;
        // Whether something is in there nobody knows.
        QTest::newRow("locked, and stays so") << u"locked"_s << ErrorCode::PassphraseMissing;
        QTest::newRow("a service that never answers") << u"silent"_s << ErrorCode::KeyringFailed;
    }

    void whoeverCannotBeAskedKeepsNothing()
    {
        QFETCH(QString, mood);
        QFETCH(ErrorCode, reading);
        const bool isThere = mood == "locked"_L1 || mood == "silent"_L1;
        const Service service = isThere ? m_bus.secretService(mood) : nullptr;
        if (mood == "no bus"_L1)
            qunsetenv("DBUS_SESSION_BUS_ADDRESS");
        const QString program = mood == "no program"_L1 ? m_folder->filePath(u"nothing"_s) : qEnvironmentVariable("WAX_KEYRING");
        QCOMPARE(app::Keyring{program}.probe().isOk(), isThere);
        const app::Keyring keyring{program, mood == "silent"_L1 ? 150ms : app::Keyring::kPatience};
        QCOMPARE(codeOf(keyring.remember(m_profile, kPassphrase)), ErrorCode::KeyringFailed);
        QVERIFY(!app::Keyring::isUsedBy(m_profile));
        QVERIFY(base::writePrivateFile(markFile(), "alice").isOk());
        QCOMPARE(codeOf(keyring.passphrase(m_profile)), reading);
        // It may be there tomorrow.
        QVERIFY(app::Keyring::isUsedBy(m_profile));
    }

    void nothingOfADemonstrationIsKept()
    {
        const Service service = m_bus.secretService(u"answers"_s);
        m_profile.isDemonstration = true;
        QCOMPARE(codeOf(keyringOfTest().remember(m_profile, kPassphrase)), ErrorCode::InvalidArgument);
        QVERIFY(base::writePrivateFile(markFile(), "alice").isOk());
        QVERIFY(!app::Keyring::isUsedBy(m_profile));
        QCOMPARE(codeOf(keyringOfTest().passphrase(m_profile)), ErrorCode::PassphraseMissing);
    }

    void whoeverQuitsDoesNotWait()
    {
        const Service service = m_bus.secretService(u"silent"_s);
        QVERIFY(base::writePrivateFile(markFile(), "alice").isOk());
        const base::Cancellation cancellation;
        cancellation.request();
        QCOMPARE(codeOf(keyringOfTest().passphrase(m_profile, cancellation)), ErrorCode::Cancelled);
    }

private:
    template <typename T>
    static ErrorCode codeOf(const base::Result<T> &result)
    {
        return result ? ErrorCode::Unknown : result.error().code;
    }

    [[nodiscard]] QString markFile() const { return m_folder->filePath(u"keyring-entry"_s); }

    static app::Keyring keyringOfTest() { return app::Keyring{qEnvironmentVariable("WAX_KEYRING")}; }

    support::PrivateBus m_bus;
    std::unique_ptr<QTemporaryDir> m_folder;
    identity::Profile m_profile;
};

QTEST_GUILESS_MAIN(TestKeyring)
#include "tst_Keyring.moc"
