// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Result.h"
#include "net/Endpoint.h"

#include <QList>
#include <functional>
#include <memory>
#include <vector>

namespace relay {

/// What a listening socket is for.
enum class Door {
    Smtp,
    Submission,    ///< STARTTLS and AUTH before MAIL.
    SubmissionTls, ///< The same with TLS from the first octet.
    Pop3,
    Pop3Tls,       ///< TLS from the first octet.
};
[[nodiscard]] constexpr bool isTlsFromTheStart(Door door) { return door == Door::SubmissionTls || door == Door::Pop3Tls; }

struct DoorEndpoint {
    net::Endpoint endpoint;
    Door door = Door::Smtp;

    bool operator==(const DoorEndpoint &) const = default;
};

/// A listening socket that a service manager opened for us.
struct PassedSocket {
    int descriptor = -1;
    Door door = Door::Smtp;
};

/// Takes the sockets that came with the start of this process (sd_listen_fds(3): LISTEN_PID, LISTEN_FDS, LISTEN_FDNAMES), once: they are not inherited
/// further. A socket's name says its door: smtp, submission, submission-tls, pop3, pop3-tls. ConfigurationInvalid for another name.
[[nodiscard]] base::Result<QList<PassedSocket>> takePassedSockets();

/// True for what can be listened on: an address, "localhost" or "*". Names are not looked up.
[[nodiscard]] bool isAddress(const QString &host);

/// False if this computer does not have the address; nothing is listened on to find out.
[[nodiscard]] bool isAddressHere(const QString &host);

/// True if both mean one address and port, so that only one door can listen there; a port of 0 is always another one.
[[nodiscard]] bool isSamePlace(const net::Endpoint &a, const net::Endpoint &b);

/// True if only this computer can reach the listening socket.
[[nodiscard]] bool isLoopbackSocket(int descriptor);

/// The listening sockets. Hands each connection on as a descriptor, so that its session chooses its kind of socket. Lives on the relay's thread.
class Doors
{
public:
    using Taker = std::function<void(qintptr descriptor, Door door)>;
    /// `exhausted` is called when no descriptor was left for a connection; it is tried again soon after.
    Doors(Taker taker, std::function<void()> exhausted);
    ~Doors();
    Q_DISABLE_COPY_MOVE(Doors)

    /// Takes over a socket that listens already. ConfigurationInvalid if it is none.
    [[nodiscard]] base::Status adopt(const PassedSocket &passed);
    /// Listens on all of these; of what was opened before, the same stays untouched and the rest is closed. What fails leaves all as it was.
    /// PortInUse, PortForbidden, AddressNotAvailable.
    [[nodiscard]] base::Status open(const QList<DoorEndpoint> &wanted);
    void close();

    /// Those really listened on; a port of 0 was replaced by the true one.
    [[nodiscard]] QList<DoorEndpoint> endpoints() const;

private:
    class Listener;
    [[nodiscard]] base::Result<std::unique_ptr<Listener>> listen(const DoorEndpoint &wanted);

    Taker m_taker;
    std::function<void()> m_exhausted;
    std::vector<std::unique_ptr<Listener>> m_listeners;
};

} // namespace relay
