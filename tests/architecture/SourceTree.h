// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

/// One C++ file of the project, its comments and string contents blanked so that only code is searched.
struct SourceFile {
    QString path;         ///< From the project's root: "src/mime/Header.cpp"
    QString module;       ///< "mime"; "ui" for ui/, "tests" for tests/
    QStringList code;     ///< Lines without comments and without the text of string literals.
    QStringList includes; ///< As written between the quotes or angle brackets.
};

/// All .h and .cpp files below `folders` ("src", "ui", "tests"), sorted by path.
QList<SourceFile> readSourceTree(const QStringList &folders);
