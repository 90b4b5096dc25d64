// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "relay/DeliveryReport.h"
#include "relay/Services.h"

#include <functional>
#include <memory>

namespace relay {

/// What a report is about, and what is settled with it.
struct ReportOrder {
    store::QueuedMessage message;
    QList<ReportEntry> entries;
    QList<store::QueueKey> settles;
    QList<store::QueueKey> tellsDelayOf;
};

/// Writes one report to the sender of a message into the spool, in one commit with what it settles. What it returns of the
/// message is copied piece by piece. Lives on the relay's thread until it has called `done`.
class ReportWriter : public std::enable_shared_from_this<ReportWriter>
{
public:
    /// `done` is told the commit's outcome. UserUnknown: the sender cannot be reached; nothing was settled.
    using Done = std::function<void(const base::Status &)>;

    /// `services` outlive the writer.
    static void write(Services &services, ReportOrder order, Done done);

    /// Whether the sender of a message has a mailbox here or can be written to by way of the next hop.
    [[nodiscard]] static bool canReach(const Services &services, QByteArrayView sender);

    ReportWriter(Services &services, ReportOrder order, Done done);

private:
    void begin();
    void readOn();
    void onPiece(const base::Result<store::SpoolPiece> &piece);
    void beginWith(QByteArrayView firstPiece);
    void appendThenReadOn(const QByteArray &octets);
    void commit(const QByteArray &rest);
    [[nodiscard]] bool wantsText() const;
    void address(store::SpoolLetter &letter, store::SpoolOrder &order) const;

    Services &m_services;
    ReportOrder m_order;
    Done m_done;
    qint64 m_id = 0;
    qint64 m_nowMs = 0;
    qint64 m_offset = 0;
    qint64 m_octets = 0; ///< Handed on before the commit.
    DeliveryReport m_report;
};

/// Where the text begins behind the Return-Path line, which only the last relay writes. RFC 5321 section 4.4.
[[nodiscard]] qint64 textBegin(QByteArrayView firstPiece);

} // namespace relay
