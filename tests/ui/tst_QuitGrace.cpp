// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/QuitGrace.h"

#include <QApplication>
#include <QTest>

using namespace std::chrono_literals;

/// What quits the program while a letter is on its way.
class TestQuitGrace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTimer::singleShot(0ms, qApp, &QApplication::quit);
        m_isSending = true;
    }

    void whatIsOnItsWayGetsThere()
    {
        ui::QuitGrace grace([this] { return m_isSending; }, 1h);
        int looks = 0;
        QTimer delivery;
        connect(&delivery, &QTimer::timeout, &delivery, [&] {
            m_isSending = ++looks < 3;
            grace.look();
        });
        delivery.start(1ms);
        QApplication::exec();
        QCOMPARE(looks, 3);
    }

    void aServerThatSaysNothingDoesNotKeepTheProgram()
    {
        const ui::QuitGrace grace([this] { return m_isSending; }, 1ms);
        QApplication::exec();
        QVERIFY(m_isSending);
    }

    void whoSendsNothingQuitsAtOnce()
    {
        m_isSending = false;
        const ui::QuitGrace grace([this] { return m_isSending; }, 1h);
        QApplication::exec();
    }

private:
    bool m_isSending = true;
};

QTEST_MAIN(TestQuitGrace)
#include "tst_QuitGrace.moc"
