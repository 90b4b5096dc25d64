// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QStatusBar>
#include <optional>

class QLabel;
class QToolButton;

namespace app {
class ProfileSession;
class RelayService;
}

namespace ui {

enum class KeysState { None, Locked, Unlocking, Unlocked };

/// The relay as people see it: one line and what can be done.
struct RelayLine {
    enum class State { Stopped, Starting, Running, Stopping, Failed, Elsewhere } state = State::Stopped;
    QString address;   ///< "127.0.0.1:1025" while it runs. Elsewhere, where mail goes by other servers: their names.
    QString sentence;  ///< Why it failed; while it runs, why it takes no mail.

    bool operator==(const RelayLine &) const = default;
};

/// "Relay running on 127.0.0.1:1025", "The relay is not running", ...
[[nodiscard]] QString relayText(const RelayLine &relay);

/// What a RelayService says of itself just now.
[[nodiscard]] RelayLine relayLineOf(const app::RelayService &relay);

/// The same for a profile: where its mail goes.
[[nodiscard]] RelayLine relayLineFor(app::ProfileSession &session);

/// The line at the foot of a window: keys, relay, outbox, last check.
class StatusLine : public QStatusBar
{
    Q_OBJECT

public:
    explicit StatusLine(QWidget *parent = nullptr);

    void setKeys(KeysState state);
    /// Shown beside the keys, for a profile whose passphrase is no secret.
    void setDemonstrationPassphrase(const QString &passphrase);
    void setRelay(const RelayLine &relay);
    /// What waits to be sent, or what went wrong with it; empty hides it.
    void setOutbox(const QString &sentence);
    void setChecked(const QDateTime &when, const QString &problem);

Q_SIGNALS:
    void keysClicked();
    void startRelayRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void drawRelaySign();

    std::optional<RelayLine> m_line;
    QToolButton *m_keys = nullptr;
    QLabel *m_passphrase = nullptr;
    QLabel *m_relaySign = nullptr;
    QLabel *m_relay = nullptr;
    QToolButton *m_startRelay = nullptr;
    QLabel *m_outbox = nullptr;
    QLabel *m_checked = nullptr;
};

} // namespace ui
