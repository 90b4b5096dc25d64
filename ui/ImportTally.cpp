// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ImportTally.h"

#include "app/CertificateAssessment.h"
#include "app/ErrorText.h"
#include "ui/IdentitiesWindow.h"
#include "ui/LongText.h"

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr qsizetype kLongestAuthorityName = 64; // RFC 5280 lets a common name be no longer.
constexpr qsizetype kMostNamedAuthorities = 3;

// Here it may be keys as well.
QString importProblem(const base::Error &error)
{
    if (error.code == base::ErrorCode::NotACertificate)
        return IdentitiesWindow::tr("There is neither a key nor a certificate in this file, or it is damaged. Choose one such as .p12, .pem, .crt or .cer.");
    if (error.code == base::ErrorCode::CertificateUntrusted)
        return IdentitiesWindow::tr("This list of revoked certificates is signed by nobody whom you trust. Add its authority on the page Trust first.");
    return app::errorText(error).sentence;
}

} // namespace

void ImportTally::add(const QString &name, const base::Result<app::ImportedFile> &imported)
{
    ++m_files;
    if (!imported) {
        m_problems.add(name, importProblem(imported.error()));
        if (const QString detail = app::errorText(imported.error()).detail; !detail.isEmpty())
            m_details += detail;
        return;
    }
    switch (imported->kind) {
    case app::ImportedFile::Kind::Nothing: break;
    case app::ImportedFile::Kind::Identity: m_keys += imported->count; break;
    case app::ImportedFile::Kind::OwnCertificate: ++m_ownCertificates; break;
    case app::ImportedFile::Kind::PeopleCertificates: m_people += imported->count; break;
    case app::ImportedFile::Kind::RevocationLists: m_lists += imported->count; break;
    }
    if (imported->concern != base::ErrorCode::Unknown)
        m_concerns += app::errorText({imported->concern, {}, {}, {}}).sentence;
    m_concerns.removeDuplicates();
    for (const QByteArray &authority : imported->authorities)
        if (!m_authorities.contains(authority))
            m_authorities += authority;
}

void ImportTally::addTrusted(const QString &name, const base::Status &added)
{
    ++m_files;
    if (added) {
        ++m_trusted;
        return;
    }
    const app::ErrorText text = app::errorText(added.error());
    m_problems.add(name, text.sentence);
    if (!text.detail.isEmpty())
        m_details += text.detail;
}

QString ImportTally::detail() const
{
    QStringList lines = m_details;
    for (const QByteArray &authority : m_authorities) {
        if (const base::Result<app::CertificateInfo> info = app::certificateInfo(authority))
            lines += info->subject + u": SHA-256 "_s + QString::fromLatin1(info->fingerprint);
    }
    return lines.join(u'\n');
}

bool ImportTally::namesAllAuthorities() const { return m_authorities.size() <= kMostNamedAuthorities; }

QString ImportTally::sentence() const
{
    QStringList sentences;
    if (m_trusted > 0)
        sentences += m_trusted == 1 ? IdentitiesWindow::tr("From now on you trust whom this authority vouches for.") : IdentitiesWindow::tr("From now on you trust whom these authorities vouch for.");
    if (m_keys > 0)
        sentences += IdentitiesWindow::tr("%n keys were imported.", nullptr, m_keys);
    if (m_ownCertificates > 0)
        sentences += IdentitiesWindow::tr("Your key has its certificate now.");
    if (m_people > 0)
        sentences += IdentitiesWindow::tr("%n certificates of other people were imported.", nullptr, m_people);
    if (m_lists > 0)
        sentences += IdentitiesWindow::tr("%n lists of revoked certificates were imported.", nullptr, m_lists);
    if (sentences.isEmpty() && m_problems.isEmpty() && m_authorities.isEmpty())
        sentences += m_files > 1 ? IdentitiesWindow::tr("There was nothing new in these files.") : IdentitiesWindow::tr("There was nothing new in this file.");
    sentences += m_concerns;
    sentences += m_files > 1 ? m_problems.lines() : m_problems.sentences();
    if (!m_authorities.isEmpty())
        sentences += authoritiesSentence(); // Last, beside the button.
    return sentences.join(u'\n');
}

// Nobody can say whether to trust somebody without a name, or with the half of one.
QString ImportTally::authoritiesSentence() const
{
    QStringList names;
    for (const QByteArray &authority : m_authorities.first(qMin(m_authorities.size(), kMostNamedAuthorities))) {
        const base::Result<app::CertificateInfo> info = app::certificateInfo(authority);
        const QString name = !info ? QString() : info->name.isEmpty() ? info->subject : info->name;
        names += u'"' + breakable(shortened(name, kLongestAuthorityName)) + u'"';
    }
    if (!namesAllAuthorities())
        names += u"\u2026"_s;
    const QString sentence = IdentitiesWindow::tr("%n authorities came along that you do not trust: %1.", nullptr, int(m_authorities.size())).arg(names.join(u", "_s));
    return namesAllAuthorities() ? sentence : sentence + u' ' + IdentitiesWindow::tr("Add those that you trust on the page Trust, from files of their own.");
}

} // namespace ui
