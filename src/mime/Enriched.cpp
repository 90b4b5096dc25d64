// SPDX-License-Identifier: GPL-3.0-or-later
// text/enriched (RFC 1896) and text/richtext (RFC 1341 section 7.1.3), of which the words are read.
#include "mime/Text.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace mime {

namespace {

class EnrichedReader
{
public:
    EnrichedReader(QStringView text, RichKind kind) : m_text(text), m_isEnriched(kind == RichKind::Enriched) {}

    QString run()
    {
        while (m_at < m_text.size()) {
            if (m_text[m_at] == u'<')
                takeSign();
            else if (m_text[m_at] == u'\n' && m_unfilled == 0)
                takeLineEnds();
            else
                m_words += m_text[m_at++];
        }
        return std::move(m_words);
    }

private:
    void takeSign()
    {
        const QStringView command = commandAhead();
        if (command.isEmpty()) {
            m_words += u'<';
            m_at += m_isEnriched && m_text.sliced(m_at).startsWith(u"<<") ? 2 : 1;
            return;
        }
        m_at += command.size() + 2;
        obey(command);
    }

    // At most 60 letters, digits and hyphens (RFC 1896); anything else is a sign like others.
    QStringView commandAhead() const
    {
        constexpr qsizetype kLongest = 61;
        const QStringView ahead = m_text.sliced(m_at + 1).first(std::min(kLongest + 1, m_text.size() - m_at - 1));
        const qsizetype end = ahead.indexOf(u'>');
        const QStringView name = ahead.first(std::max<qsizetype>(end, 0));
        const auto belongs = [](QChar c) { return (c.unicode() < 0x80 && c.isLetterOrNumber()) || c == u'-' || c == u'/'; };
        return std::all_of(name.begin(), name.end(), belongs) ? name : QStringView();
    }

    void obey(QStringView command)
    {
        const auto is = [command](QLatin1StringView name) { return command.compare(name, Qt::CaseInsensitive) == 0; };
        if (is("nofill"_L1) && m_isEnriched)
            ++m_unfilled;
        else if (is("/nofill"_L1) && m_isEnriched)
            m_unfilled = std::max(0, m_unfilled - 1);
        else if (is("param"_L1) && m_isEnriched)
            skipParameter();
        else if (is("lt"_L1) && !m_isEnriched)
            m_words += u'<';
        else if (!m_isEnriched && (is("nl"_L1) || is("np"_L1) || is("paragraph"_L1) || is("/paragraph"_L1)))
            m_words += u'\n';
    }

    // A colour or a font. One that never ends hides nothing.
    void skipParameter()
    {
        constexpr auto kEnd = "</param>"_L1;
        if (m_hasParameterEnd)
            m_parameterEnd = m_text.indexOf(kEnd, m_at, Qt::CaseInsensitive);
        m_hasParameterEnd = m_parameterEnd >= 0;
        if (m_hasParameterEnd)
            m_at = m_parameterEnd + kEnd.size();
    }

    // One line end is a blank, and more are one less.
    void takeLineEnds()
    {
        const qsizetype begin = m_at;
        while (m_at < m_text.size() && m_text[m_at] == u'\n')
            ++m_at;
        if (m_isEnriched && m_at - begin > 1)
            m_words += QString(m_at - begin - 1, u'\n');
        else
            m_words += u' ';
    }

    QStringView m_text;
    const bool m_isEnriched;
    qsizetype m_at = 0;
    qsizetype m_parameterEnd = -1;
    bool m_hasParameterEnd = true;
    int m_unfilled = 0;
    QString m_words;
};

} // namespace

QString richToPlainText(const QString &text, RichKind kind)
{
    return EnrichedReader(text, kind).run();
}

} // namespace mime
