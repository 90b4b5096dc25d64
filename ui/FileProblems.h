// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QStringList>

namespace ui {

/// What was wrong with files that were chosen together: the same of thirty of them is said once.
class FileProblems
{
    Q_DECLARE_TR_FUNCTIONS(ui::FileProblems)

public:
    void add(const QString &fileName, const QString &sentence);
    [[nodiscard]] bool isEmpty() const { return m_problems.isEmpty(); }
    [[nodiscard]] QStringList sentences() const;
    /// The same with the names of the files that each is about, and no more than a person reads.
    [[nodiscard]] QStringList lines() const;

private:
    struct Problem {
        QString sentence;
        QStringList fileNames;
    };
    QList<Problem> m_problems;
};

} // namespace ui
