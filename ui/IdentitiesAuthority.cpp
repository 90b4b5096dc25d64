// SPDX-License-Identifier: GPL-3.0-or-later
// The authority's page of IdentitiesWindow: what needs the authority's passphrase.
#include "ui/Files.h"
#include "ui/IdentitiesWindow.h"
#include "ui/NoticeBar.h"
#include "ui/UnlockDialog.h"

#include <QTreeWidget>

using namespace Qt::StringLiterals;

namespace ui {

namespace {
constexpr qint64 kLargestRequest = qint64{1} << 20;
constexpr int kKeyRole = Qt::UserRole + 3;
}

void IdentitiesWindow::issue()
{
    askWhichFiles(this, tr("Issue a certificate"), tr("Certificate requests (*.csr *.pem *.der *.req);;All files (*)"), [this](const QStringList &paths) {
        base::whenReady(this, readFile(m_session->workplace().pool(), paths.value(0), kLargestRequest), [this](const base::Result<QByteArray> &request) {
            if (!request)
                return report(request.error());
            (new UnlockDialog(tr("Issue a certificate"), tr("Give the authority's passphrase. Issue only to people whom you know: everybody here will trust this certificate."),
                              [this, request = *request](const base::Secret &passphrase) {
                                  auto promise = std::make_shared<QPromise<base::Status>>();
                                  promise->start();
                                  base::whenReady(this, identities().issue(request, passphrase), [this, promise](const base::Result<QByteArray> &chain) {
                                      promise->addResult(chain ? base::Status{base::Done{}} : base::Status{chain.error()});
                                      promise->finish();
                                      if (!chain)
                                          return;
                                      refresh();
                                      askWhereToSave(this, tr("Save the certificate for the requester"), u"certificate.pem"_s, [this, chain = *chain](const QString &path) {
                                          base::whenReady(this, writeFile(m_session->workplace().pool(), path, chain), [this](const base::Status &status) {
                                              status ? m_notice->setText(tr("The certificate was issued. Send the file to whoever asked for it."), {}, Tone::Good) : report(status.error());
                                          });
                                      });
                                  });
                                  return base::Operation<base::Done>{promise->future(), {}};
                              }, this))
                ->open();
        });
    });
}

void IdentitiesWindow::revoke()
{
    const QTreeWidgetItem *item = m_issued->currentItem();
    if (!item)
        return;
    const QByteArray serial = item->data(0, kKeyRole).toByteArray();
    auto *dialog = new UnlockDialog(tr("Revoke a certificate"), tr("Mail signed with the certificate of %1 will no longer be verified. This cannot be undone. Give the authority's passphrase.").arg(item->text(0)),
                                    [this, serial](const base::Secret &passphrase) { return identities().revoke(serial, identity::RevocationReason::Unspecified, passphrase); }, this);
    connect(dialog, &QDialog::accepted, this, [this] {
        m_notice->setText(tr("The certificate was revoked."), {}, Tone::Good);
        refresh();
    });
    dialog->open();
}

} // namespace ui
