// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/RevocationInquiry.h"

#include <memory>

namespace transport {
class IoThread;
}

namespace app {

/// Fetches over the network, within transport's limits. Waits for each answer: for worker threads and for `wax`.
class NetworkRevocationSource final : public identity::RevocationSource
{
public:
    /// `thread` outlives the source.
    explicit NetworkRevocationSource(transport::IoThread &thread) : m_thread(thread) {}
    [[nodiscard]] base::Result<QByteArray> fetch(const identity::RevocationRequest &request) override;

private:
    transport::IoThread &m_thread;
};

/// The same with an io thread of its own, for a program that has none.
class RevocationNetwork final : public identity::RevocationSource
{
public:
    RevocationNetwork();
    ~RevocationNetwork() override;
    [[nodiscard]] base::Result<QByteArray> fetch(const identity::RevocationRequest &request) override;

private:
    std::unique_ptr<transport::IoThread> m_thread;
};

} // namespace app
