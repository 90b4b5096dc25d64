// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/StoreSink.h"

namespace app {

StoreSink::StoreSink(std::shared_ptr<store::MailStore> mail, const transport::Server &server)
    : m_mail(std::move(mail)), m_account(server.user.toUtf8() + '@' + server.host.toUtf8() + ':' + QByteArray::number(server.port))
{
}

base::Operation<QList<QByteArray>> StoreSink::wanted(const QList<QByteArray> &uidls)
{
    return m_mail->unknownOf(m_account, uidls);
}

base::Operation<bool> StoreSink::keep(const QByteArray &uidl, const QByteArray &octets)
{
    return m_mail->deliver({m_account, uidl, octets});
}

} // namespace app
