// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ProfileSession.h"
#include "ui/ImportTally.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QPushButton;
class QTabWidget;
class QTreeWidget;
class QTreeWidgetItem;

namespace ui {

class NoticeBar;

/// The keys of one user, other people's certificates, and whom the user trusts; with import and export.
class IdentitiesWindow : public QWidget
{
    Q_OBJECT

public:
    /// `session` is not owned and outlives the window.
    explicit IdentitiesWindow(app::ProfileSession *session, QWidget *parent = nullptr);

    /// After those that are being imported; the notice comes when all are through.
    void importFile(const QString &path);
    /// The same notice about a file that was imported elsewhere; `name`: what the person calls it.
    void tellImport(const QString &name, const app::ImportedFile &imported);
    /// The page on which new keys are made.
    void showOwnKeys();

private:
    QWidget *makeOwnPage();
    QWidget *makePeoplePage();
    QWidget *makeTrustPage();
    QWidget *makeRevocationSwitches();
    QWidget *makeAuthorityPage();
    QTreeWidget *makeList(const QString &objectName, const QString &accessibleName, const QStringList &columns);
    QPushButton *makeShowButton(const QString &objectName, const QTreeWidget *list);
    void removeByKey(QTreeWidget *list, void (IdentitiesWindow::*remove)());
    [[nodiscard]] const QTreeWidgetItem *chosenIn(const QTreeWidget *list);
    void refresh();
    void fillOwn(const QList<app::IdentityInfo> &identities);
    void fillPeople(const QList<app::PersonCertificate> &people);
    void fillTrust();
    void fillAuthority();
    void showCertificate(const QTreeWidgetItem *item);
    void askForImport();
    void importNext();
    void import(const QString &name, const QByteArray &file);
    void askForFilePassphrase(const QString &name, const QByteArray &file);
    void onImported(const QString &name, const base::Result<app::ImportedFile> &imported);
    void tellImports();
    void makeNewKeys();
    void exportIdentity();
    void changePassphrase();
    void forgetPassphrase();
    void removePerson();
    void trust(const QList<QByteArray> &authorities);
    void addTrust();
    void addTrustIn(const QStringList &paths, const ImportTally &before);
    void removeTrust();
    void switchRevocation(bool isOn);
    void switchDemand(bool isOn);
    /// Requests for certificates, as they were read from files.
    struct Applications {
        QList<QByteArray> requests;
        QStringList people;    ///< For each of them, in words.
        QStringList fileNames; ///< For each of them, of what is handed back.
        FileProblems problems; ///< What is no request.
    };
    void issue();
    void readRequests(const QStringList &paths, const Applications &before);
    void addRequest(Applications &applications, const QString &name, const base::Result<QByteArray> &file) const;
    void issueFor(const Applications &applications);
    void tellIssued(const QString &sentence, const FileProblems &problems);
    void saveIssued(const Applications &applications, const QList<QByteArray> &chains);
    void revoke();
    void exportRevocations();
    void report(const base::Error &error);
    [[nodiscard]] app::IdentityService &identities() const { return m_session->workplace().identities(); }
    [[nodiscard]] QString address() const { return m_session->profile().address; }

    app::ProfileSession *m_session;
    NoticeBar *m_notice = nullptr;
    QTabWidget *m_tabs = nullptr;
    QTreeWidget *m_own = nullptr;
    QTreeWidget *m_people = nullptr;
    QTreeWidget *m_trust = nullptr;
    QTreeWidget *m_issued = nullptr;
    QPushButton *m_newKeys = nullptr;
    QPushButton *m_lock = nullptr;
    QPushButton *m_forget = nullptr; ///< Shown while there is something to forget.
    QCheckBox *m_revocation = nullptr;
    QCheckBox *m_demand = nullptr;
    QStringList m_toImport;
    bool m_isImporting = false;
    ImportTally m_imported;
};

} // namespace ui
