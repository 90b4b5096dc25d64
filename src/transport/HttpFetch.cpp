// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/HttpFetch.h"

#include "net/TlsPolicy.h"
#include "transport/IoThread.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTimer>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace transport {

namespace {

using Promise = QPromise<base::Result<QByteArray>>;
constexpr std::chrono::milliseconds kLookForCancellation{50};

bool isWebAddress(const QUrl &url)
{
    const bool isWeb = url.scheme() == "http"_L1 || url.scheme() == "https"_L1;
    return url.isValid() && isWeb && !url.host().isEmpty() && url.userInfo().isEmpty();
}

ErrorCode codeOf(QNetworkReply::NetworkError error)
{
    switch (error) {
    case QNetworkReply::ConnectionRefusedError:
        return ErrorCode::ConnectionRefused;
    case QNetworkReply::HostNotFoundError:
        return ErrorCode::HostNotFound;
    case QNetworkReply::TimeoutError:
    case QNetworkReply::OperationCanceledError:
        return ErrorCode::TimedOut;
    case QNetworkReply::SslHandshakeFailedError:
        return ErrorCode::TlsFailed;
    default:
        return ErrorCode::ConnectionLost;
    }
}

/// One request with its redirections; lives on the io thread and deletes itself when it is over.
class HttpShell final : public QObject
{
public:
    HttpShell(HttpRequest request, const HttpLimits &limits, base::Cancellation cancellation, std::shared_ptr<Promise> promise, QObject *parent)
        : QObject(parent), m_request(std::move(request)), m_limits(limits), m_cancellation(std::move(cancellation)), m_promise(std::move(promise))
    {
    }
    ~HttpShell() override { finish(base::Error{ErrorCode::Cancelled, {}, {}, {}}); }

    void begin()
    {
        m_manager.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
        connect(&m_deadline, &QTimer::timeout, this, [this] { finish(base::Error{ErrorCode::TimedOut, m_request.url.host(), {}, {}}); });
        m_deadline.setSingleShot(true);
        m_deadline.start(m_limits.time);
        connect(&m_watch, &QTimer::timeout, this, [this] {
            if (m_cancellation.isRequested())
                finish(base::Error{ErrorCode::Cancelled, {}, {}, {}});
        });
        m_watch.start(kLookForCancellation);
        ask(m_request.url);
    }

private:
    void ask(const QUrl &url);
    void onReadyRead();
    void onFinished();
    void onRedirect(const QUrl &target);
    void finish(base::Result<QByteArray> result);

    HttpRequest m_request;
    HttpLimits m_limits;
    base::Cancellation m_cancellation;
    std::shared_ptr<Promise> m_promise;
    QNetworkAccessManager m_manager;
    QTimer m_deadline;
    QTimer m_watch;
    QNetworkReply *m_reply = nullptr;
    QByteArray m_body;
    int m_redirects = 0;
};

void HttpShell::ask(const QUrl &url)
{
    if (!isWebAddress(url))
        return finish(base::Error{ErrorCode::InvalidArgument, u"not an address of the web: "_s + url.toDisplayString(), {}, {}});
    const base::Result<QSslConfiguration> tls = net::clientTls({}, net::SystemAnchors::Use);
    if (!tls && url.scheme() == "https"_L1)
        return finish(tls.error());
    QNetworkRequest request(url);
    if (tls)
        request.setSslConfiguration(*tls);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setRawHeader("Accept-Encoding", "identity");
    if (!m_request.body.isEmpty())
        request.setHeader(QNetworkRequest::ContentTypeHeader, m_request.contentType);
    m_body.clear();
    m_reply = m_request.body.isEmpty() ? m_manager.get(request) : m_manager.post(request, m_request.body);
    connect(m_reply, &QNetworkReply::readyRead, this, &HttpShell::onReadyRead);
    connect(m_reply, &QNetworkReply::finished, this, &HttpShell::onFinished);
}

void HttpShell::onReadyRead()
{
    m_body += m_reply->readAll();
    if (m_body.size() > m_limits.octets)
        finish(base::Error{ErrorCode::FileTooLarge, u"more than %1 octets from %2"_s.arg(m_limits.octets).arg(m_request.url.host()), {}, {}});
}

void HttpShell::onRedirect(const QUrl &target)
{
    const QUrl next = m_reply->url().resolved(target);
    const bool isLessSafe = m_reply->url().scheme() == "https"_L1 && next.scheme() != "https"_L1;
    if (++m_redirects > m_limits.redirects || isLessSafe)
        return finish(base::Error{ErrorCode::InvalidArgument, u"redirected to "_s + next.toDisplayString(), {}, {}});
    m_reply->deleteLater();
    m_reply = nullptr;
    ask(next);
}

void HttpShell::onFinished()
{
    if (!m_promise || !m_reply)
        return;
    const QVariant target = m_reply->attribute(QNetworkRequest::RedirectionTargetAttribute);
    if (!target.isNull())
        return onRedirect(target.toUrl());
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == 0)
        return finish(base::Error{codeOf(m_reply->error()), m_reply->errorString(), {}, {}});
    if (status != 200)
        return finish(base::Error{ErrorCode::ProtocolViolation, m_request.url.host(), {}, QByteArray::number(status)});
    if (m_reply->error() != QNetworkReply::NoError)
        return finish(base::Error{codeOf(m_reply->error()), m_reply->errorString(), {}, {}});
    onReadyRead();
    finish(m_body);
}

void HttpShell::finish(base::Result<QByteArray> result)
{
    if (!m_promise)
        return;
    m_promise->addResult(std::move(result));
    m_promise->finish();
    m_promise.reset();
    m_deadline.stop();
    m_watch.stop();
    if (m_reply) {
        disconnect(m_reply, nullptr, this, nullptr);
        m_reply->abort();
        m_reply->deleteLater();
        m_reply = nullptr;
    }
    deleteLater();
}

} // namespace

base::Operation<QByteArray> fetchHttp(IoThread &thread, const HttpRequest &request, const HttpLimits &limits)
{
    base::Cancellation cancellation;
    auto promise = std::make_shared<Promise>();
    promise->start();
    base::Operation<QByteArray> operation{promise->future(), cancellation};
    QMetaObject::invokeMethod(thread.context(), [=, context = thread.context()] {
        (new HttpShell{request, limits, cancellation, promise, context})->begin();
    }, Qt::QueuedConnection);
    return operation;
}

} // namespace transport
