// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/AccountSettings.h"
#include "base/Operation.h"

#include <QDialog>
#include <functional>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLineEdit;
class QPushButton;
class QRadioButton;
class QSpinBox;

namespace ui {

class PageArea;
class ProblemLabel;

/// Where a profile sends and fetches: at the relay of this computer, which finds itself, or at servers elsewhere.
class AccountDialog : public QDialog
{
    Q_OBJECT

public:
    /// `password`: for both servers; empty keeps the one that is there.
    using Keep = std::function<base::Operation<base::Done>(const app::AccountSettings &account, const base::Secret &password)>;

    /// `keep` is called with what was chosen; the dialog closes when it succeeds. `address` is the profile's.
    AccountDialog(const app::AccountSettings &account, const QString &address, Keep keep, QWidget *parent);

private:
    /// The fields of one server.
    struct ServerFields {
        QLineEdit *host = nullptr;
        QSpinBox *port = nullptr;
        QComboBox *tls = nullptr;
        QLineEdit *user = nullptr;
    };

    /// Who has to vouch for the servers: whom the computer knows, who did before, or who is in a file.
    enum class Voucher { Known, Kept, File };

    QWidget *makeWays();
    QWidget *makeElsewhere();
    QComboBox *makeVouchers();
    ServerFields addServer(QFormLayout *form, const QString &objectName, const QString &title, const transport::Server &server);
    void showWay();
    [[nodiscard]] QStringList missing() const;
    void check();
    void onHostEdited();
    void chooseVoucher(Voucher voucher);
    void onVoucherActivated();
    void askForVoucher();
    void takeVoucher(const base::Result<QByteArray> &file);
    void onAccepted();
    [[nodiscard]] transport::Server serverIn(const ServerFields &fields, const transport::Server &before) const;
    [[nodiscard]] app::AccountSettings chosen() const;

    app::AccountSettings m_account;
    QString m_address;
    Keep m_keep;
    QRadioButton *m_own = nullptr;
    QRadioButton *m_other = nullptr;
    PageArea *m_area = nullptr;
    QWidget *m_elsewhere = nullptr;
    ServerFields m_smtp;
    ServerFields m_pop3;
    QComboBox *m_vouchers = nullptr;
    Voucher m_voucher = Voucher::Known;
    QList<QByteArray> m_fromFile; ///< DER; who vouches with Voucher::File.
    QLineEdit *m_password = nullptr;
    QCheckBox *m_leave = nullptr;
    ProblemLabel *m_problem = nullptr;
    QPushButton *m_ok = nullptr;
};

} // namespace ui
