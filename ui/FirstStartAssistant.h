// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/IdentityService.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;

namespace ui {

class KeyTypeField;
class ProblemLabel;

/// The first start: look at the demonstration, begin a team with an authority of one's own, or make keys that
/// somebody else's authority will vouch for.
class FirstStartAssistant : public QDialog
{
    Q_OBJECT

public:
    /// `identities` is not owned and outlives the window.
    explicit FirstStartAssistant(app::IdentityService *identities, QWidget *parent = nullptr);

Q_SIGNALS:
    void demonstrationRequested();
    /// The profile is there and unlocked.
    void identityReady(const QString &address);

private:
    enum class Way { Team, Member, Request };

    QWidget *makeChoicePage();
    QWidget *makeFormPage();
    QWidget *makeRequestPage();
    void choose(Way way);
    void check();
    void begin();
    void createIdentity();
    void onCreated(const base::Result<app::CreatedIdentity> &created);
    void setBusy(const QString &sentence);
    void showProblem(const base::Error &error);

    app::IdentityService *m_identities;
    Way m_way = Way::Team;
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
    KeyTypeField *m_keyType = nullptr;
    QLineEdit *m_passphrase = nullptr;
    QLineEdit *m_again = nullptr;
    ProblemLabel *m_problem = nullptr;
    ProblemLabel *m_saved = nullptr;
    QPushButton *m_create = nullptr;
    QPushButton *m_saveRequest = nullptr;
};

} // namespace ui
