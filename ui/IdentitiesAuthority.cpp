// SPDX-License-Identifier: GPL-3.0-or-later
// The authority's page of IdentitiesWindow: what needs the authority's passphrase.
#include "mime/Address.h"
#include "ui/Files.h"
#include "ui/IdentitiesWindow.h"
#include "ui/LongText.h"
#include "ui/NoticeBar.h"
#include "ui/UnlockDialog.h"

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
    askWhichFiles(this, tr("Issue a certificate"), tr("Certificate requests (*.csr *.pem *.der *.req);;All files (*)"), [this](const QStringList &paths) {
        base::whenReady(this, readFile(m_session->workplace().pool(), paths.value(0), kLargestRequest), [this](const base::Result<QByteArray> &request) {
            request ? issueFor(*request) : report(request.error());
        });
    });
}

// Whoever vouches for somebody is told for whom: the name of the file says nothing.
void IdentitiesWindow::issueFor(const QByteArray &request)
{
    const base::Result<identity::Applicant> applicant = identities().applicant(request);
    if (!applicant)
        return report(applicant.error());
    const QString who = breakable(mime::displayText({shortened(applicant->name, kLongestApplicant), applicant->address}));
    const QString sentence = tr("The certificate will be for %1. Issue only to people whom you know: everybody here will trust it. Give the authority's passphrase.").arg(who);
    auto *dialog = new UnlockDialog(tr("Issue a certificate"), sentence, [this, request](const base::Secret &passphrase) {
        auto promise = std::make_shared<QPromise<base::Status>>();
        promise->start();
        base::whenReady(this, identities().issue(request, passphrase), [this, promise](const base::Result<QByteArray> &chain) {
            promise->addResult(chain ? base::Status{base::Done{}} : base::Status{chain.error()});
            promise->finish();
            if (!chain)
                return;
            refresh();
            m_notice->setText(tr("The certificate was issued. From this list it can be saved later, too."), {}, Tone::Good);
            saveIssued(*chain);
        });
        return base::Operation<base::Done>{promise->future(), {}};
    }, this);
    dialog->setButtonText(tr("Issue"));
    dialog->open();
}

void IdentitiesWindow::saveIssued(const QByteArray &chain)
{
    askWhereToSave(this, tr("Save the certificate for the requester"), u"certificate.pem"_s, [this, chain](const QString &path) {
        base::whenReady(this, writeFile(m_session->workplace().pool(), path, chain), [this](const base::Status &status) {
            status ? m_notice->setText(tr("The certificate was issued. Send the file to whoever asked for it."), {}, Tone::Good) : report(status.error());
        });
    });
}

void IdentitiesWindow::revoke()
{
    const QTreeWidgetItem *item = chosenIn(m_issued);
    if (!item)
        return;
    const QByteArray serial = item->data(0, kKeyRole).toByteArray();
    auto *dialog = new UnlockDialog(tr("Revoke a certificate"), tr("Mail signed with the certificate of %1 will no longer be verified. This cannot be undone. Give the authority's passphrase.").arg(item->text(0)),
                                    [this, serial](const base::Secret &passphrase) { return identities().revoke(serial, identity::RevocationReason::Unspecified, passphrase); }, this);
    connect(dialog, &QDialog::accepted, this, [this] {
        m_notice->setText(tr("The certificate was revoked."), {}, Tone::Good);
        refresh();
    });
    dialog->setButtonText(tr("Revoke"));
    dialog->open();
}

} // namespace ui
