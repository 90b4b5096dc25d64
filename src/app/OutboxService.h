// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/AccountSettings.h"
#include "base/Clock.h"
#include "store/Outbox.h"
#include "transport/SubmitMessage.h"
#include "transport/IoThread.h"

#include <QObject>
#include <QTimer>
#include <functional>
#include <memory>

namespace app {

/// Carries what lies in the outbox of one profile, one transmission at a time, again and again until it is gone. Lives on the GUI thread.
class OutboxService : public QObject
{
    Q_OBJECT

public:
    /// Idle: nothing waits. Waiting: something waits for its next attempt, see lastError(). NeedsAttention: only letters that failed for good are left.
    enum class State { Idle, Sending, Waiting, NeedsAttention };

    /// `thread` is not owned and outlives the service.
    OutboxService(std::shared_ptr<store::Outbox> outbox, transport::IoThread *thread, const base::Clock &clock = base::Clock::system(),
                  QObject *parent = nullptr);
    ~OutboxService() override;

    /// From now on letters go to this server.
    void setServer(const transport::Server &server);
    void start();
    void stop();
    /// Something was queued, or the relay has just started: looks now. Letters that wait only because nobody listened go at once.
    void wake();

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] std::optional<base::Error> lastError() const { return m_lastError; }
    /// "1 message waits: the relay at 127.0.0.1:1025 does not answer. It goes by itself as soon as it does." Empty if there is nothing to say.
    [[nodiscard]] const QString &statusText() const { return m_statusText; }
    /// What a person reads about one letter in the Outbox.
    [[nodiscard]] static QString letterText(const store::OutboxStatus &status);
    /// Whom the server refused of the recipients of `claim`, as the outbox keeps it.
    [[nodiscard]] static QList<store::RefusedRecipient> refusedBy(const transport::SubmissionReceipt &receipt, const store::OutboxClaim &claim);

    base::Operation<base::Done> retry(store::MessageId letter);
    /// The settings of the server were changed: what they had kept back goes again. What failed for another reason stays.
    void retryAfterNewSettings();
    /// Whether a server refuses this as it would anything else, until it or the settings are changed.
    [[nodiscard]] static bool isOfSettings(base::ErrorCode code);
    base::Operation<base::Done> withdraw(store::MessageId letter, store::Folder to);
    base::Operation<QList<store::OutboxStatus>> list();

Q_SIGNALS:
    void stateChanged(app::OutboxService::State state);
    void statusTextChanged(const QString &text);
    /// All transmissions of a letter are done; it is in Sent.
    void sent(store::MessageId letter);
    /// A letter failed for good, for everybody or (RecipientRefused; detail: who) for some, and needs the user.
    void failed(store::MessageId letter, const base::Error &error);

private:
    void look();
    void onClaim(const base::Result<std::optional<store::OutboxClaim>> &claim);
    void submit(const store::OutboxClaim &claim);
    void onSubmitted(const store::OutboxClaim &claim, const base::Result<transport::SubmissionReceipt> &receipt);
    void onAccepted(const store::OutboxClaim &claim, const transport::SubmissionReceipt &receipt);
    void noteFailure(qint64 copy, const base::Error &error, const std::function<void()> &then);
    void noteLater(std::function<void()> note);
    void rest();
    void refreshStatus();
    void onStatus(const QList<store::OutboxStatus> &letters);
    [[nodiscard]] QString makeStatusText() const;
    void setState(State state);

    std::shared_ptr<store::Outbox> m_outbox;
    transport::IoThread *m_thread;
    const base::Clock &m_clock;
    transport::Server m_server;
    QTimer m_timer;
    State m_state = State::Idle;
    std::optional<base::Error> m_lastError;
    QList<store::OutboxStatus> m_letters;
    QString m_statusText;
    std::optional<qint64> m_claimed;   ///< The transmission that this object is at.
    std::function<void()> m_unnoted;   ///< Notes what became of one; before anything else is sent.
    bool m_isRunning = false;
    bool m_isBusy = false;
    bool m_lookAgain = false;
    std::function<void()> m_cancelSubmission;
};

} // namespace app
