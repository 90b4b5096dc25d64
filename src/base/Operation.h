// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Cancellation.h"
#include "base/Result.h"

#include <QFutureWatcher>
#include <QPromise>
#include <QThreadPool>
#include <functional>
#include <memory>

namespace base {

/// A slow piece of work under way, and the only handle on it: one value, one error or one cancellation
/// comes out. Holds the root future, so that cancel() reaches the worker. Copies share the work.
template <typename T>
class Operation
{
public:
    Operation() = default;
    Operation(QFuture<Result<T>> future, Cancellation cancellation)
        : m_future(std::move(future)), m_cancellation(std::move(cancellation)) {}

    /// Asks the worker to stop; its outcome is then ErrorCode::Cancelled unless it was already done.
    void cancel() const { m_cancellation.request(); }
    [[nodiscard]] bool isRunning() const { return m_future.isRunning(); }
    [[nodiscard]] const QFuture<Result<T>> &future() const { return m_future; }
    /// Once it is over. What was dropped without an outcome is ErrorCode::Cancelled.
    [[nodiscard]] Result<T> outcome() const { return m_future.resultCount() > 0 ? m_future.result() : Result<T>{ErrorCode::Cancelled}; }

    /// An operation that is over already.
    static Operation finished(Result<T> result)
    {
        QPromise<Result<T>> promise;
        promise.start();
        promise.addResult(std::move(result));
        promise.finish();
        return Operation{promise.future(), Cancellation{}};
    }

private:
    QFuture<Result<T>> m_future;
    Cancellation m_cancellation;
};

/// Runs `work(cancellation)`, which returns a Result<T>, on a thread of `pool`.
template <typename Work>
auto runOn(QThreadPool *pool, Work work) -> Operation<typename std::invoke_result_t<Work, Cancellation>::Value>
{
    using R = std::invoke_result_t<Work, Cancellation>;
    Cancellation cancellation;
    auto promise = std::make_shared<QPromise<R>>();
    promise->start();
    QFuture<R> future = promise->future();
    pool->start([promise, cancellation, work = std::move(work)]() mutable {
        promise->addResult(cancellation.isRequested() ? R{ErrorCode::Cancelled} : work(cancellation));
        promise->finish();
    });
    return {std::move(future), cancellation};
}

/// Waits for `operation`, and returns its outcome(). For worker threads, `wax` and tests; never on the GUI or an io thread.
template <typename T>
[[nodiscard]] Result<T> await(const Operation<T> &operation)
{
    QFuture<Result<T>> future = operation.future();
    future.waitForFinished();
    return operation.outcome();
}

/// Calls `function(outcome)` once, on the thread of `context`, when `operation` is over; never if `context` is gone by then.
template <typename T, typename Function>
void whenReady(QObject *context, const Operation<T> &operation, Function function)
{
    auto *watcher = new QFutureWatcher<Result<T>>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, operation, function = std::move(function)]() mutable {
        watcher->deleteLater();
        function(operation.outcome());
    });
    watcher->setFuture(operation.future());
}

} // namespace base
