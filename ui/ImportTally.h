// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/IdentityImport.h"

#include <QStringList>

namespace ui {

/// What became of files that were imported together, so that one notice speaks of all of them.
class ImportTally
{
public:
    /// `name`: what the person calls the file.
    void add(const QString &name, const base::Result<app::ImportedFile> &imported);

    [[nodiscard]] bool isEmpty() const { return m_files == 0; }
    [[nodiscard]] bool hasProblem() const { return !m_problems.isEmpty(); }
    /// What was taken in, then what was not and why.
    [[nodiscard]] QString sentence() const;
    /// For the tooltip.
    [[nodiscard]] QString detail() const { return m_details.join(u'\n'); }
    /// Was trusted before: there is nothing to ask about it.
    void dropAuthority(const QByteArray &certificate) { m_authorities.removeAll(certificate); }
    /// Came along; trusted only if the person says so.
    [[nodiscard]] const QList<QByteArray> &authorities() const { return m_authorities; }

private:
    [[nodiscard]] QString authoritiesSentence() const;

    struct Problem {
        QString name;
        QString sentence;
    };

    int m_files = 0;
    int m_keys = 0;
    int m_ownCertificates = 0;
    int m_people = 0;
    QStringList m_concerns;
    QList<Problem> m_problems;
    QStringList m_details;
    QList<QByteArray> m_authorities;
};

} // namespace ui
