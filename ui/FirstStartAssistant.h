// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/IdentityImport.h"
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

/// The first start: look at the demonstration, begin a team with an authority of one's own, make keys that somebody else's
/// authority will vouch for, with the relay of a join card or without, or bring keys and certificate in a file.
class FirstStartAssistant : public QDialog
{
    Q_OBJECT

public:
    /// `identities` and `io` are not owned and outlive the window.
    FirstStartAssistant(app::IdentityService *identities, transport::IoThread *io, QWidget *parent = nullptr);
    ~FirstStartAssistant() override;

    /// Goes to the form for a PKCS#12 file, with this one.
    void useKeyFile(const QString &path);

Q_SIGNALS:
    void demonstrationRequested();
    /// The profile is there and unlocked.
    void identityReady(const QString &address);
    /// After that, if its keys came in a file: what there is to say of it.
    void keyFileTaken(const QString &fileName, const app::ImportedFile &imported);

private:
    enum class Way { Team, Member, Request, Card, File };

    QWidget *makeChoicePage();
    QWidget *makeJoinPage();
    QWidget *makeFormPage();
    QFormLayout *makeForm(QWidget *page);
    void makeFields(QWidget *page);
    QWidget *makeRequestPage();
    [[nodiscard]] static QString titleOf(Way way);
    [[nodiscard]] static QString textOf(Way way);
    void choose(Way way);
    void showRows();
    void showFirst();
    void goBack();
    void beginWithFile();
    void askForKeyFile();
    void setKeyFile(const QString &name, const QByteArray &content);
    [[nodiscard]] QStringList missing() const;
    void check();
    void begin();
    void createIdentity();
    void onCreated(const base::Result<app::CreatedIdentity> &created);
    void takeCard();
    void takeKeyFile();
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
    QString m_fileName;
    QByteArray m_file; ///< PKCS#12, as it was read.
    QStackedWidget *m_pages = nullptr;
    QLabel *m_formTitle = nullptr;
    QLabel *m_formText = nullptr;
    QFormLayout *m_form = nullptr;
    QPushButton *m_keyFile = nullptr;
    QLineEdit *m_keyFilePassphrase = nullptr;
    QLineEdit *m_name = nullptr;
    QLineEdit *m_mailbox = nullptr;
    QLineEdit *m_authorityName = nullptr;
    QLineEdit *m_authorityPassphrase = nullptr;
    QLineEdit *m_mailboxPassword = nullptr;
    KeyTypeField *m_keyType = nullptr;
    QLineEdit *m_passphrase = nullptr;
    QLineEdit *m_again = nullptr;
    ProblemLabel *m_problem = nullptr;
    ProblemLabel *m_saved = nullptr;
    QPushButton *m_ownFile = nullptr;
    QPushButton *m_ownCard = nullptr;
    QPushButton *m_back = nullptr;
    QPushButton *m_create = nullptr;
    QPushButton *m_saveRequest = nullptr;
};

} // namespace ui
