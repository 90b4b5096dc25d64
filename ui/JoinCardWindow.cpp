// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/JoinCardWindow.h"

#include "app/RelayCertificate.h"
#include "ui/CardWords.h"
#include "ui/Files.h"
#include "ui/PageArea.h"
#include "ui/ProblemLabel.h"
#include "ui/WindowKeys.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QEvent>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace ui {

JoinCardWindow::JoinCardWindow(app::Workplace *workplace, QWidget *parent)
    : QWidget(parent, Qt::Window), m_workplace(workplace), m_relay(&workplace->relay())
{
    setObjectName(u"joinCardWindow"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Join card - Waxwing"));
    auto *explanation = new QLabel(tr("With this card others take part at the relay of this computer. On theirs: New identity, then \"Join with a card\". "
                                      "Compare the words aloud: they prove that nobody stands between. Each also needs a mailbox and its password: Relay monitor, Mailboxes."), this);
    explanation->setWordWrap(true);
    m_problem = new ProblemLabel(u"joinCardProblem"_s, this);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kAround, kAround, kAround, kAround);
    column->setSpacing(kBetween);
    column->addWidget(explanation);
    column->addWidget(makeCard());
    column->addWidget(m_problem);
    column->addWidget(makeRemedies());
    column->addStretch();
    column->addWidget(makeButtons());
    addWindowKeys(this);
    connect(m_relay, &app::RelayService::stateChanged, this, [this](app::RelayService::State state) {
        if (state == app::RelayService::State::Stopped && std::exchange(m_isReopening, false))
            m_workplace->startRelay();
        refresh();
    });
    connect(m_relay, &app::RelayService::reloaded, this, &JoinCardWindow::refresh);
    refresh();
}

QWidget *JoinCardWindow::makeCard()
{
    auto *card = new QWidget(this);
    m_address = new QComboBox(card);
    m_address->setObjectName(u"joinAddress"_s);
    m_address->setAccessibleName(tr("Address"));
    m_address->setToolTip(tr("Under which the others reach this computer"));
    connect(m_address, &QComboBox::currentTextChanged, this, &JoinCardWindow::showCard);
    m_ports = new QLabel(card);
    m_ports->setObjectName(u"joinPorts"_s);
    m_authority = new QLabel(card);
    m_authority->setObjectName(u"joinAuthority"_s);
    m_authority->setTextFormat(Qt::PlainText);
    m_words = new CardWords(card);
    m_line = new QLineEdit(card);
    m_line->setObjectName(u"joinLine"_s);
    m_line->setAccessibleName(tr("The card as a line to type"));
    m_line->setReadOnly(true);
    auto *form = new QFormLayout(card);
    form->setContentsMargins({});
    form->setHorizontalSpacing(kAround);
    form->setVerticalSpacing(kBetween);
    form->addRow(tr("&Address"), m_address);
    form->addRow(tr("Ports"), m_ports);
    form->addRow(tr("Authority"), m_authority);
    form->addRow(tr("Its fingerprint"), m_words);
    form->addRow(tr("As a &line"), m_line);
    return card;
}

/// Each shown only while it helps.
QWidget *JoinCardWindow::makeRemedies()
{
    auto *box = new QWidget(this);
    m_start = new QPushButton(tr("&Start the relay"), box);
    m_start->setObjectName(u"joinStartRelay"_s);
    m_open = new QPushButton(tr("&Open the relay to the network"), box);
    m_open->setObjectName(u"joinOpenRelay"_s);
    m_open->setToolTip(tr("It starts anew and then listens at all addresses of this computer. From elsewhere everybody has to log in, under encryption."));
    m_certifying = new QWidget(box);
    m_passphrase = new QLineEdit(m_certifying);
    m_passphrase->setObjectName(u"joinAuthorityPassphrase"_s);
    m_passphrase->setAccessibleName(tr("The authority's passphrase"));
    m_passphrase->setPlaceholderText(tr("The authority's passphrase"));
    m_passphrase->setEchoMode(QLineEdit::Password);
    m_certify = new QPushButton(tr("&Issue the certificate"), m_certifying);
    m_certify->setObjectName(u"joinCertify"_s);
    connect(m_start, &QPushButton::clicked, this, [this] { m_workplace->startRelay(); });
    connect(m_open, &QPushButton::clicked, this, &JoinCardWindow::openToNetwork);
    connect(m_certify, &QPushButton::clicked, this, &JoinCardWindow::certify);
    connect(m_passphrase, &QLineEdit::returnPressed, m_certify, &QPushButton::click);
    connect(m_passphrase, &QLineEdit::textChanged, m_certify, [this](const QString &typed) { m_certify->setEnabled(!typed.isEmpty()); });
    m_certify->setEnabled(false);
    auto *certifying = new QHBoxLayout(m_certifying);
    certifying->setContentsMargins({});
    certifying->addWidget(m_passphrase, 1);
    certifying->addWidget(m_certify);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins({});
    row->setSpacing(kBetween);
    row->addWidget(m_certifying, 1);
    row->addStretch();
    row->addWidget(m_open);
    row->addWidget(m_start);
    return box;
}

QWidget *JoinCardWindow::makeButtons()
{
    auto *box = new QWidget(this);
    m_save = new QPushButton(tr("Sa&ve as a file\u2026"), box);
    m_save->setObjectName(u"joinSave"_s);
    m_copy = new QPushButton(tr("&Copy the line"), box);
    m_copy->setObjectName(u"joinCopy"_s);
    auto *done = new QPushButton(tr("Clos&e"), box);
    connect(m_save, &QPushButton::clicked, this, &JoinCardWindow::save);
    connect(m_copy, &QPushButton::clicked, this, [this] { QApplication::clipboard()->setText(m_line->text()); });
    connect(done, &QPushButton::clicked, this, &QWidget::close);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins({});
    row->setSpacing(kBetween);
    row->addStretch();
    row->addWidget(m_copy);
    row->addWidget(m_save);
    row->addWidget(done);
    return box;
}

bool JoinCardWindow::isRunning() const { return m_relay->state() == app::RelayService::State::Running; }

void JoinCardWindow::refresh()
{
    showAddresses();
    showCard();
}

void JoinCardWindow::showAddresses()
{
    const QString host = m_relay->smtpEndpoint().host;
    QStringList hosts = !isRunning() ? QStringList() : app::meansAllAddresses(host) ? app::addressesForNeighbours() : QStringList{host};
    if (isRunning() && hosts.isEmpty())
        hosts = {u"127.0.0.1"_s};
    const QString chosen = m_address->currentText();
    const QSignalBlocker blocker{m_address};
    m_address->clear();
    m_address->addItems(hosts);
    m_address->setCurrentIndex(int(qMax(qsizetype{0}, hosts.indexOf(chosen))));
    m_address->setEnabled(!hosts.isEmpty());
}

void JoinCardWindow::showCard()
{
    m_card = {};
    const QByteArray anchor = isRunning() ? app::tlsAnchorOf(m_relay->tlsChain()) : QByteArray();
    if (!anchor.isEmpty())
        if (const base::Result<app::JoinCard> card = app::makeJoinCard({m_address->currentText(), m_relay->smtpEndpoint().port},
                                                                        {m_address->currentText(), m_relay->pop3Endpoint().port}, anchor))
            m_card = *card;
    const bool isThere = m_card.isComplete();
    m_ports->setText(isThere ? tr("%1 for sending, %2 for reading").arg(m_card.smtpPort).arg(m_card.pop3Port) : QString());
    m_authority->setText(m_card.name);
    m_words->setWords(m_card.words());
    m_line->setText(isThere ? app::toJoinLine(m_card) : QString());
    m_line->setCursorPosition(0);
    m_save->setEnabled(isThere);
    m_copy->setEnabled(isThere);
    showObstacle();
}

bool JoinCardWindow::event(QEvent *event)
{
    if (event->type() == QEvent::Show || event->type() == QEvent::LayoutRequest)
        growToContents(this);
    return QWidget::event(event);
}

/// What still keeps the others out.
void JoinCardWindow::showObstacle()
{
    const app::RelayService::State state = m_relay->state();
    const bool isStopped = state == app::RelayService::State::Stopped || state == app::RelayService::State::Failed;
    const bool isLocal = m_card.isComplete() && !app::isForOtherComputers(m_card);
    const bool isUncertified = m_card.isComplete() && !isLocal && !app::isCertifiedFor(m_relay->tlsChain(), m_card.host);
    const bool isOwn = m_relay->looksAfterTls();
    m_start->setVisible(isStopped);
    m_open->setVisible(isLocal && !app::meansAllAddresses(m_relay->smtpEndpoint().host));
    m_certifying->setVisible(isUncertified && isOwn && m_workplace->identities().hasAuthority());
    if (state == app::RelayService::State::Failed)
        m_problem->say(m_relay->error());
    else if (isStopped && !m_isReopening)
        m_problem->say(tr("The relay is not running. Start it: then the card says where it is."), Tone::Caution);
    else if (isRunning() && !m_card.isComplete())
        m_problem->say(tr("The relay has no certificate, so that nobody could be sure of it. Stop it and start it again."), Tone::Bad);
    else if (isLocal && m_open->isHidden())
        m_problem->say(tr("This computer is in no network. Connect it to the others'; then open this window again."), Tone::Caution);
    else if (isLocal)
        m_problem->say(tr("Only programs on this computer reach the relay at %1. Open it to the network, so that the card is of use elsewhere.").arg(m_card.host), Tone::Caution);
    else if (isUncertified && !isOwn)
        m_problem->say(tr("The certificate that the relay was given does not name %1, so that the others would refuse it. Choose an address that it names, or give the relay one that names this.").arg(m_card.host), Tone::Caution);
    else if (isUncertified && m_certifying->isHidden())
        m_problem->say(tr("The relay's certificate does not name %1, so that the others would refuse it. Stop the relay and start it again: then it makes one that does.").arg(m_card.host), Tone::Caution);
    else if (isUncertified)
        m_problem->say(tr("The relay's certificate does not name %1, so that the others would refuse it. The authority can issue one that does.").arg(m_card.host), Tone::Caution);
    else
        m_problem->say(QString());
}

void JoinCardWindow::openToNetwork()
{
    m_workplace->openRelayToNetwork();
    m_isReopening = true;
    m_relay->stop();
}

void JoinCardWindow::certify()
{
    m_certify->setEnabled(false);
    QStringList hosts;
    for (int i = 0; i < m_address->count(); ++i)
        hosts += m_address->itemText(i);
    base::whenReady(this, m_workplace->identities().certifyRelay(hosts, base::Secret::fromText(m_passphrase->text())), [this](const base::Status &status) {
        m_certify->setEnabled(!m_passphrase->text().isEmpty());
        if (!status)
            return m_problem->say(status.error());
        m_passphrase->clear();
        m_relay->renewTls();
        refresh();
    });
}

void JoinCardWindow::save()
{
    askWhereToSave(this, tr("Save the join card"), u"relay.waxwing-join"_s, [this](const QString &path) {
        base::whenReady(this, writeFile(m_workplace->pool(), path, app::toJoinFile(m_card)), [this](const base::Status &status) {
            if (status)
                m_problem->say(tr("The card was saved. Hand the file to the others, or let them open it from a common folder."), Tone::Good);
            else
                m_problem->say(status.error());
        });
    });
}

} // namespace ui
