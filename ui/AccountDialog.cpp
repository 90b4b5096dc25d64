// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/AccountDialog.h"

#include "app/CertificateAssessment.h"
#include "app/CertificateFiles.h"
#include "ui/Files.h"
#include "ui/LongText.h"
#include "ui/PageArea.h"
#include "ui/ProblemLabel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>
#include <QStyle>
#include <QThreadPool>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// The usual ports (RFC 8314) go with the way of encryption as long as nobody typed another.
struct UsualPorts {
    quint16 startTls;
    quint16 implicit;
};
constexpr int kBesideServers = 200; ///< Height of the choice above them, and of a sentence and the buttons below.
constexpr qsizetype kLongestVoucher = 40;
constexpr UsualPorts kSmtpPorts{587, 465};
constexpr UsualPorts kPop3Ports{110, 995};

void addTitle(QFormLayout *form, const QString &text)
{
    auto *label = new QLabel(text, form->parentWidget());
    QFont bold = label->font();
    bold.setWeight(QFont::DemiBold);
    label->setFont(bold);
    label->setContentsMargins(0, form->rowCount() > 0 ? kBetween : 0, 0, 0);
    form->addRow(label);
}

/// Where the text of a radio button begins: what belongs to it stands below that.
int textIndent(const QRadioButton *button)
{
    const QStyle *style = button->style();
    return style->pixelMetric(QStyle::PM_ExclusiveIndicatorWidth, nullptr, button) + style->pixelMetric(QStyle::PM_RadioButtonLabelSpacing, nullptr, button);
}

QString authorityNameOf(const QList<QByteArray> &authorities)
{
    const base::Result<app::CertificateInfo> info = app::certificateInfo(authorities.value(0));
    return info ? shortened(info->name.isEmpty() ? info->subject : info->name, kLongestVoucher) : QString();
}

/// A server's own certificate vouches for nobody, unless it is signed with its own key.
bool vouchesForOthers(const QByteArray &certificate)
{
    const base::Result<app::CertificateInfo> info = app::certificateInfo(certificate);
    return info && (info->isAuthority || info->subject == info->issuer);
}

void followTls(QComboBox *tls, QSpinBox *port, UsualPorts ports)
{
    QObject::connect(tls, &QComboBox::activated, port, [tls, port, ports] {
        const bool isImplicit = tls->currentData().value<net::TlsMode>() == net::TlsMode::Implicit;
        if (port->value() == ports.startTls || port->value() == ports.implicit)
            port->setValue(isImplicit ? ports.implicit : ports.startTls);
    });
}

} // namespace

AccountDialog::AccountDialog(const app::AccountSettings &account, const QString &address, Keep keep, QWidget *parent)
    : QDialog(parent), m_account(account), m_address(address), m_keep(std::move(keep))
{
    setObjectName(u"accountDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Mail servers of %1").arg(address));
    m_problem = new ProblemLabel(u"accountProblem"_s, this);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    m_ok->setObjectName(u"accountConfirm"_s);
    m_ok->setText(tr("Save"));
    connect(buttons, &QDialogButtonBox::accepted, this, &AccountDialog::onAccepted);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kAround, kAround, kAround, kAround);
    column->setSpacing(12);
    column->addWidget(makeWays());
    m_area = new PageArea(makeElsewhere(), this);
    m_area->setRoomBeside(kBesideServers);
    column->addWidget(m_area);
    column->addWidget(m_problem);
    column->addStretch();
    column->addWidget(buttons);
    setMinimumWidth(520);
    showWay();
    (m_account.isOwnRelay ? m_own : m_other)->setFocus(); // The buttons were made first.
}

QWidget *AccountDialog::makeWays()
{
    auto *box = new QWidget(this);
    m_own = new QRadioButton(tr("The &relay of this computer"), box);
    m_own->setObjectName(u"accountOwnRelay"_s);
    m_other = new QRadioButton(tr("Servers &elsewhere"), box);
    m_other->setObjectName(u"accountElsewhere"_s);
    (m_account.isOwnRelay ? m_own : m_other)->setChecked(true);
    connect(m_own, &QRadioButton::toggled, this, &AccountDialog::showWay);
    auto *words = new QLabel(tr("Your window finds it wherever it listens and logs in by itself."), box);
    words->setWordWrap(true);
    words->setForegroundRole(QPalette::PlaceholderText);
    words->setIndent(textIndent(m_own));
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins({});
    column->setSpacing(kInsideGroup);
    column->addWidget(m_own);
    column->addWidget(words);
    column->addWidget(m_other);
    return box;
}

QWidget *AccountDialog::makeElsewhere()
{
    m_elsewhere = new QWidget(this);
    auto *form = new QFormLayout(m_elsewhere);
    form->setContentsMargins(textIndent(m_other), 0, 0, 0);
    form->setHorizontalSpacing(kAround);
    form->setVerticalSpacing(kBetween);
    addTitle(form, tr("For sending (SMTP)"));
    m_smtp = addServer(form, u"smtp"_s, tr("For sending"), m_account.isOwnRelay ? transport::Server{{}, kSmtpPorts.startTls, net::TlsMode::StartTls, m_address, {}} : m_account.smtp);
    followTls(m_smtp.tls, m_smtp.port, kSmtpPorts);
    addTitle(form, tr("For reading (POP3)"));
    m_pop3 = addServer(form, u"pop3"_s, tr("For reading"), m_account.isOwnRelay ? transport::Server{{}, kPop3Ports.implicit, net::TlsMode::Implicit, m_address, {}} : m_account.pop3);
    followTls(m_pop3.tls, m_pop3.port, kPop3Ports);
    m_password = new QLineEdit(m_elsewhere);
    m_password->setObjectName(u"accountPassword"_s);
    m_password->setAccessibleName(tr("Password for both"));
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setPlaceholderText(m_account.isOwnRelay ? QString() : tr("as it is kept"));
    m_password->setToolTip(tr("It is kept among your keys, under your passphrase."));
    connect(m_password, &QLineEdit::textChanged, this, &AccountDialog::check);
    form->addRow(tr("Pass&word for both"), m_password);
    form->addRow(tr("Vouched for &by"), makeVouchers());
    m_leave = new QCheckBox(tr("&Leave what was fetched on the server"), m_elsewhere);
    m_leave->setObjectName(u"accountLeave"_s);
    // Whoever only wants to try this with a mailbox of years must not have emptied it.
    m_leave->setChecked(m_account.isOwnRelay || m_account.afterFetch == transport::AfterFetch::Leave);
    form->addRow(QString(), m_leave);
    return m_elsewhere;
}

QComboBox *AccountDialog::makeVouchers()
{
    m_vouchers = new QComboBox(m_elsewhere);
    m_vouchers->setObjectName(u"accountVouchers"_s);
    m_vouchers->setAccessibleName(tr("Who vouches for the servers"));
    m_vouchers->setToolTip(tr("A server shows a certificate. If it is one of your company's own, give the certificate of the authority that issued it."));
    m_vouchers->addItem(tr("an authority that this computer knows"), int(Voucher::Known));
    const QList<QByteArray> kept = m_account.isOwnRelay ? QList<QByteArray>() : m_account.smtp.anchors + m_account.pop3.anchors;
    if (!kept.isEmpty())
        m_vouchers->addItem(authorityNameOf(kept), int(Voucher::Kept));
    m_vouchers->addItem(tr("another one, from a file\u2026"), int(Voucher::File));
    chooseVoucher(kept.isEmpty() ? Voucher::Known : Voucher::Kept);
    connect(m_vouchers, &QComboBox::activated, this, &AccountDialog::onVoucherActivated);
    return m_vouchers;
}

AccountDialog::ServerFields AccountDialog::addServer(QFormLayout *form, const QString &objectName, const QString &title, const transport::Server &server)
{
    const bool isFirst = objectName == "smtp"_L1;
    ServerFields fields{new QLineEdit(server.host, m_elsewhere), new QSpinBox(m_elsewhere), new QComboBox(m_elsewhere), new QLineEdit(server.user, m_elsewhere)};
    const std::tuple<QWidget *, const char *, QString> named[] = {{fields.host, "Host", tr("Server")}, {fields.port, "Port", tr("Port")},
                                                                 {fields.tls, "Tls", tr("Encryption")}, {fields.user, "User", tr("User name")}};
    for (const auto &[field, suffix, name] : named) {
        field->setObjectName(objectName + QLatin1StringView{suffix});
        field->setAccessibleName(tr("%1: %2", "For sending: Server").arg(title, name));
    }
    fields.port->setRange(1, 65535);
    fields.port->setValue(server.port);
    fields.tls->addItem(tr("TLS from the start"), QVariant::fromValue(net::TlsMode::Implicit));
    fields.tls->addItem(tr("STARTTLS, and nothing without it"), QVariant::fromValue(net::TlsMode::StartTls));
    fields.tls->addItem(tr("STARTTLS if offered, on this computer only"), QVariant::fromValue(net::TlsMode::StartTlsIfOffered));
    fields.tls->addItem(tr("none, on this computer only"), QVariant::fromValue(net::TlsMode::None));
    fields.tls->setCurrentIndex(fields.tls->findData(QVariant::fromValue(server.tls)));
    connect(fields.host, &QLineEdit::textChanged, this, &AccountDialog::onHostEdited);
    connect(fields.user, &QLineEdit::textChanged, this, &AccountDialog::check);
    connect(fields.tls, &QComboBox::currentIndexChanged, this, &AccountDialog::check);
    form->addRow(isFirst ? tr("&Server") : tr("Ser&ver"), fields.host);
    form->addRow(isFirst ? tr("&Port") : tr("P&ort"), fields.port);
    form->addRow(isFirst ? tr("Encr&yption") : tr("Encryp&tion"), fields.tls);
    form->addRow(isFirst ? tr("&User name") : tr("User &name"), fields.user);
    return fields;
}

void AccountDialog::showWay()
{
    if (!m_ok)
        return;
    m_area->setVisible(m_other->isChecked());
    if (m_other->isChecked() && m_smtp.host->text().isEmpty())
        m_smtp.host->setFocus();
    check();
    adjustSize();
    keepOnScreen(this);
}

QStringList AccountDialog::missing() const
{
    const auto isEmpty = [](const QLineEdit *field) { return field->text().trimmed().isEmpty(); };
    QStringList missing;
    if (isEmpty(m_smtp.host))
        missing += tr("the server for sending");
    if (isEmpty(m_pop3.host))
        missing += tr("the server for reading");
    if (isEmpty(m_pop3.user))
        missing += tr("the user name for reading");
    if (m_account.isOwnRelay && m_password->text().isEmpty())
        missing += tr("the password");
    return missing;
}

// What is clearly wrong comes first; what is merely missing is said quietly, while somebody types.
void AccountDialog::check()
{
    if (!m_ok || !m_leave)
        return;
    QString problem;
    for (const ServerFields &fields : {m_smtp, m_pop3}) {
        const QString host = fields.host->text().trimmed();
        if (!host.isEmpty() && !net::checkTlsMode(fields.tls->currentData().value<net::TlsMode>(), host))
            problem = tr("%1 is another computer: without encryption everybody on the way could read your mail and your password. Choose TLS or STARTTLS.").arg(host);
    }
    const QStringList missing = this->missing();
    const QString gaps = missing.isEmpty() ? QString() : tr("Still missing: %1.").arg(missing.join(u", "_s));
    const bool isFilledIn = problem.isEmpty() && gaps.isEmpty();
    if (m_own->isChecked() || isFilledIn)
        m_problem->say(QString());
    else
        problem.isEmpty() ? m_problem->say(gaps, Tone::Neutral) : m_problem->say(problem, Tone::Caution);
    m_ok->setEnabled(m_own->isChecked() || isFilledIn);
}

// Who vouched for another server says nothing of this one.
void AccountDialog::onHostEdited()
{
    if (m_voucher == Voucher::Kept && (m_smtp.host->text().trimmed() != m_account.smtp.host || m_pop3.host->text().trimmed() != m_account.pop3.host))
        chooseVoucher(Voucher::Known);
    check();
}

void AccountDialog::chooseVoucher(Voucher voucher)
{
    m_voucher = voucher;
    m_vouchers->setCurrentIndex(m_vouchers->findData(int(voucher)));
}

void AccountDialog::onVoucherActivated()
{
    const auto wanted = Voucher(m_vouchers->currentData().toInt());
    if (wanted != Voucher::File)
        return chooseVoucher(wanted);
    chooseVoucher(m_voucher); // Until there is a file.
    askForVoucher();
}

void AccountDialog::askForVoucher()
{
    askWhichFiles(this, tr("Who vouches for the servers"), tr("Certificates (*.pem *.crt *.cer *.der);;All files (*)"), [this](const QStringList &paths) {
        base::whenReady(this, readFile(QThreadPool::globalInstance(), paths.value(0), app::kLargestCertificateFile), [this](const base::Result<QByteArray> &file) { takeVoucher(file); });
    });
}

void AccountDialog::takeVoucher(const base::Result<QByteArray> &file)
{
    const base::Result<QList<QByteArray>> read = file ? app::certificatesIn(*file) : base::Result<QList<QByteArray>>{file.error()};
    if (!read)
        return m_problem->say(read.error());
    QList<QByteArray> authorities;
    std::copy_if(read->cbegin(), read->cend(), std::back_inserter(authorities), vouchesForOthers);
    if (authorities.isEmpty())
        return m_problem->say(tr("This certificate vouches for nobody else. Choose that of the authority which issued the server's."));
    m_fromFile = authorities;
    m_vouchers->setItemText(m_vouchers->findData(int(Voucher::File)), tr("%1, from a file").arg(authorityNameOf(authorities)));
    chooseVoucher(Voucher::File);
    check();
}

transport::Server AccountDialog::serverIn(const ServerFields &fields, const transport::Server &before) const
{
    transport::Server server = before;
    server.host = fields.host->text().trimmed();
    server.port = quint16(fields.port->value());
    server.tls = fields.tls->currentData().value<net::TlsMode>();
    server.user = fields.user->text().trimmed();
    if (m_voucher != Voucher::Kept)
        server.anchors = m_voucher == Voucher::File ? m_fromFile : QList<QByteArray>();
    return server;
}

app::AccountSettings AccountDialog::chosen() const
{
    app::AccountSettings account = m_account;
    account.isOwnRelay = m_own->isChecked();
    if (account.isOwnRelay) {
        // What was chosen for servers elsewhere would fill the relay.
        if (!m_account.isOwnRelay)
            account.afterFetch = app::AccountSettings().afterFetch;
        return account;
    }
    account.smtp = serverIn(m_smtp, m_account.smtp);
    account.pop3 = serverIn(m_pop3, m_account.pop3);
    account.afterFetch = m_leave->isChecked() ? transport::AfterFetch::Leave : transport::AfterFetch::Delete;
    return account;
}

void AccountDialog::onAccepted()
{
    const QWidgetList parts{m_elsewhere, m_own, m_other, m_ok};
    for (QWidget *part : parts)
        part->setEnabled(false);
    const base::Secret password = m_own->isChecked() ? base::Secret() : base::Secret::fromText(m_password->text());
    base::whenReady(this, m_keep(chosen(), password), [this, parts](const base::Status &status) {
        if (status) {
            m_password->clear();
            return accept();
        }
        for (QWidget *part : parts)
            part->setEnabled(true);
        m_problem->say(status.error());
    });
}

} // namespace ui
