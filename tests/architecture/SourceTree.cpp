// SPDX-License-Identifier: GPL-3.0-or-later
#include "architecture/SourceTree.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace {

QString withoutCommentsAndStrings(QString text)
{
    // Raw strings first: they may hold what looks like a comment.
    static const QRegularExpression noise(
        uR"RX((?<raw>R"(\w*)\([\s\S]*?\)\2")|(?<string>"(?:\\.|[^"\\\n])*")|(?<line>//[^\n]*)|(?<block>/\*[\s\S]*?\*/))RX"_s);
    QString result;
    qsizetype from = 0;
    for (auto matches = noise.globalMatch(text); matches.hasNext();) {
        const auto match = matches.next();
        result += QStringView{text}.sliced(from, match.capturedStart() - from);
        result += QString(match.captured().count(u'\n'), u'\n');
        from = match.capturedEnd();
    }
    return result + text.sliced(from);
}

QString moduleOf(const QString &path)
{
    const QStringList parts = path.split(u'/');
    return parts.first() == "src"_L1 ? parts.value(1) : parts.first();
}

} // namespace

QList<SourceFile> readSourceTree(const QStringList &folders)
{
    static const QRegularExpression include(uR"(^\s*#\s*include\s*[<"]([^>"]+)[>"])"_s, QRegularExpression::MultilineOption);
    const QString root = QStringLiteral(WAXWING_SOURCE_DIR);
    QList<SourceFile> files;
    for (const QString &folder : folders) {
        for (QDirIterator it(root + u'/' + folder, {u"*.h"_s, u"*.cpp"_s}, QDir::Files, QDirIterator::Subdirectories); it.hasNext();) {
            QFile file{it.next()};
            if (!file.open(QIODevice::ReadOnly))
                qFatal("cannot read %s", qPrintable(file.fileName()));
            const QString text = QString::fromUtf8(file.readAll());
            SourceFile source;
            source.path = file.fileName().sliced(root.size() + 1);
            source.module = moduleOf(source.path);
            source.code = withoutCommentsAndStrings(text).split(u'\n');
            for (auto matches = include.globalMatch(text); matches.hasNext();)
                source.includes << matches.next().captured(1);
            files << source;
        }
    }
    std::sort(files.begin(), files.end(), [](const SourceFile &a, const SourceFile &b) { return a.path < b.path; });
    return files;
}
