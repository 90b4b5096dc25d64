// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "relay/Carrier.h"
#include "transport/IoThread.h"
#include "transport/Server.h"

#include <QObject>
#include <functional>
#include <vector>

namespace app {

/// Brings the relay's mail to one server by SMTP, as the windows bring theirs to the relay. The sockets live on a thread of
/// their own, since proving a password is slow on purpose. Made, used and destroyed on the relay's thread.
class SmarthostCarrier final : public relay::Carrier
{
public:
    explicit SmarthostCarrier(transport::Server server, transport::Deadlines deadlines = transport::patientDeadlines());
    /// What is under way is broken off; nothing is told of it.
    ~SmarthostCarrier() override;
    Q_DISABLE_COPY_MOVE(SmarthostCarrier)

    void carry(relay::OnwardParcel parcel, Text text, std::function<void(const relay::OnwardOutcome &)> done) override;
    [[nodiscard]] QByteArray nextHop() const override;

private:
    transport::Server m_server;
    transport::Deadlines m_deadlines;
    QObject m_context; ///< On the relay's thread; outlives the other thread, which posts to it.
    std::unique_ptr<transport::IoThread> m_thread;
};

} // namespace app
