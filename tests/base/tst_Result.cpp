// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Operation.h"
#include "base/Secret.h"
#include "support/ErrorNames.h"

#include <QSignalSpy>
#include <QTest>
#include <QThreadPool>

using namespace base;
using namespace Qt::StringLiterals;

class TestResult : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void defaultConstructedIsAnError()
    {
        const Result<int> nothing;
        QVERIFY(!nothing.isOk());
        QCOMPARE(nothing.error().code, ErrorCode::Unknown);
    }

    void everyCodeIsFoundByItsName()
    {
        for (int i = 0; i <= static_cast<int>(base::kLastErrorCode); ++i)
            QCOMPARE(base::errorCodeNamed(QLatin1StringView{base::nameOf(ErrorCode{i})}), ErrorCode{i});
        QCOMPARE(base::errorCodeNamed(u"NoSuchName"_s), ErrorCode::Unknown);
    }

    void repliesDecideWhetherAFaultIsTemporary_data()
    {
        QTest::addColumn<QByteArray>("reply");
        QTest::addColumn<bool>("temporary");
        QTest::newRow("451") << QByteArray("451 4.3.0 later") << true;
        QTest::newRow("550") << QByteArray("550 5.1.1 unknown") << false;
        QTest::newRow("pop3 temp") << QByteArray("-ERR [SYS/TEMP] later") << true;
    }

    void repliesDecideWhetherAFaultIsTemporary()
    {
        QFETCH(QByteArray, reply);
        const Error error{ErrorCode::RecipientRefused, {}, {}, reply};
        QTEST(error.isTemporary(), "temporary");
    }

    void operationDeliversItsValueOnce()
    {
        QThreadPool pool;
        const Operation<int> operation = runOn(&pool, [](const Cancellation &) { return Result<int>{42}; });
        int calls = 0;
        int value = 0;
        whenReady(this, operation, [&](const Result<int> &result) { ++calls; value = result.value(); });
        QTRY_COMPARE(calls, 1);
        QCOMPARE(value, 42);
    }

    void cancelledOperationSaysSo()
    {
        QThreadPool pool;
        std::atomic_bool begun = false;
        const Operation<int> operation = runOn(&pool, [&begun](const Cancellation &cancellation) -> Result<int> {
            begun = true;
            while (!cancellation.isRequested())
                QThread::yieldCurrentThread();
            return ErrorCode::Cancelled;
        });
        QTRY_VERIFY(begun);
        ErrorCode code = ErrorCode::Unknown;
        whenReady(this, operation, [&](const Result<int> &result) { code = result.error().code; });
        operation.cancel();
        QTRY_COMPARE(code, ErrorCode::Cancelled);
    }

    void whatWasDroppedWithoutAnOutcomeIsCancelled()
    {
        Operation<int> operation;
        {
            QPromise<Result<int>> promise;
            promise.start();
            operation = {promise.future(), {}};
        }
        QCOMPARE(await(operation).error().code, ErrorCode::Cancelled);
        ErrorCode code = ErrorCode::Unknown;
        whenReady(this, operation, [&](const Result<int> &result) { code = result.error().code; });
        QTRY_COMPARE(code, ErrorCode::Cancelled);
    }

    void resultDoesNotArriveAfterTheContextIsGone()
    {
        bool called = false;
        {
            QObject context;
            whenReady(&context, Operation<int>::finished(Result<int>{1}), [&](const Result<int> &) { called = true; });
        }
        QObject probe;
        bool turned = false;
        QMetaObject::invokeMethod(&probe, [&] { turned = true; }, Qt::QueuedConnection);
        QTRY_VERIFY(turned);
        QVERIFY(!called);
    }

    void equalSecretsAreEqual()
    {
        QVERIFY(Secret("abc") == Secret::fromText(u"abc"_s));
        QVERIFY(!(Secret("abc") == Secret("abd")));
        QVERIFY(Secret().isEmpty());
    }

    void theFirstLineOfAFileIsTakenAndTheFileWiped()
    {
        QByteArray file = "secret\r\nanother\n";
        QVERIFY(Secret::firstLineOf(std::move(file)) == Secret("secret"));
        QVERIFY(!file.contains("secret") && !file.contains("another"));
        QVERIFY(Secret::firstLineOf(" with blanks ") == Secret(" with blanks "));
        QVERIFY(Secret::firstLineOf("\nsecret").isEmpty());
        QVERIFY(Secret::firstLineOf({}).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestResult)
#include "tst_Result.moc"
