// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/JoinCard.h"

#include <QDialog>

class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;

namespace ui {

class KeyTypeField;
class ProblemLabel;

/// The first start: look at the demonstration, begin a team with an authority of one's own, or make keys that somebody else's
/// authority will vouch for, with the relay of a join card or without.
class FirstStartAssistant : public QDialog
{
    Q_OBJECT

public:
    /// `identities` and `io` are not owned and outlive the window.
    FirstStartAssistant(app::IdentityService *identities, transport::IoThread *io, QWidget *parent = nullptr);

Q_SIGNALS:
    void demonstrationRequested();
    /// The profile is there and unlocked.
    void identityReady(const QString &address);

private:
    enum class Way { Team, Member, Request, Card };

    QWidget *makeChoicePage();
    QWidget *makeJoinPage();
    QWidget *makeFormPage();
    QFormLayout *makeForm(QWidget *page);
    QWidget *makeRequestPage();
    void choose(Way way);
    void check();
    void begin();
    void createIdentity();
    void onCreated(const base::Result<app::CreatedIdentity> &created);
    void takeCard();
    void finish();
    void setBusy(const QString &sentence);
    void showProblem(const base::Error &error);

    app::IdentityService *m_identities;
    transport::IoThread *m_io;
    app::JoinCard m_card;
    identity::Profile m_created; ///< With keys; what the card brings may still be missing.
    Way m_way = Way::Team;
    bool m_isBusy = false;
    QByteArray m_request;
    QString m_address;
    QStackedWidget *m_pages = nullptr;
    QLabel *m_formTitle = nullptr;
    QLabel *m_formText = nullptr;
    QLineEdit *m_name = nullptr;
    QLineEdit *m_mailbox = nullptr;
    QLineEdit *m_authorityName = nullptr;
    QLabel *m_authorityLabel = nullptr;
    QLineEdit *m_authorityPassphrase = nullptr;
    QLabel *m_authorityPassphraseLabel = nullptr;
    QLineEdit *m_mailboxPassword = nullptr;
    QLabel *m_mailboxPasswordLabel = nullptr;
    KeyTypeField *m_keyType = nullptr;
    QLineEdit *m_passphrase = nullptr;
    QLineEdit *m_again = nullptr;
    ProblemLabel *m_problem = nullptr;
    ProblemLabel *m_saved = nullptr;
    QPushButton *m_back = nullptr;
    QPushButton *m_create = nullptr;
    QPushButton *m_saveRequest = nullptr;
};

} // namespace ui
