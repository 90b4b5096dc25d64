// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/SmarthostCarrier.h"

#include "base/Operation.h"
#include "transport/SubmitMessage.h"

#include <QPointer>

using base::ErrorCode;
using relay::OnwardOutcome;

namespace app {

namespace {

/// The relay reads on its own threads; the socket asks and is answered on its own.
class QueuedText final : public transport::ContentSource
{
public:
    QueuedText(QObject *relay, QObject *io, relay::Carrier::Text text) : m_relay(relay), m_io(io), m_text(std::move(text)) {}

    void read(qint64 offset, std::function<void(const base::Result<QByteArray> &)> answer) override
    {
        QMetaObject::invokeMethod(m_relay, [offset, io = m_io, text = m_text, answer = std::move(answer)] {
            text(offset, [io, answer](const base::Result<QByteArray> &piece) {
                if (io)
                    QMetaObject::invokeMethod(io.get(), [answer, piece] { answer(piece); }, Qt::QueuedConnection);
            });
        }, Qt::QueuedConnection);
    }

private:
    QObject *m_relay;        ///< Outlives the socket's thread.
    QPointer<QObject> m_io;  ///< Looked at on the relay's thread, which also destroys it.
    relay::Carrier::Text m_text;
};

/// Whether another message would fare the same.
OnwardOutcome::Blame blameFor(const base::Error &error)
{
    switch (error.code) {
    case ErrorCode::SenderRefused:
    case ErrorCode::RecipientRefused:
    case ErrorCode::MessageRefused:
    case ErrorCode::MessageTooLarge:
    case ErrorCode::Unsupported:
    case ErrorCode::InvalidArgument:
    case ErrorCode::FileNotReadable:
    case ErrorCode::DatabaseDamaged:
        return OnwardOutcome::Blame::Message;
    default:
        return OnwardOutcome::Blame::NextHop;
    }
}

OnwardOutcome outcomeOf(const base::Result<transport::SubmissionReceipt> &receipt)
{
    OnwardOutcome outcome;
    if (!receipt) {
        outcome.fault = receipt.error();
        outcome.blame = blameFor(receipt.error());
        return outcome;
    }
    outcome.isDsnPassedOn = receipt->isDsnPassedOn;
    for (const transport::RecipientRefusal &one : receipt->refused)
        outcome.refused.append({one.recipient.toUtf8(), one.reply});
    return outcome;
}

transport::Submission submissionOf(const relay::OnwardParcel &parcel)
{
    transport::Submission submission;
    submission.sender = QString::fromUtf8(parcel.message.sender);
    submission.helloName = parcel.hostName;
    submission.dsnReturn = parcel.message.returns;
    submission.dsnEnvelopeId = parcel.message.envelopeId;
    for (const store::QueuedRecipient &one : parcel.message.recipients) {
        submission.recipients.append(QString::fromUtf8(one.address));
        submission.dsnOfRecipients.append({one.notify, one.originalRecipient});
    }
    submission.streamed = {nullptr, parcel.octets, parcel.message.hasEightBit,
                           parcel.message.isUtf8 && parcel.message.hasEightBit};
    return submission;
}

} // namespace

SmarthostCarrier::SmarthostCarrier(transport::Server server, transport::Deadlines deadlines)
    : m_server(std::move(server)), m_deadlines(deadlines), m_thread(std::make_unique<transport::IoThread>()) {}

SmarthostCarrier::~SmarthostCarrier() = default;

QByteArray SmarthostCarrier::nextHop() const
{
    return m_server.host.toUtf8();
}

void SmarthostCarrier::carry(relay::OnwardParcel parcel, Text text, std::function<void(const OnwardOutcome &)> done)
{
    transport::Submission submission = submissionOf(parcel);
    submission.streamed.source = std::make_shared<QueuedText>(&m_context, m_thread->context(), std::move(text));
    transport::DialogueLog log;
    if (parcel.log)
        log = [relay = &m_context, log = parcel.log](bool isFromServer, const QByteArray &line) {
            QMetaObject::invokeMethod(relay, [log, isFromServer, line] { log(isFromServer, line); }, Qt::QueuedConnection);
        };
    const base::Operation<transport::SubmissionReceipt> operation = transport::submitMessage(*m_thread, m_server, std::move(submission), m_deadlines, log);
    base::whenReady(&m_context, operation, [done = std::move(done)](const base::Result<transport::SubmissionReceipt> &receipt) { done(outcomeOf(receipt)); });
}

} // namespace app
