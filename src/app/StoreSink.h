// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/MailStore.h"
#include "transport/MailSink.h"

#include <memory>

namespace app {

/// Puts fetched mail into the Inbox of a profile. Called on the io thread; never blocks it.
class StoreSink final : public transport::MailSink
{
public:
    StoreSink(std::shared_ptr<store::MailStore> mail, const transport::Server &server);

    base::Operation<QList<QByteArray>> wanted(const QList<QByteArray> &uidls) override;
    base::Operation<bool> keep(const QByteArray &uidl, const QByteArray &octets) override;

private:
    std::shared_ptr<store::MailStore> m_mail;
    QByteArray m_account;
};

} // namespace app
