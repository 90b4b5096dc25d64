// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/CertificateDialog.h"

#include "app/CertificateFiles.h"
#include "app/ErrorText.h"
#include "app/KeyTypes.h"
#include "ui/Dates.h"
#include "ui/Files.h"
#include "ui/Icons.h"
#include "ui/LongText.h"
#include "ui/ProblemLabel.h"

#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QFormLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QThreadPool>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

// What a certificate says, anybody may have written: the dialog keeps its size whatever it is.
constexpr qsizetype kLongestValue = 600;

QLabel *valueLabel(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(breakable(shortened(text, kLongestValue)), parent);
    label->setTextFormat(Qt::PlainText);
    takeAnyWidth(label);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

QLabel *exactLabel(const QString &text, QWidget *parent)
{
    QLabel *label = valueLabel(text, parent);
    label->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    return label;
}

QString pairs(const QByteArray &hex)
{
    QString text;
    for (qsizetype i = 0; i < hex.size(); i += 2)
        text += (i > 0 ? u" "_s : QString()) + QString::fromLatin1(hex.mid(i, 2));
    return text;
}

QString dayText(const QDateTime &date) { return QLocale().toString(date.toLocalTime().date(), QLocale::LongFormat); }

void addRows(QFormLayout *form, const app::CertificateInfo &info, QWidget *parent)
{
    form->addRow(CertificateDialog::tr("Addresses"), valueLabel(info.addresses.isEmpty() ? CertificateDialog::tr("none") : info.addresses.join(u", "_s), parent));
    form->addRow(CertificateDialog::tr("Vouched for by"), valueLabel(info.issuerName.isEmpty() ? info.issuer : info.issuerName, parent));
    QLabel *valid = valueLabel(CertificateDialog::tr("%1 to %2").arg(dayText(info.notBefore), dayText(info.notAfter)), parent);
    valid->setToolTip(u"%1\n%2"_s.arg(exactDate(info.notBefore), exactDate(info.notAfter)));
    form->addRow(CertificateDialog::tr("Valid from"), valid);
    form->addRow(CertificateDialog::tr("Key"), valueLabel(app::keyTypeTitle(info.keyType), parent));
    QLabel *usages = valueLabel(app::usagesText(info.usages), parent);
    usages->setToolTip(info.usages.join(u", "_s));
    form->addRow(CertificateDialog::tr("May be used for"), usages);
    form->addRow(CertificateDialog::tr("Subject"), exactLabel(info.subject, parent));
    form->addRow(CertificateDialog::tr("Issuer"), exactLabel(info.issuer, parent));
    form->addRow(CertificateDialog::tr("Serial number"), exactLabel(pairs(info.serial), parent));
    form->addRow(CertificateDialog::tr("SHA-256 fingerprint"), exactLabel(pairs(info.fingerprint), parent));
}

} // namespace

CertificateDialog::CertificateDialog(const Subject &subject, QWidget *parent) : QDialog(parent)
{
    setObjectName(u"certificateDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    const base::Result<app::CertificateInfo> read = app::certificateInfo(subject.certificate);
    const app::CertificateInfo info = read ? *read : app::CertificateInfo{};
    setWindowTitle(tr("Certificate of %1").arg(info.name));
    resize(620, 420);
    auto *name = valueLabel(read ? info.name : app::errorText(read.error()).sentence, this);
    QFont large = name->font();
    large.setPointSizeF(large.pointSizeF() * 1.25);
    large.setWeight(QFont::DemiBold);
    name->setFont(large);
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(kAround);
    form->setVerticalSpacing(kBetween);
    if (subject.state != app::CertificateState::NotChecked)
        form->addRow(tr("State"), valueLabel(app::stateText(subject.state, info), this));
    if (read)
        addRows(form, info, this);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    QPushButton *saveButton = buttons->addButton(tr("Save as\u2026"), QDialogButtonBox::ActionRole);
    saveButton->setAutoDefault(false);
    buttons->button(QDialogButtonBox::Close)->setDefault(true);
    connect(saveButton, &QPushButton::clicked, this, [this, subject, info] { save(subject.certificate, info.name); });
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kAround, kAround, kAround, kAround);
    column->setSpacing(12);
    column->addWidget(name);
    column->addLayout(form);
    m_saved = new ProblemLabel(u"certificateSaved"_s, this);
    column->addWidget(m_saved);
    column->addStretch();
    column->addWidget(buttons);
}

void CertificateDialog::showSaved(const base::Status &status)
{
    if (status)
        m_saved->say(tr("The certificate was saved."), Tone::Good);
    else
        m_saved->say(status.error());
}

void CertificateDialog::save(const QByteArray &der, const QString &name)
{
    askWhereToSave(this, tr("Save the certificate"), safeFileName(name, tr("certificate")) + u".pem"_s,
                   [this, pem = app::certificatePem(der)](const QString &path) { base::whenReady(this, writeFile(QThreadPool::globalInstance(), path, pem), [this](const base::Status &status) { showSaved(status); }); });
}

} // namespace ui
