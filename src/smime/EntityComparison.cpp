// SPDX-License-Identifier: GPL-3.0-or-later
#include "smime/EntityComparison.h"

#include "mime/Charset.h"
#include "mime/Structure.h"
#include "mime/Text.h"
#include "smime/SignatureUndoing.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace smime {

namespace {

struct ComparedPart {
    QByteArrayView octets;
    const mime::Part &part;

    bool isText() const { return part.type.value.startsWith("text/"); }
    QString charset() const { return part.type.parameter("charset"); }
};

/// The words of a text part, whatever its encoding and charset, without line ends at the end: a change of encoding often loses or adds one.
QString wordsOf(const ComparedPart &side)
{
    QString text = mime::toLineFeeds(mime::decodeCharset(mime::contentOf(side.octets, side.part).octets, side.charset().toLatin1()).text);
    while (text.endsWith(u'\n'))
        text.chop(1);
    return text;
}

// Markup that opens or closes what stands around every HTML text, and blanks: nothing that is read.
bool isFrameOnly(QStringView html)
{
    for (qsizetype at = 0; at < html.size(); ++at) {
        if (html[at].isSpace())
            continue;
        const qsizetype end = html[at] == u'<' ? html.indexOf(u'>', at) : -1;
        if (end < 0)
            return false;
        at = end;
    }
    return true;
}

// An HTML text has its head before the first word.
QStringView behindHead(QStringView html)
{
    const qsizetype head = html.indexOf("</head>"_L1, 0, Qt::CaseInsensitive);
    return head < 0 ? html : html.sliced(head);
}

// Where the same characters stand on both sides of what was put in, its place is not certain: some are tried.
SignatureDamage linesAddedToHtml(QStringView was, QStringView is, qsizetype first, qsizetype last)
{
    constexpr qsizetype kMostPlaces = 16;
    for (qsizetype at = first; at <= std::min(last, first + kMostPlaces); ++at) {
        if (is[at] != u'<' && is[at] != u'\n')
            continue;
        if (isFrameOnly(was.sliced(at)))
            return SignatureDamage::Footer;
        if (isFrameOnly(behindHead(was.first(at))))
            return SignatureDamage::Banner;
    }
    return SignatureDamage::Unknown;
}

/// Whole lines that were put before or behind a text that is otherwise as it was: within a line it may be the words that were changed.
SignatureDamage linesAddedTo(QStringView was, QStringView is, bool isHtml)
{
    if (was.isEmpty() || is.size() <= was.size())
        return SignatureDamage::Unknown;
    const qsizetype last = std::mismatch(was.begin(), was.end(), is.begin()).first - was.begin();
    const qsizetype first = was.size() - (std::mismatch(was.rbegin(), was.rend(), is.rbegin()).first - was.rbegin());
    if (isHtml)
        return linesAddedToHtml(was, is, first, last);
    if (last == was.size() && is[last] == u'\n')
        return SignatureDamage::Footer;
    return first == 0 && is[is.size() - was.size() - 1] == u'\n' ? SignatureDamage::Banner : SignatureDamage::Unknown;
}

QByteArray headerWithoutSpace(const ComparedPart &side)
{
    return withoutAnySpace(side.part.header.of(side.octets));
}

bool isOneOfNames(QByteArrayView name, std::initializer_list<QByteArrayView> names)
{
    return std::any_of(names.begin(), names.end(), [name](QByteArrayView one) { return name.compare(one, Qt::CaseInsensitive) == 0; });
}

/// The header without what says how the part is written.
QByteArray meaningOf(const ComparedPart &side)
{
    QByteArray meaning;
    const mime::Headers headers = mime::headersOf(side.octets, side.part);
    for (const mime::HeaderField &field : headers.fields)
        if (!isOneOfNames(field.name, {"Content-Type", "Content-Transfer-Encoding"}))
            meaning += field.name + ':' + field.value + ';';
    for (const mime::Parameter &parameter : side.part.type.parameters)
        if (!isOneOfNames(parameter.name, {"charset", "boundary", "format", "delsp"}))
            meaning += parameter.name + '=' + parameter.value.toUtf8() + ';';
    return withoutAnySpace(meaning);
}

class EntityComparison
{
public:
    EntityComparison(QByteArrayView sent, QByteArrayView received) : m_sent(sent), m_received(received) {}

    SignatureDamage run()
    {
        const base::Result<mime::Structure> was = mime::parseStructure(m_sent);
        const base::Result<mime::Structure> is = mime::parseStructure(m_received);
        if (!was || !is)
            return SignatureDamage::Unknown;
        const std::vector<const mime::Part *> partsWere = was->flattened();
        const std::vector<const mime::Part *> partsAre = is->flattened();
        if (partsWere.size() != partsAre.size())
            return SignatureDamage::Unknown;
        for (std::size_t i = 0; i < partsWere.size(); ++i)
            if (!take({m_sent, *partsWere[i]}, {m_received, *partsAre[i]}))
                return SignatureDamage::Unknown;
        return worst();
    }

private:
    bool take(const ComparedPart &was, const ComparedPart &is)
    {
        if (was.part.type.value != is.part.type.value || was.part.children.size() != is.part.children.size())
            return false;
        if (was.part.header.of(was.octets) != is.part.header.of(is.octets)) {
            m_isHeaderChanged = true;
            m_isHeaderRefolded = m_isHeaderRefolded && headerWithoutSpace(was) == headerWithoutSpace(is);
            m_isMeaningChanged = m_isMeaningChanged || meaningOf(was) != meaningOf(is);
        }
        return !was.part.children.empty() || takeBody(was, is);
    }

    // False for what is another content.
    bool takeBody(const ComparedPart &was, const ComparedPart &is)
    {
        if (was.part.body.of(was.octets) == is.part.body.of(is.octets) && was.part.encoding == is.part.encoding && was.charset() == is.charset())
            return true;
        const QByteArray octetsWere = mime::contentOf(was.octets, was.part).octets;
        const QByteArray octetsAre = mime::contentOf(is.octets, is.part).octets;
        if (octetsWere == octetsAre) {
            m_isEncodingChanged = m_isEncodingChanged || was.part.encoding != is.part.encoding || was.part.body.of(was.octets) != is.part.body.of(is.octets);
            return true;
        }
        if (!was.isText())
            return false;
        const QString wordsWere = wordsOf(was);
        const QString wordsAre = wordsOf(is);
        if (wordsWere != wordsAre)
            return takeLines(linesAddedTo(wordsWere, wordsAre, was.part.isType("text/html")));
        if (wordsWere.contains(QChar::ReplacementCharacter))
            return false; // what was lost may have been other words
        const bool isCharsetTheSame = was.charset().compare(is.charset(), Qt::CaseInsensitive) == 0;
        if (isCharsetTheSame && was.part.encoding == is.part.encoding)
            return takeLines(SignatureDamage::FinalLineEnd);
        (isCharsetTheSame ? m_isEncodingChanged : m_isCharsetChanged) = true;
        return true;
    }

    bool takeLines(SignatureDamage kind)
    {
        const bool isTheSame = m_lines == SignatureDamage::Unknown || m_lines == kind;
        m_lines = kind;
        return isTheSame && kind != SignatureDamage::Unknown;
    }

    // What explains most: who adds a footer often encodes the text anew. But nobody shall change a subject and have it called an encoding.
    SignatureDamage worst() const
    {
        const bool isBodyChanged = m_lines != SignatureDamage::Unknown || m_isCharsetChanged || m_isEncodingChanged;
        if (isBodyChanged && m_isMeaningChanged)
            return SignatureDamage::Unknown;
        if (m_lines != SignatureDamage::Unknown)
            return m_lines;
        if (isBodyChanged)
            return m_isCharsetChanged ? SignatureDamage::CharacterSet : SignatureDamage::Reencoded;
        if (m_isHeaderChanged)
            return m_isHeaderRefolded ? SignatureDamage::RefoldedHeader : SignatureDamage::ChangedHeader;
        return SignatureDamage::Unknown;
    }

    QByteArrayView m_sent;
    QByteArrayView m_received;
    SignatureDamage m_lines = SignatureDamage::Unknown;
    bool m_isCharsetChanged = false;
    bool m_isEncodingChanged = false;
    bool m_isHeaderChanged = false;
    bool m_isHeaderRefolded = true;
    bool m_isMeaningChanged = false;
};

} // namespace

SignatureDamage compareEntities(QByteArrayView sent, QByteArrayView received)
{
    return EntityComparison(sent, received).run();
}

} // namespace smime
