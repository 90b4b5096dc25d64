// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/RevocationNetwork.h"

#include "base/Log.h"
#include "transport/HttpFetch.h"
#include "transport/IoThread.h"

namespace app {

base::Result<QByteArray> NetworkRevocationSource::fetch(const identity::RevocationRequest &request)
{
    transport::HttpRequest http;
    http.url = QUrl(request.location, QUrl::StrictMode);
    http.body = request.ocspRequest;
    http.contentType = "application/ocsp-request";
    base::Result<QByteArray> answer = base::await(transport::fetchHttp(m_thread, http));
    if (!answer)
        qCInfo(logApp) << "no answer about revocation from" << http.url.host() << base::nameOf(answer.error().code) << answer.error().detail;
    return answer;
}

RevocationNetwork::RevocationNetwork() : m_thread(std::make_unique<transport::IoThread>()) {}
RevocationNetwork::~RevocationNetwork() = default;

base::Result<QByteArray> RevocationNetwork::fetch(const identity::RevocationRequest &request)
{
    return NetworkRevocationSource(*m_thread).fetch(request);
}

} // namespace app
