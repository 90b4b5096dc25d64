// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/OutboxService.h"

#include "app/ErrorText.h"
#include "net/Endpoint.h"
#include "relay/DeliveryReport.h"

#include <algorithm>

namespace app {

using store::OutboxState;

namespace {
/// What another process queued is noticed by then.
constexpr std::chrono::milliseconds kLookAtLeastEvery{1500};
} // namespace

OutboxService::OutboxService(std::shared_ptr<store::Outbox> outbox, transport::IoThread *thread, const base::Clock &clock, QObject *parent)
    : QObject(parent), m_outbox(std::move(outbox)), m_thread(thread), m_clock(clock)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &OutboxService::look);
}

OutboxService::~OutboxService()
{
    stop();
}

void OutboxService::setServer(const transport::Server &server)
{
    m_server = server;
}

void OutboxService::start()
{
    m_isRunning = true;
    look();
}

void OutboxService::stop()
{
    m_isRunning = false;
    m_timer.stop();
    if (m_cancelSubmission)
        m_cancelSubmission();
    // Given back at once: nobody shall have to wait until this process has ended.
    if (const std::optional<qint64> copy = std::exchange(m_claimed, std::nullopt)) {
        const base::Error error{base::ErrorCode::Cancelled, {}, {}, {}};
        base::whenReady(this, m_outbox->markFailed(*copy, error), [=, this](const base::Status &noted) {
            if (!noted)
                m_unnoted = [=, this] { noteFailure(*copy, error, [this] { rest(); }); };
        });
    }
}

void OutboxService::wake()
{
    base::whenReady(this, m_outbox->retryAll(), [this](const base::Status &) { look(); });
}

void OutboxService::look()
{
    if (!m_isRunning)
        return;
    if (m_isBusy) {
        m_lookAgain = true;
        return;
    }
    m_isBusy = true;
    if (const std::function<void()> note = std::exchange(m_unnoted, nullptr))
        return note();
    // A read first: an idle program writes nothing to the disk.
    base::whenReady(this, m_outbox->nextDue(), [this](const base::Result<QDateTime> &due) {
        if (!m_isRunning || !due || !due->isValid() || *due > m_clock.now())
            return rest();
        base::whenReady(this, m_outbox->claim(), [this](const auto &claim) { onClaim(claim); });
    });
}

void OutboxService::onClaim(const base::Result<std::optional<store::OutboxClaim>> &claim)
{
    if (!claim || !*claim)
        return rest();
    m_claimed = (*claim)->copy;
    if (!m_isRunning) {
        stop(); // Gives it back.
        return rest();
    }
    submit(**claim);
}

void OutboxService::submit(const store::OutboxClaim &claim)
{
    setState(State::Sending);
    const transport::Submission submission{claim.content.sender, claim.content.recipients, claim.content.octets};
    const auto operation = transport::submitMessage(*m_thread, m_server, submission);
    m_cancelSubmission = [operation] { operation.cancel(); };
    base::whenReady(this, operation, [this, claim](const base::Result<transport::SubmissionReceipt> &receipt) {
        m_cancelSubmission = nullptr;
        onSubmitted(claim, receipt);
    });
}

void OutboxService::onSubmitted(const store::OutboxClaim &claim, const base::Result<transport::SubmissionReceipt> &receipt)
{
    const bool isGivenBack = !std::exchange(m_claimed, std::nullopt);
    if (receipt)
        return onAccepted(claim, *receipt);
    // stop() has noted it, and by now another process may have the letter in hand.
    if (isGivenBack)
        return rest();
    const base::Error error = receipt.error();
    const bool isForGood = !error.isTemporary() && error.code != base::ErrorCode::Cancelled;
    noteFailure(claim.copy, error, [=, this, letter = claim.letter] {
        if (isForGood)
            Q_EMIT failed(letter, error);
        // One letter that the server refuses does not hold up the next; a server that is not there does.
        m_lookAgain = m_lookAgain || isForGood;
        rest();
    });
}

void OutboxService::noteFailure(qint64 copy, const base::Error &error, const std::function<void()> &then)
{
    base::whenReady(this, m_outbox->markFailed(copy, error), [=, this](const base::Status &noted) {
        if (noted)
            return then();
        noteLater([=, this] { noteFailure(copy, error, then); });
    });
}

/// The disk is full, perhaps. What became of a letter and is not noted would keep it in hand until this process ends, and then have it sent again.
void OutboxService::noteLater(std::function<void()> note)
{
    m_unnoted = std::move(note);
    rest();
}

QList<store::RefusedRecipient> OutboxService::refusedBy(const transport::SubmissionReceipt &receipt, const store::OutboxClaim &claim)
{
    // Each round serves somebody, so there is an end.
    const bool isAnybodyServed = receipt.refused.size() < claim.content.recipients.size();
    QList<store::RefusedRecipient> refused;
    for (const transport::RecipientRefusal &one : receipt.refused)
        refused += {one.recipient, one.reply, isAnybodyServed && relay::isOneTooMany(one.reply)};
    return refused;
}

void OutboxService::onAccepted(const store::OutboxClaim &claim, const transport::SubmissionReceipt &receipt)
{
    const QList<store::RefusedRecipient> refused = refusedBy(receipt, claim);
    QList<store::RefusedRecipient> forGood = refused;
    forGood.removeIf([](const store::RefusedRecipient &one) {
        return one.isForNextTransaction || store::RefusedRecipient::errorOf({one}).isTemporary();
    });
    base::whenReady(this, m_outbox->markSent(claim.copy, refused), [=, this](const base::Result<store::CopyDone> &done) {
        if (!done)
            return noteLater([=, this] { onAccepted(claim, receipt); });
        if (*done == store::CopyDone::LetterSent)
            Q_EMIT sent(claim.letter);
        if (!forGood.isEmpty())
            Q_EMIT failed(claim.letter, store::RefusedRecipient::errorOf(forGood));
        m_lookAgain = true;
        rest();
    });
}

/// Nothing more to do now: says how things stand, and sets the timer.
void OutboxService::rest()
{
    m_isBusy = false;
    refreshStatus();
    if (!m_isRunning)
        return;
    if (std::exchange(m_lookAgain, false))
        return look();
    m_timer.start(kLookAtLeastEvery);
}

void OutboxService::refreshStatus()
{
    base::whenReady(this, m_outbox->list(), [this](const base::Result<QList<store::OutboxStatus>> &letters) {
        if (letters)
            onStatus(*letters);
    });
}

void OutboxService::onStatus(const QList<store::OutboxStatus> &letters)
{
    m_letters = letters;
    const auto isIn = [](OutboxState state) { return [state](const store::OutboxStatus &letter) { return letter.state == state; }; };
    const auto queued = std::find_if(letters.cbegin(), letters.cend(), isIn(OutboxState::Queued));
    const auto failed = std::find_if(letters.cbegin(), letters.cend(), isIn(OutboxState::Failed));
    const bool isSending = m_cancelSubmission != nullptr || std::any_of(letters.cbegin(), letters.cend(), isIn(OutboxState::Sending));
    m_lastError.reset();
    if (queued != letters.cend())
        m_lastError = queued->lastError;
    if (failed != letters.cend() && !m_lastError)
        m_lastError = failed->lastError;
    setState(isSending ? State::Sending : queued != letters.cend() ? State::Waiting : failed != letters.cend() ? State::NeedsAttention : State::Idle);
    const QString text = makeStatusText();
    if (text == m_statusText)
        return;
    m_statusText = text;
    Q_EMIT statusTextChanged(text);
}

void OutboxService::setState(State state)
{
    if (m_state == state)
        return;
    m_state = state;
    Q_EMIT stateChanged(state);
}

QString OutboxService::makeStatusText() const
{
    const auto count = [this](OutboxState state) {
        return static_cast<int>(std::count_if(m_letters.cbegin(), m_letters.cend(), [state](const store::OutboxStatus &one) { return one.state == state; }));
    };
    if (const int failed = count(OutboxState::Failed); failed > 0)
        return tr("Not sent: %n message(s) in the outbox need you.", nullptr, failed);
    const int waiting = count(OutboxState::Queued);
    if (waiting == 0 || !m_lastError)
        return {};
    if (m_lastError->code == base::ErrorCode::ConnectionRefused && net::isLoopback(m_server.host))
        return tr("%n message(s) wait in the outbox: nothing answers at %1. They go by themselves as soon as the relay runs.", nullptr, waiting)
            .arg(net::toString({m_server.host, m_server.port}));
    return tr("%n message(s) wait in the outbox and will be tried again.", nullptr, waiting) + u' ' + errorText(*m_lastError).sentence;
}

QString OutboxService::letterText(const store::OutboxStatus &status)
{
    switch (status.state) {
    case OutboxState::Sending:
        return tr("Being sent.");
    case OutboxState::Failed:
        // Who is left was refused; the others have the letter.
        if (status.lastError && status.lastError->code == base::ErrorCode::RecipientRefused)
            return errorText(*status.lastError).sentence;
        return tr("Not sent.") + u' ' + (status.lastError ? errorText(*status.lastError).sentence : QString{});
    case OutboxState::Queued:
        break;
    }
    if (!status.lastError || status.lastError->code == base::ErrorCode::Cancelled)
        return tr("Waits to be sent.");
    if (status.lastError->code == base::ErrorCode::ConnectionRefused)
        return tr("Waits for the mail server, which does not answer. If that is the relay of this computer, start it: then the message goes by itself.");
    return tr("Waits for the next attempt.") + u' ' + errorText(*status.lastError).sentence;
}

base::Operation<base::Done> OutboxService::retry(store::MessageId letter)
{
    const auto operation = m_outbox->retry(letter);
    base::whenReady(this, operation, [this](const base::Status &) { look(); });
    return operation;
}

bool OutboxService::isOfSettings(base::ErrorCode code)
{
    using enum base::ErrorCode;
    return QList{TlsUnavailable, TlsFailed, TlsCertificateUntrusted, AuthenticationUnavailable, AuthenticationFailed, ProtocolViolation, LineTooLong}.contains(code);
}

void OutboxService::retryAfterNewSettings()
{
    base::whenReady(this, list(), [this](const base::Result<QList<store::OutboxStatus>> &letters) {
        for (const store::OutboxStatus &one : letters ? *letters : QList<store::OutboxStatus>())
            if (one.state == OutboxState::Failed && one.lastError && isOfSettings(one.lastError->code))
                retry(one.letter);
    });
}

base::Operation<base::Done> OutboxService::withdraw(store::MessageId letter, store::Folder to)
{
    const auto operation = m_outbox->withdraw(letter, to);
    base::whenReady(this, operation, [this](const base::Status &) { refreshStatus(); });
    return operation;
}

base::Operation<QList<store::OutboxStatus>> OutboxService::list()
{
    return m_outbox->list();
}

} // namespace app
