// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ImportTally.h"

#include "app/CertificateAssessment.h"
#include "app/ErrorText.h"
#include "ui/IdentitiesWindow.h"
#include "ui/LongText.h"

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr qsizetype kLongestImportedName = 40;
constexpr qsizetype kMostNamedAuthorities = 3;

// Here it may be keys as well.
QString importProblem(const base::Error &error)
{
    if (error.code == base::ErrorCode::NotACertificate)
        return IdentitiesWindow::tr("There is neither a key nor a certificate in this file, or it is damaged. Choose one such as .p12, .pem, .crt or .cer.");
    return app::errorText(error).sentence;
}

} // namespace

void ImportTally::add(const QString &name, const base::Result<app::ImportedFile> &imported)
{
    ++m_files;
    if (!imported) {
        m_problems.append(Problem{name, importProblem(imported.error())});
        if (const QString detail = app::errorText(imported.error()).detail; !detail.isEmpty())
            m_details += detail;
        return;
    }
    switch (imported->kind) {
    case app::ImportedFile::Kind::Nothing: break;
    case app::ImportedFile::Kind::Identity: m_keys += imported->count; break;
    case app::ImportedFile::Kind::OwnCertificate: ++m_ownCertificates; break;
    case app::ImportedFile::Kind::PeopleCertificates: m_people += imported->count; break;
    }
    if (imported->concern != base::ErrorCode::Unknown)
        m_concerns += app::errorText({imported->concern, {}, {}, {}}).sentence;
    m_concerns.removeDuplicates();
    for (const QByteArray &authority : imported->authorities)
        if (!m_authorities.contains(authority))
            m_authorities += authority;
}

QString ImportTally::sentence() const
{
    QStringList sentences;
    if (m_keys > 0)
        sentences += IdentitiesWindow::tr("%n keys were imported.", nullptr, m_keys);
    if (m_ownCertificates > 0)
        sentences += IdentitiesWindow::tr("Your key has its certificate now.");
    if (m_people > 0)
        sentences += IdentitiesWindow::tr("%n certificates of other people were imported.", nullptr, m_people);
    if (sentences.isEmpty() && m_problems.isEmpty() && m_authorities.isEmpty())
        sentences += m_files > 1 ? IdentitiesWindow::tr("There was nothing new in these files.") : IdentitiesWindow::tr("There was nothing new in this file.");
    sentences += m_concerns;
    for (const Problem &problem : m_problems)
        sentences += m_files > 1 ? breakable(shortened(problem.name, kLongestImportedName)) + u": "_s + problem.sentence : problem.sentence;
    if (!m_authorities.isEmpty())
        sentences += authoritiesSentence(); // Last, beside the button.
    return sentences.join(u' ');
}

// Nobody can say whether to trust somebody without a name.
QString ImportTally::authoritiesSentence() const
{
    QStringList names;
    for (const QByteArray &authority : m_authorities.first(qMin(m_authorities.size(), kMostNamedAuthorities))) {
        const base::Result<app::CertificateInfo> info = app::certificateInfo(authority);
        const QString name = !info ? QString() : info->name.isEmpty() ? info->subject : info->name;
        names += u'"' + breakable(shortened(name, kLongestImportedName)) + u'"';
    }
    if (m_authorities.size() > kMostNamedAuthorities)
        names += u"\u2026"_s;
    return IdentitiesWindow::tr("%n authorities came along that you do not trust: %1.", nullptr, int(m_authorities.size())).arg(names.join(u", "_s));
}

} // namespace ui
