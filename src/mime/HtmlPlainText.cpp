// SPDX-License-Identifier: GPL-3.0-or-later
#include "mime/HtmlPlainText.h"

using namespace Qt::StringLiterals;

namespace mime {

void HtmlPlainText::add(QChar c)
{
    if (m_hidden > 0)
        return;
    const bool startsLine = m_lineEnds > 0 || m_text.isEmpty();
    for (int i = 0; i < m_lineEnds && !m_text.isEmpty(); ++i) {
        m_text += u'\n';
        // Empty lines inside a quote belong to it; those around it do not.
        const int depth = qMin(m_quoteDepth, m_lastQuoteDepth);
        if (i + 1 < m_lineEnds && depth > 0)
            m_text += QString(depth, u'>');
    }
    if (startsLine && m_quoteDepth > 0)
        m_text += QString(m_quoteDepth, u'>') + u' ';
    else if (!startsLine && m_hasBlank)
        m_text += u' ';
    m_hasBlank = false;
    m_lineEnds = 0;
    m_lastQuoteDepth = m_quoteDepth;
    m_text += c;
}

void HtmlPlainText::addText(QStringView text)
{
    for (const QChar c : text) {
        const bool isBlank = c == u' ' || c == u'\t' || c == u'\n' || c == u'\r' || c == u'\f';
        if (m_preformatted > 0 && c == u'\n')
            breakLine();
        else if (m_preformatted > 0 && c != u'\r')
            add(c);
        else if (isBlank)
            m_hasBlank = true;
        else if (c.unicode() >= 0x20 && c != QChar::SoftHyphen)
            add(c == QChar::Nbsp ? QChar(u' ') : c);
    }
}

void HtmlPlainText::addVerbatim(QStringView text)
{
    for (const QChar c : text)
        add(c);
}

void HtmlPlainText::addMark(QStringView mark)
{
    addVerbatim(mark);
    if (m_hidden == 0)
        m_markEnd = m_text.size();
}

void HtmlPlainText::beginLine()
{
    beginBlock(1);
}

void HtmlPlainText::beginParagraph()
{
    beginBlock(2);
}

void HtmlPlainText::beginBlock(int lineEnds)
{
    const bool isAfterMark = m_text.size() == m_markEnd && m_lineEnds == 0;
    endLines(isAfterMark ? 0 : qMax(m_lineEnds, lineEnds));
}

void HtmlPlainText::endLine()
{
    endLines(qMax(m_lineEnds, 1));
}

void HtmlPlainText::endParagraph()
{
    endLines(qMax(m_lineEnds, 2));
}

void HtmlPlainText::breakLine()
{
    constexpr int kMostLineEnds = 20; // in a row
    endLines(qMin(m_lineEnds + 1, kMostLineEnds));
}

void HtmlPlainText::endLines(int count)
{
    if (m_hidden > 0)
        return;
    m_hasBlank = false;
    m_lineEnds = count;
}

bool HtmlPlainText::endsWithLink(QStringView address, qsizetype begin) const
{
    QStringView shown = QStringView(m_text).sliced(qMin(begin, m_text.size())).trimmed();
    if (shown.startsWith(u'>')) // a quote mark that was written with the first word
        shown = shown.sliced(1).trimmed();
    const auto bare = [](QStringView url) {
        const qsizetype scheme = url.indexOf("://"_L1);
        const QStringView rest = scheme >= 0 && scheme < 6 ? url.sliced(scheme + 3) : url;
        return rest.endsWith(u'/') ? rest.chopped(1) : rest;
    };
    return shown.isEmpty() || bare(shown) == bare(address);
}

QString HtmlPlainText::take()
{
    while (m_text.endsWith(u'\n') || m_text.endsWith(u' '))
        m_text.chop(1);
    if (!m_text.isEmpty())
        m_text += u'\n';
    return std::move(m_text);
}

} // namespace mime
