// SPDX-License-Identifier: GPL-3.0-or-later
#include "relay/ReportWriter.h"

#include "mime/Charset.h"
#include "relay/Users.h"

#include <QRandomGenerator>
#include <algorithm>

namespace relay {

using base::ErrorCode;

namespace {

QByteArray newToken()
{
    quint32 random[4];
    QRandomGenerator::system()->fillRange(random);
    return QByteArray{reinterpret_cast<const char *>(random), sizeof random}.toHex();
}

} // namespace

qint64 textBegin(QByteArrayView firstPiece)
{
    return firstPiece.startsWith("Return-Path:") ? firstPiece.indexOf('\n') + 1 : 0;
}

void ReportWriter::write(Services &services, ReportOrder order, Done done)
{
    std::make_shared<ReportWriter>(services, std::move(order), std::move(done))->begin();
}

ReportWriter::ReportWriter(Services &services, ReportOrder order, Done done)
    : m_services(services), m_order(std::move(order)), m_done(std::move(done)) {}

/// RET asks for the text of what failed; of the rest only the head returns. RFC 3461 section 4.3.
bool ReportWriter::wantsText() const
{
    return m_order.message.returns == "FULL"
        && std::any_of(m_order.entries.cbegin(), m_order.entries.cend(), [](const ReportEntry &entry) { return entry.action == ReportEntry::Action::Failed; });
}

void ReportWriter::begin()
{
    if (!canReach(m_services, m_order.message.sender))
        return m_done({ErrorCode::UserUnknown, QString::fromUtf8(m_order.message.sender)});
    m_id = m_services.spool.nextId();
    m_nowMs = m_services.nowMs();
    readOn();
}

void ReportWriter::readOn()
{
    m_services.spool.read([self = shared_from_this(), id = m_order.message.id, offset = m_offset](store::SpoolReader &reader) -> SpoolAccess::Delivery {
        return [self, piece = reader.read(id, offset)] { self->onPiece(piece); };
    });
}

void ReportWriter::onPiece(const base::Result<store::SpoolPiece> &piece)
{
    const bool isUnreadable = piece ? piece->octets.isEmpty()
                                    : piece.error().code == ErrorCode::DatabaseDamaged || piece.error().code == ErrorCode::FileNotReadable;
    // A text that cannot be read to its end goes without saying, and trying again would not help: its sender still hears what became of it.
    if (isUnreadable) {
        m_services.spool.abandon(std::exchange(m_id, m_services.spool.nextId()));
        m_octets = 0;
        return beginWith({});
    }
    if (!piece) {
        m_services.spool.abandon(m_id);
        return m_done(piece.error());
    }
    if (m_offset == 0)
        return beginWith(piece->octets);
    m_offset += piece->octets.size();
    appendThenReadOn(piece->octets);
}

void ReportWriter::beginWith(QByteArrayView firstPiece)
{
    const QByteArrayView text = firstPiece.sliced(textBegin(firstPiece));
    // The first piece holds the whole head of anything that is mail; of the rest, what there is.
    const QByteArrayView head = headOf(text);
    const bool isHeadEightBit = !mime::isAscii(head);
    ReportFacts facts{m_services.hostName, m_order.message.sender, m_order.message.envelopeId, m_order.message.receivedMs, m_nowMs, newToken(), m_order.entries,
                      wantsText() && !text.isEmpty(), m_order.message.hasEightBit || isHeadEightBit, isHeadEightBit};
    m_report = makeReport(facts);
    if (!facts.returnsText)
        return commit(m_report.before + head.toByteArray() + m_report.after);
    m_offset = firstPiece.size();
    appendThenReadOn(m_report.before + text.toByteArray());
}

void ReportWriter::appendThenReadOn(const QByteArray &octets)
{
    if (m_offset >= m_order.message.octets)
        return commit(octets + m_report.after);
    // One piece is on its way at a time, whatever the size of the message.
    m_octets += octets.size();
    m_services.spool.write([self = shared_from_this(), id = m_id, octets](store::Spool &spool) -> SpoolAccess::Delivery {
        (void)spool.append(id, octets); // What goes wrong is told by the commit.
        return [self] { self->readOn(); };
    });
}

bool ReportWriter::canReach(const Services &services, QByteArrayView sender)
{
    const QByteArray key = mailboxKey(sender);
    return !key.isEmpty() && (!services.users.mailboxOf(key).isEmpty() || services.isElsewhere(key));
}

/// Reports have no sender themselves, so that nothing ever answers them. RFC 5321 section 4.5.5.
void ReportWriter::address(store::SpoolLetter &letter, store::SpoolOrder &order) const
{
    if (const QByteArray mailbox = m_services.users.mailboxOf(mailboxKey(m_order.message.sender)); !mailbox.isEmpty()) {
        letter.recipients = {mailbox};
        return;
    }
    store::QueuedRecipient recipient;
    recipient.address = m_order.message.sender;
    recipient.notify = "NEVER"; // Nothing else is allowed for a report: RFC 3461 section 6.2.
    recipient.nextMs = m_nowMs;
    order.recipients = {recipient};
    order.hasEightBit = m_order.message.hasEightBit || !mime::isAscii(m_report.before);
    order.isUtf8 = m_order.message.isUtf8;
}

void ReportWriter::commit(const QByteArray &rest)
{
    store::SpoolLetter letter;
    letter.id = m_id;
    letter.receivedMs = m_nowMs;
    letter.trace = "Return-Path: <>\r\n";
    letter.rest = rest;
    store::SpoolOrder order;
    order.settles = m_order.settles;
    order.tellsDelayOf = m_order.tellsDelayOf;
    address(letter, order);
    const QList<QByteArray> mailboxes = letter.recipients;
    letter.order = std::make_shared<const store::SpoolOrder>(std::move(order));
    const qint64 octets = letter.trace.size() + m_octets + rest.size();
    m_services.spool.commit(std::move(letter), [self = shared_from_this(), mailboxes, octets](const base::Result<store::SpoolReceipt> &receipt) {
        if (receipt) {
            self->m_services.fill.stored(mailboxes, octets);
            self->m_services.stored(mailboxes);
            if (self->m_services.office)
                self->m_services.office->stored(receipt->id, {});
        }
        self->m_done(receipt ? base::Status{base::Done{}} : base::Status{receipt.error()});
    });
}

} // namespace relay
