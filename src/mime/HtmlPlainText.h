// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

namespace mime {

/// Collects the plain text of HTML as it is walked: white space collapsed, blocks on lines of their own, quotes marked. Private to the module.
class HtmlPlainText
{
public:
    void addText(QStringView text); ///< White space collapses unless preformatted.
    void addVerbatim(QStringView text);
    void addMark(QStringView mark); ///< Of a list's item, whose text begins in the same line even where it is a paragraph.
    void beginLine();
    void beginParagraph();
    void endLine();       ///< Begins a new line unless at the beginning of one.
    void endParagraph();  ///< An empty line before what follows.
    void breakLine();     ///< <br>: always one line end.
    void changeQuoteDepth(int by) { m_quoteDepth += by; }
    void changePreformatted(int by) { m_preformatted += by; }
    void changeHidden(int by) { m_hidden += by; } ///< While it is above 0, nothing is added.
    [[nodiscard]] qsizetype size() const { return m_text.size(); }
    /// True if what was added since `begin` is the address itself (its scheme may be missing), so that it need not be told again.
    [[nodiscard]] bool endsWithLink(QStringView address, qsizetype begin) const;
    [[nodiscard]] QString take();

private:
    void add(QChar c);
    void beginBlock(int lineEnds);
    void endLines(int count);

    QString m_text;
    int m_quoteDepth = 0;
    int m_preformatted = 0;
    int m_hidden = 0;
    int m_lastQuoteDepth = 0; ///< Of the last character.
    qsizetype m_markEnd = -1; ///< Where the last mark ended.
    int m_lineEnds = 0; ///< Line ends to write before the next character; trailing ones are never written.
    bool m_hasBlank = false;
};

} // namespace mime
