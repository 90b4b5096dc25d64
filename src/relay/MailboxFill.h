// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Spool.h"

#include <QByteArray>
#include <QHash>

namespace relay {

/// How full the mailboxes are, as far as the relay's thread knows without asking a disk: what it read, and what it stored and deleted since.
/// Others may have deleted meanwhile, so before a mailbox is called full it is read anew. Without a quota nothing is counted.
class MailboxFill
{
public:
    enum class Room {
        Fits,
        Full,      ///< Not now.
        NeverFits, ///< The message alone is larger than the quota.
    };

    /// 0 is no limit.
    void setQuota(qint64 octets) { m_quota = octets; }
    [[nodiscard]] bool isLimited() const { return m_quota > 0; }
    void set(const QList<store::SpoolMailbox> &mailboxes);
    void stored(const QList<QByteArray> &mailboxes, qint64 octets);
    /// `looks` as looks() was when the removal was asked for: what was read anew since then may know of it already. Rather too much
    /// is counted than too little, which nobody would notice.
    void removed(const QByteArray &mailbox, qint64 octets, quint64 looks);
    [[nodiscard]] quint64 looks() const { return m_looks; }

    /// Whether a message of `octets`, or of unknown size (0), may go into this mailbox.
    [[nodiscard]] Room room(const QByteArray &mailbox, qint64 octets) const;

private:
    qint64 m_quota = 0;
    QHash<QByteArray, qint64> m_octets;
    quint64 m_looks = 0; ///< How often it was read anew.
};

} // namespace relay
