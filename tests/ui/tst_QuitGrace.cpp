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
    void initTestCase()
    {
        connect(&m_tooLong, &QTimer::timeout, qApp, [] { QApplication::exit(1); });
    }

    void init()
    {
        m_isSending = true;
        m_tooLong.start(10s);
        QTimer::singleShot(0ms, qApp, &QApplication::quit);
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
        QCOMPARE(QApplication::exec(), 0);
        QCOMPARE(looks, 3);
    }

    void aServerThatSaysNothingDoesNotKeepTheProgram()
    {
        const ui::QuitGrace grace([this] { return m_isSending; }, 1ms);
        QCOMPARE(QApplication::exec(), 0);
    }

    void whoSendsNothingQuitsAtOnce()
    {
        m_isSending = false;
        const ui::QuitGrace grace([this] { return m_isSending; }, 1h);
        QCOMPARE(QApplication::exec(), 0);
    }

private:
    bool m_isSending = true;
    QTimer m_tooLong;
};

QTEST_MAIN(TestQuitGrace)
#include "tst_QuitGrace.moc"
