// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/StatusLine.h"

#include "app/ErrorText.h"
#include "app/ProfileSession.h"
#include "ui/Dates.h"
#include "ui/ElidedLabel.h"
#include "ui/Icons.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLocale>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QToolButton *flatButton(QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setAutoRaise(true);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::TabFocus);
    button->setIconSize({16, 16});
    return button;
}

} // namespace

QString relayText(const RelayLine &relay)
{
    switch (relay.state) {
    case RelayLine::State::Stopped: return StatusLine::tr("The relay is not running");
    case RelayLine::State::Starting: return StatusLine::tr("The relay is starting");
    case RelayLine::State::Running: return relay.sentence.isEmpty() ? StatusLine::tr("Relay running on %1").arg(relay.address) : relay.sentence;
    case RelayLine::State::Stopping: return StatusLine::tr("The relay is stopping");
    case RelayLine::State::Failed: return relay.sentence;
    case RelayLine::State::Elsewhere: return StatusLine::tr("Mail server: %1").arg(relay.address);
    }
    Q_UNREACHABLE_RETURN({});
}

RelayLine relayLineOf(const app::RelayService &relay)
{
    switch (relay.state()) {
    case app::RelayService::State::Stopped: return {};
    case app::RelayService::State::Starting: return {RelayLine::State::Starting, {}, {}};
    case app::RelayService::State::Running: {
        const std::optional<base::Error> trouble = relay.trouble();
        return {RelayLine::State::Running, relay.address(), trouble ? app::relayTroubleText(*trouble).sentence : QString{}};
    }
    case app::RelayService::State::Stopping: return {RelayLine::State::Stopping, {}, {}};
    case app::RelayService::State::Failed: return {RelayLine::State::Failed, {}, app::errorText(relay.error()).sentence};
    }
    Q_UNREACHABLE_RETURN({});
}

RelayLine relayLineFor(app::ProfileSession &session)
{
    const RelayLine line = relayLineOf(session.workplace().relay());
    if (line.state != RelayLine::State::Stopped)
        return line;
    // Whose mail goes by other servers misses nothing.
    if (!session.serversElsewhere().isEmpty())
        return {RelayLine::State::Elsewhere, session.serversElsewhere().join(u", "_s), {}};
    // Another program runs it, such as wax relay.
    return session.fetching().isServerThere() ? RelayLine{RelayLine::State::Running, session.serverAddress(), {}} : line;
}

StatusLine::StatusLine(QWidget *parent) : QStatusBar(parent)
{
    setObjectName(u"statusLine"_s);
    setSizeGripEnabled(false);
    m_keys = flatButton(this);
    m_keys->setObjectName(u"keysState"_s);
    connect(m_keys, &QToolButton::clicked, this, &StatusLine::keysClicked);
    m_passphrase = new ElidedLabel(this, Qt::ElideLeft); // Its end is what one has to type.
    m_passphrase->setForegroundRole(QPalette::PlaceholderText);
    m_passphrase->hide();
    m_relaySign = new QLabel(this);
    m_relay = new ElidedLabel(this);
    m_relay->setObjectName(u"relayState"_s);
    m_startRelay = flatButton(this);
    m_startRelay->setObjectName(u"startRelayButton"_s);
    m_startRelay->setAutoRaise(false); // Beside words that do nothing it looked like one of them.
    m_startRelay->setText(tr("Start"));
    m_startRelay->setAccessibleName(tr("Start the relay"));
    connect(m_startRelay, &QToolButton::clicked, this, &StatusLine::startRelayRequested);
    m_outbox = new ElidedLabel(this);
    m_outbox->setObjectName(u"outboxState"_s);
    m_outbox->hide();
    m_checked = new ElidedLabel(this);
    m_checked->setObjectName(u"checkedState"_s);
    m_checked->setForegroundRole(QPalette::PlaceholderText);
    // One widget with a layout of its own: QStatusBar draws a frame around each item of its.
    auto *line = new QWidget(this);
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(kInsideGroup, 2, kBetween, 2);
    row->setSpacing(kInsideGroup);
    row->addWidget(m_keys);
    row->addWidget(m_passphrase);
    row->addSpacing(kBetween);
    row->addWidget(m_relaySign);
    row->addWidget(m_relay);
    row->addWidget(m_startRelay);
    row->addSpacing(kBetween);
    row->addWidget(m_outbox);
    row->addStretch(1);
    row->addWidget(m_checked);
    addWidget(line, 1);
    setKeys(KeysState::None);
    setRelay({});
}

void StatusLine::setKeys(KeysState state)
{
    const bool isOpen = state == KeysState::Unlocked;
    m_keys->setVisible(state != KeysState::None);
    m_keys->setEnabled(state != KeysState::Unlocking);
    m_keys->setIcon(sign(isOpen ? u"lock-open"_s : u"lock"_s, isOpen ? Tone::Neutral : Tone::Caution));
    m_keys->setText(isOpen ? tr("Keys unlocked") : state == KeysState::Unlocking ? tr("Unlocking the keys") : tr("Keys locked"));
    m_keys->setToolTip(isOpen ? tr("Lock the keys: nothing can be opened or signed until the passphrase is given again.")
                              : tr("Give the passphrase, so that mail can be opened and signed."));
}

void StatusLine::setDemonstrationPassphrase(const QString &passphrase)
{
    m_passphrase->setVisible(!passphrase.isEmpty());
    m_passphrase->setText(tr("Demonstration, passphrase \"%1\"").arg(passphrase));
}

void StatusLine::setRelay(const RelayLine &relay)
{
    if (m_line == relay)
        return;
    m_line = relay;
    const bool hasFailed = relay.state == RelayLine::State::Failed;
    drawRelaySign();
    m_relay->setText(relayText(relay));
    // The state of the relay is never what gives way; only a long sentence about a failure may be shortened, and the names of servers.
    m_relay->setMinimumWidth(hasFailed || relay.state == RelayLine::State::Elsewhere ? 0 : m_relay->fontMetrics().horizontalAdvance(m_relay->text()) + 2);
    m_startRelay->setVisible(relay.state == RelayLine::State::Stopped || hasFailed);
    m_startRelay->setText(hasFailed ? tr("Try again") : tr("Start"));
}

void StatusLine::drawRelaySign()
{
    const bool isRunning = m_line->state == RelayLine::State::Running;
    const Tone tone = isRunning ? Tone::Good : m_line->state == RelayLine::State::Failed ? Tone::Bad : Tone::Neutral;
    m_relaySign->setPixmap(sign(isRunning ? u"relay-on"_s : u"relay-off"_s, tone).pixmap(QSize(16, 16), devicePixelRatioF()));
}

// The sign was painted in the colours of the palette that went.
void StatusLine::changeEvent(QEvent *event)
{
    QStatusBar::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_line)
        drawRelaySign();
}

void StatusLine::setOutbox(const QString &sentence)
{
    m_outbox->setVisible(!sentence.isEmpty());
    m_outbox->setText(sentence);
}

void StatusLine::setChecked(const QDateTime &when, const QString &problem)
{
    m_checked->setToolTip(problem.isEmpty() ? exactDate(when) : problem);
    m_checked->setText(!problem.isEmpty() ? problem : when.isValid() ? tr("Checked %1").arg(QLocale().toString(when.toLocalTime().time(), QLocale::ShortFormat)) : QString());
}

} // namespace ui
