// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/FileProblems.h"

#include "ui/LongText.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr qsizetype kLongestProblemName = 40;
constexpr qsizetype kMostNames = 3;
constexpr qsizetype kMostLines = 5;

QString filesText(const QStringList &names)
{
    if (names.size() <= kMostNames)
        return names.join(u", "_s);
    return FileProblems::tr("%1 and %n more files", nullptr, int(names.size() - kMostNames)).arg(names.first(kMostNames).join(u", "_s));
}

} // namespace

void FileProblems::add(const QString &fileName, const QString &sentence)
{
    const auto known = std::find_if(m_problems.begin(), m_problems.end(), [&sentence](const Problem &problem) { return problem.sentence == sentence; });
    Problem &problem = known == m_problems.end() ? m_problems.emplaceBack(Problem{sentence, {}}) : *known;
    problem.fileNames += breakable(shortened(fileName, kLongestProblemName));
}

QStringList FileProblems::sentences() const
{
    QStringList all;
    for (const Problem &problem : m_problems)
        all += problem.sentence;
    return all;
}

QStringList FileProblems::lines() const
{
    QStringList all;
    qsizetype others = 0;
    for (const Problem &problem : m_problems) {
        if (all.size() < kMostLines)
            all += filesText(problem.fileNames) + u": "_s + problem.sentence;
        else
            others += problem.fileNames.size();
    }
    if (others > 0)
        all += tr("%n more files cannot be used, for other reasons.", nullptr, int(others));
    return all;
}

} // namespace ui
