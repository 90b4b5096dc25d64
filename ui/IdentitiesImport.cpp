// SPDX-License-Identifier: GPL-3.0-or-later
// What IdentitiesWindow imports: one file after the other, so that one question is asked at a time, and one notice about all of them.
#include "app/CertificateFiles.h"
#include "ui/Files.h"
#include "ui/IdentitiesWindow.h"
#include "ui/LongText.h"
#include "ui/NoticeBar.h"
#include "ui/UnlockDialog.h"

#include <QFileInfo>
#include <utility>

using namespace Qt::StringLiterals;

namespace ui {

namespace {
constexpr qsizetype kLongestFileName = 64;
}

void IdentitiesWindow::askForImport()
{
    askWhichFiles(this, tr("Import"), tr("Keys and certificates (*.p12 *.pfx *.pem *.crt *.cer *.der *.p7b *.p7c *.crl);;All files (*)"), [this](const QStringList &paths) {
        for (const QString &path : paths)
            importFile(path);
    });
}

void IdentitiesWindow::importFile(const QString &path)
{
    m_toImport += path;
    if (!std::exchange(m_isImporting, true))
        importNext();
}

void IdentitiesWindow::importNext()
{
    if (m_toImport.isEmpty()) {
        m_isImporting = false;
        return tellImports();
    }
    const QString path = m_toImport.takeFirst();
    base::whenReady(this, readFile(m_session->workplace().pool(), path, app::kLargestCertificateFile), [this, name = QFileInfo(path).fileName()](const base::Result<QByteArray> &file) {
        file ? import(name, *file) : onImported(name, file.error());
    });
}

void IdentitiesWindow::import(const QString &name, const QByteArray &file)
{
    base::whenReady(this, identities().importFile(address(), file, {}), [this, name, file](const base::Result<app::ImportedFile> &imported) {
        const bool needsPassphrase = !imported && (imported.error().code == base::ErrorCode::PassphraseMissing || imported.error().code == base::ErrorCode::PassphraseWrong);
        needsPassphrase ? askForFilePassphrase(name, file) : onImported(name, imported);
    });
}

void IdentitiesWindow::askForFilePassphrase(const QString &name, const QByteArray &file)
{
    const QString sentence = tr("%1 is protected by a passphrase of its own, chosen when it was made.").arg(breakable(shortened(name, kLongestFileName)));
    auto *dialog = new UnlockDialog(tr("Open the file"), sentence, [this, name, file](const base::Secret &passphrase) {
        auto promise = std::make_shared<QPromise<base::Status>>();
        promise->start();
        base::whenReady(this, identities().importFile(address(), file, passphrase), [this, name, promise](const base::Result<app::ImportedFile> &imported) {
            // What no passphrase mends is no reason to ask for it again.
            const bool isOver = imported || imported.error().code != base::ErrorCode::PassphraseWrong;
            if (isOver)
                m_imported.add(name, imported);
            promise->addResult(isOver ? base::Status{base::Done{}} : base::Status{imported.error()});
            promise->finish();
            // Whoever closed the question meanwhile is told all the same.
            if (isOver && !m_isImporting)
                tellImports();
        });
        return base::Operation<base::Done>{promise->future(), {}};
    }, this);
    dialog->setButtonText(tr("Open"));
    connect(dialog, &QDialog::finished, this, &IdentitiesWindow::importNext);
    dialog->open();
}

void IdentitiesWindow::onImported(const QString &name, const base::Result<app::ImportedFile> &imported)
{
    m_imported.add(name, imported);
    importNext();
}

void IdentitiesWindow::tellImport(const QString &name, const app::ImportedFile &imported)
{
    m_imported.add(name, imported);
    if (!m_isImporting)
        tellImports();
}

void IdentitiesWindow::tellImports()
{
    if (m_imported.isEmpty())
        return;
    ImportTally imported = std::exchange(m_imported, {});
    for (const identity::Anchor &anchor : identities().anchors(address()))
        imported.dropAuthority(anchor.certificate);
    const QList<QByteArray> offered = imported.namesAllAuthorities() ? imported.authorities() : QList<QByteArray>();
    NoticeAction offer;
    if (!offered.isEmpty())
        offer = {offered.size() == 1 ? tr("Trust this authority") : tr("Trust all of them"), [this, offered] { trust(offered); }};
    const Tone tone = imported.hasProblem() ? Tone::Bad : imported.authorities().isEmpty() ? Tone::Good : Tone::Caution;
    m_notice->setText(imported.sentence(), offer, tone, imported.detail());
    refresh();
}

void IdentitiesWindow::trust(const QList<QByteArray> &authorities)
{
    for (const QByteArray &authority : authorities) {
        if (const base::Status added = identities().addAnchor(address(), authority); !added && added.error().code != base::ErrorCode::CertificateAlreadyPresent)
            return report(added.error());
    }
    m_notice->setText(authorities.size() == 1 ? tr("From now on you trust whom this authority vouches for.") : tr("From now on you trust whom these authorities vouch for."), {}, Tone::Good);
}

void IdentitiesWindow::addTrust()
{
    askWhichFiles(this, tr("Trust an authority"), tr("Certificates (*.pem *.crt *.cer *.der);;All files (*)"), [this](const QStringList &paths) { addTrustIn(paths, {}); });
}

// One after the other, for one notice.
void IdentitiesWindow::addTrustIn(const QStringList &paths, const ImportTally &before)
{
    if (paths.isEmpty()) {
        m_notice->setText(before.sentence(), {}, before.hasProblem() ? Tone::Bad : Tone::Good, before.detail());
        return refresh();
    }
    base::whenReady(this, readFile(m_session->workplace().pool(), paths.constFirst(), app::kLargestCertificateFile), [this, paths, before](const base::Result<QByteArray> &file) {
        ImportTally tally = before;
        tally.addTrusted(QFileInfo(paths.constFirst()).fileName(), file ? identities().addAnchor(address(), *file) : base::Status{file.error()});
        addTrustIn(paths.mid(1), tally);
    });
}

} // namespace ui
