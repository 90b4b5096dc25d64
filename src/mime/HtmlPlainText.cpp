// SPDX-License-Identifier: GPL-3.0-or-later
#include "mime/HtmlPlainText.h"

using namespace Qt::StringLiterals;

namespace mime {

void HtmlPlainText::add(QChar c)
{
    if (m_lineEnds > 0 && m_quoteDepth > 0)
        m_text += QString(m_quoteDepth, u'>') + u' ';
    else if (m_hasBlank && m_lineEnds == 0)
        m_text += u' ';
    m_hasBlank = false;
    m_lineEnds = 0;
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

void HtmlPlainText::endLine()
{
    m_hasBlank = false;
    if (m_lineEnds == 0)
        breakLine();
}

void HtmlPlainText::endParagraph()
{
    endLine();
    if (m_lineEnds == 1)
        breakLine();
}

void HtmlPlainText::breakLine()
{
    m_hasBlank = false;
    if (m_lineEnds > 0 && m_quoteDepth > 0 && !m_text.isEmpty())
        m_text += QString(m_quoteDepth, u'>');
    m_text += u'\n';
    ++m_lineEnds;
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
