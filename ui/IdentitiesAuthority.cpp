// SPDX-License-Identifier: GPL-3.0-or-later
// The authority's page of IdentitiesWindow: what needs the authority's passphrase.
#include "app/ErrorText.h"
#include "base/FileAccess.h"
#include "mime/Address.h"
#include "ui/Files.h"
#include "ui/IdentitiesWindow.h"
#include "ui/LongText.h"
#include "ui/NoticeBar.h"
#include "ui/UnlockDialog.h"

#include <QFileInfo>
#include <QTreeWidget>

using namespace Qt::StringLiterals;

namespace ui {

namespace {
constexpr qint64 kLargestRequest = qint64{1} << 20;
constexpr int kKeyRole = Qt::UserRole + 3;
constexpr qsizetype kLongestApplicant = 64;
}

void IdentitiesWindow::issue()
{
    askWhichFiles(this, tr("Issue certificates"), tr("Certificate requests (*.csr *.pem *.der *.req);;All files (*)"), [this](const QStringList &paths) { readRequests(paths, {}); });
}

// One after the other, for one passphrase. What is no request keeps nobody else from a certificate.
void IdentitiesWindow::readRequests(const QStringList &paths, const Applications &before)
{
    if (paths.isEmpty())
        return issueFor(before);
    base::whenReady(this, readFile(m_session->workplace().pool(), paths.constFirst(), kLargestRequest), [this, paths, before](const base::Result<QByteArray> &file) {
        Applications applications = before;
        addRequest(applications, QFileInfo(paths.constFirst()).fileName(), file);
        readRequests(paths.mid(1), applications);
    });
}

void IdentitiesWindow::addRequest(Applications &applications, const QString &name, const base::Result<QByteArray> &file) const
{
    const base::Result<identity::Applicant> applicant = file ? identities().applicant(*file) : base::Result<identity::Applicant>{file.error()};
    if (!applicant) {
        applications.problems.add(name, app::errorText(applicant.error()).sentence);
        return;
    }
    applications.requests += *file;
    applications.people += breakable(mime::displayText({shortened(applicant->name, kLongestApplicant), applicant->address}));
    QString fileName = safeFileName(applicant->address, tr("certificate")) + u".pem"_s;
    while (applications.fileNames.contains(fileName, Qt::CaseInsensitive))
        fileName.prepend(u'_');
    applications.fileNames += fileName;
}

// Whoever vouches for somebody is told for whom: the name of the file says nothing.
void IdentitiesWindow::issueFor(const Applications &applications)
{
    if (!applications.problems.isEmpty())
        m_notice->setText(applications.problems.lines().join(u'\n'), {}, Tone::Bad);
    if (applications.requests.isEmpty())
        return;
    const bool isOne = applications.requests.size() == 1;
    const QString sentence = isOne ? tr("The certificate will be for %1. Issue only to people whom you know: everybody here will trust it. Give the authority's passphrase.").arg(applications.people.constFirst())
                                   : tr("The certificates will be for these people. Issue only to people whom you know: everybody here will trust them. Give the authority's passphrase.");
    auto *dialog = new UnlockDialog(tr("Issue certificates"), sentence, [this, applications](const base::Secret &passphrase) {
        auto promise = std::make_shared<QPromise<base::Status>>();
        promise->start();
        base::whenReady(this, identities().issue(applications.requests, passphrase), [this, promise, applications](const base::Result<QList<QByteArray>> &chains) {
            promise->addResult(chains ? base::Status{base::Done{}} : base::Status{chains.error()});
            promise->finish();
            refresh();
            if (chains)
                saveIssued(applications, *chains);
        });
        return base::Operation<base::Done>{promise->future(), {}};
    }, this);
    if (!isOne)
        dialog->setList(tr("People"), applications.people);
    dialog->setButtonText(tr("Issue"));
    dialog->open();
}

// What was no request stays in sight: its sender still waits.
void IdentitiesWindow::tellIssued(const QString &sentence, const FileProblems &problems)
{
    m_notice->setText((QStringList{sentence} + problems.lines()).join(u'\n'), {}, problems.isEmpty() ? Tone::Good : Tone::Caution);
}

// One where the person says, several into a folder, each named after its address.
void IdentitiesWindow::saveIssued(const Applications &applications, const QList<QByteArray> &chains)
{
    QThreadPool *pool = m_session->workplace().pool();
    const FileProblems problems = applications.problems;
    if (chains.size() == 1) {
        tellIssued(tr("The certificate was issued. From this list it can be saved later, too."), problems);
        return askWhereToSave(this, tr("Save the certificate for the requester"), applications.fileNames.constFirst(), [this, pool, problems, chain = chains.constFirst()](const QString &path) {
            base::whenReady(this, writeFile(pool, path, chain), [this, problems](const base::Status &status) {
                status ? tellIssued(tr("The certificate was issued. Send the file to whoever asked for it."), problems) : report(status.error());
            });
        });
    }
    tellIssued(tr("%n certificates were issued. From this list they can be saved later, too.", nullptr, int(chains.size())), problems);
    askWhichFolder(this, tr("Save the certificates for the requesters in"), [this, pool, problems, fileNames = applications.fileNames, chains](const QString &folder) {
        const auto written = base::runOn(pool, [fileNames, chains, folder](const base::Cancellation &) {
            base::Status status{base::Done{}};
            for (qsizetype i = 0; i < chains.size() && status; ++i)
                status = base::writeFile(freePath(folder, fileNames[i]), chains[i]);
            return status;
        });
        base::whenReady(this, written, [this, problems](const base::Status &status) {
            status ? tellIssued(tr("The certificates were issued. Send each file to the person it is named after."), problems) : report(status.error());
        });
    });
}

void IdentitiesWindow::revoke()
{
    const QTreeWidgetItem *item = chosenIn(m_issued);
    if (!item)
        return;
    const QByteArray serial = item->data(0, kKeyRole).toByteArray();
    // Two people may bear one name.
    const QString who = breakable(mime::displayText({shortened(item->text(0), kLongestApplicant), shortened(item->text(1), kLongestApplicant)}));
    auto *dialog = new UnlockDialog(tr("Revoke a certificate"), tr("Mail signed with the certificate of %1 will no longer be verified. This cannot be undone. Give the authority's passphrase.").arg(who),
                                    [this, serial](const base::Secret &passphrase) { return identities().revoke(serial, identity::RevocationReason::Unspecified, passphrase); }, this);
    connect(dialog, &QDialog::accepted, this, [this] {
        m_notice->setText(tr("The certificate was revoked. Members of this data directory know it at once; export the revocation list for all others."), {}, Tone::Good);
        refresh();
    });
    dialog->setButtonText(tr("Revoke"));
    dialog->open();
}

// Signed anew, since nobody believes a list that is half a year old.
void IdentitiesWindow::exportRevocations()
{
    const auto list = std::make_shared<QByteArray>();
    auto *dialog = new UnlockDialog(tr("Export the revocation list"), tr("The list says to others which certificates you have revoked, and is signed with today's date. Give the authority's passphrase."), [this, list](const base::Secret &passphrase) {
        auto promise = std::make_shared<QPromise<base::Status>>();
        promise->start();
        base::whenReady(this, identities().renewRevocationList(passphrase), [promise, list](const base::Result<QByteArray> &renewed) {
            if (renewed)
                *list = *renewed;
            promise->addResult(renewed ? base::Status{base::Done{}} : base::Status{renewed.error()});
            promise->finish();
        });
        return base::Operation<base::Done>{promise->future(), {}};
    }, this);
    // Whoever has given up meanwhile is not asked where to.
    connect(dialog, &QDialog::accepted, this, [this, list] {
        askWhereToSave(this, tr("Save the revocation list"), u"revoked.crl"_s, [this, list](const QString &path) {
            base::whenReady(this, writeFile(m_session->workplace().pool(), path, *list), [this](const base::Status &status) {
                status ? m_notice->setText(tr("The revocation list was saved. Whoever trusts your authority can import it."), {}, Tone::Good) : report(status.error());
            });
        });
    });
    dialog->setButtonText(tr("Export"));
    dialog->open();
}

} // namespace ui
