// SPDX-License-Identifier: GPL-3.0-or-later
#include "mime/HtmlTokens.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace mime {

namespace {

constexpr qsizetype kMostAttributes = 60;

// Their content is no markup (HTML 13.2.6.2); <plaintext> never ends.
constexpr std::array kRawElements{"script"_L1, "style"_L1, "title"_L1, "textarea"_L1, "iframe"_L1, "xmp"_L1, "noembed"_L1, "noframes"_L1, "plaintext"_L1};

bool isBlank(QChar c)
{
    return c == u' ' || c == u'\t' || c == u'\n' || c == u'\r' || c == u'\f';
}

bool isLetter(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
}

bool endsName(QChar c)
{
    return isBlank(c) || c == u'/' || c == u'>';
}

} // namespace

QString HtmlToken::attribute(QLatin1StringView wanted) const
{
    const auto hit = std::find_if(attributes.begin(), attributes.end(), [wanted](const HtmlAttribute &a) { return a.name == wanted; });
    return hit == attributes.end() ? QString() : hit->value;
}

HtmlToken HtmlTokens::next()
{
    if (!m_rawName.isEmpty())
        return readRaw();
    while (!atEnd()) {
        const qsizetype open = m_html.indexOf(u'<', m_at);
        if (open < 0)
            return readText(m_html.size());
        const QChar after = open + 1 < m_html.size() ? m_html[open + 1] : QChar();
        const bool isEndTag = after == u'/' && open + 2 < m_html.size() && isLetter(m_html[open + 2]);
        const bool isMarkup = isLetter(after) || isEndTag || after == u'!' || after == u'?' || after == u'/';
        if (!isMarkup)
            return readText(open + 1); // a lone "<" is text
        if (open > m_at)
            return readText(open);
        if (isEndTag)
            return readTag(open + 2, HtmlToken::Kind::EndTag);
        if (isLetter(after))
            return readTag(open + 1, HtmlToken::Kind::StartTag);
        skipMarkup();
    }
    return {};
}

HtmlToken HtmlTokens::readText(qsizetype end)
{
    HtmlToken token;
    token.kind = HtmlToken::Kind::Text;
    token.text = decodeEntities(m_html.sliced(m_at, end - m_at));
    m_at = end;
    return token;
}

HtmlToken HtmlTokens::readTag(qsizetype nameBegin, HtmlToken::Kind kind)
{
    HtmlToken token;
    m_at = nameBegin;
    while (!atEnd() && !endsName(m_html[m_at]))
        ++m_at;
    token.name = m_html.sliced(nameBegin, qMin<qsizetype>(m_at - nameBegin, 40)).toString().toLower();
    while (!atEnd() && m_html[m_at] != u'>')
        readAttribute(token);
    if (atEnd())
        return {}; // a tag that never ends is no tag (HTML 13.2.5, eof-in-tag)
    ++m_at;
    token.kind = kind;
    if (kind == HtmlToken::Kind::StartTag && std::find(kRawElements.begin(), kRawElements.end(), token.name) != kRawElements.end())
        m_rawName = token.name;
    return token;
}

void HtmlTokens::readAttribute(HtmlToken &token)
{
    while (!atEnd() && (isBlank(m_html[m_at]) || m_html[m_at] == u'/'))
        ++m_at;
    if (atEnd() || m_html[m_at] == u'>')
        return;
    const qsizetype begin = m_at++; // a leading "=" belongs to the name
    while (!atEnd() && !endsName(m_html[m_at]) && m_html[m_at] != u'=')
        ++m_at;
    const QStringView name = m_html.sliced(begin, m_at - begin);
    skipBlanks();
    QStringView value;
    if (!atEnd() && m_html[m_at] == u'=') {
        ++m_at;
        value = readAttributeValue();
    }
    if (token.attributes.size() < kMostAttributes && name.size() < 40)
        token.attributes.append({name.toString().toLower(), decodeEntities(value)});
}

QStringView HtmlTokens::readAttributeValue()
{
    skipBlanks();
    if (atEnd())
        return {};
    const QChar quote = m_html[m_at];
    qsizetype begin = m_at;
    if (quote == u'"' || quote == u'\'') {
        ++begin;
        const qsizetype end = m_html.indexOf(quote, begin);
        const qsizetype stop = end < 0 ? m_html.size() : end;
        m_at = end < 0 ? stop : stop + 1;
        return m_html.sliced(begin, stop - begin);
    }
    while (!atEnd() && !isBlank(m_html[m_at]) && m_html[m_at] != u'>')
        ++m_at;
    return m_html.sliced(begin, m_at - begin);
}

HtmlToken HtmlTokens::readRaw()
{
    HtmlToken token;
    token.kind = HtmlToken::Kind::Raw;
    token.name = m_rawName;
    const QString close = u"</"_s + m_rawName;
    qsizetype end = m_rawName == "plaintext"_L1 ? -1 : m_html.indexOf(close, m_at, Qt::CaseInsensitive);
    while (end >= 0 && end + close.size() < m_html.size() && !endsName(m_html[end + close.size()]))
        end = m_html.indexOf(close, end + 1, Qt::CaseInsensitive);
    const qsizetype stop = end < 0 ? m_html.size() : end;
    token.text = m_html.sliced(m_at, stop - m_at).toString();
    m_at = stop;
    m_rawName.clear();
    return token;
}

void HtmlTokens::skipMarkup()
{
    if (m_html.sliced(m_at).startsWith("<!--"_L1)) {
        skipComment();
        return;
    }
    const qsizetype end = m_html.indexOf(u'>', m_at);
    m_at = end < 0 ? m_html.size() : end + 1;
}

void HtmlTokens::skipComment()
{
    m_at += 4;
    const QStringView rest = m_html.sliced(m_at);
    if (rest.startsWith(u'>') || rest.startsWith("->"_L1)) {
        m_at += rest.startsWith(u'>') ? 1 : 2;
        return;
    }
    for (qsizetype dashes = m_html.indexOf("--"_L1, m_at); dashes >= 0; dashes = m_html.indexOf("--"_L1, dashes + 1)) {
        const QStringView end = m_html.sliced(dashes + 2);
        if (end.startsWith(u'>') || end.startsWith("!>"_L1)) {
            m_at = dashes + (end.startsWith(u'>') ? 3 : 4);
            return;
        }
    }
    m_at = m_html.size();
}

void HtmlTokens::skipBlanks()
{
    while (!atEnd() && isBlank(m_html[m_at]))
        ++m_at;
}

} // namespace mime
