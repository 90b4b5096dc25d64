// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/IdentityImport.h"
#include "ui/FileProblems.h"

namespace ui {

/// What became of files that were imported together, so that one notice speaks of all of them.
class ImportTally
{
public:
    /// `name`: what the person calls the file.
    void add(const QString &name, const base::Result<app::ImportedFile> &imported);
    /// The same of a file whose authorities the person gave trust.
    void addTrusted(const QString &name, const base::Status &added);

    [[nodiscard]] bool isEmpty() const { return m_files == 0; }
    [[nodiscard]] bool hasProblem() const { return !m_problems.isEmpty(); }
    /// What was taken in, then what was not and why; each on a line of its own.
    [[nodiscard]] QString sentence() const;
    /// For the tooltip: what is exact about problems, and the authorities' fingerprints.
    [[nodiscard]] QString detail() const;
    /// Was trusted before: there is nothing to ask about it.
    void dropAuthority(const QByteArray &certificate) { m_authorities.removeAll(certificate); }
    /// Came along; trusted only if the person says so.
    [[nodiscard]] const QList<QByteArray> &authorities() const { return m_authorities; }
    /// Whether sentence() bears every one of their names. If not, there is no asking for trust in them.
    [[nodiscard]] bool namesAllAuthorities() const;

private:
    [[nodiscard]] QString authoritiesSentence() const;

    int m_files = 0;
    int m_keys = 0;
    int m_ownCertificates = 0;
    int m_people = 0;
    int m_lists = 0;   ///< Of revoked certificates.
    int m_trusted = 0; ///< Files.
    QStringList m_concerns;
    FileProblems m_problems;
    QStringList m_details;
    QList<QByteArray> m_authorities;
};

} // namespace ui
