// SPDX-License-Identifier: GPL-3.0-or-later
#include "relay/MailboxFill.h"

namespace relay {

void MailboxFill::set(const QList<store::SpoolMailbox> &mailboxes)
{
    ++m_looks;
    m_octets.clear();
    for (const store::SpoolMailbox &mailbox : mailboxes)
        m_octets.insert(mailbox.address, mailbox.octets);
}

void MailboxFill::stored(const QList<QByteArray> &mailboxes, qint64 octets)
{
    if (!isLimited())
        return;
    for (const QByteArray &mailbox : mailboxes)
        m_octets[mailbox] += octets;
}

void MailboxFill::removed(const QByteArray &mailbox, qint64 octets, quint64 looks)
{
    if (const auto it = m_octets.find(mailbox); it != m_octets.end() && looks == m_looks)
        *it = qMax(*it - octets, qint64{0});
}

MailboxFill::Room MailboxFill::room(const QByteArray &mailbox, qint64 octets) const
{
    if (!isLimited())
        return Room::Fits;
    if (octets > m_quota)
        return Room::NeverFits;
    const qint64 left = m_quota - m_octets.value(mailbox);
    return left > 0 && octets <= left ? Room::Fits : Room::Full;
}

} // namespace relay
