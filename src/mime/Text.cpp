// SPDX-License-Identifier: GPL-3.0-or-later
#include "mime/Text.h"

#include "base/LargeArray.h"
#include "mime/NeighbourSearch.h"

#include <QRegularExpression>

#include <algorithm>
#include <cstring>

using namespace Qt::StringLiterals;

namespace mime {

namespace {

struct FlowedLine {
    qsizetype depth = 0;
    QString text;
    bool isFlowed = false;
};

FlowedLine readFlowedLine(QStringView line, DelSp delSp)
{
    FlowedLine result;
    while (result.depth < line.size() && line[result.depth] == u'>')
        ++result.depth;
    QStringView text = line.sliced(result.depth);
    if (text.startsWith(u' '))
        text = text.sliced(1);
    result.isFlowed = text.endsWith(u' ') && text != u"-- "_s;
    if (result.isFlowed && delSp == DelSp::Yes)
        text.chop(1);
    result.text = text.toString();
    return result;
}

// What programs show as the end of a line, beside LF; the last two are such to Qt's text fields. A line that stands by itself bears a mark, or it
// would be the answerer's.
bool beginsNewLine(QChar c)
{
    const char16_t u = c.unicode();
    return u == 0x0B || u == 0x0C || u == 0x85 || u == 0x2028 || u == 0x2029 || u == 0xFDD0 || u == 0xFDD1;
}

// A mark and the blanks in it are short; looking no further keeps a megabyte of "Re:" linear.
QString withPrefix(const QString &subject, QLatin1StringView prefix, const QRegularExpression &known)
{
    static constexpr qsizetype kLongestMark = 24;
    QStringView bare = QStringView(subject).trimmed();
    const auto markAt = [&known](QStringView text) { return known.matchView(text.first(qMin(text.size(), kLongestMark))); };
    for (QRegularExpressionMatch match = markAt(bare); match.hasMatch(); match = markAt(bare))
        bare = bare.sliced(match.capturedEnd()).trimmed();
    return prefix + bare.toString();
}

} // namespace

QByteArray toCanonicalLineEnds(QByteArrayView text)
{
    if (hasCanonicalLineEnds(text))
        return text.toByteArray();
    const char *at = text.data();
    const char *const end = at + text.size();
    const auto added = std::count(at, end, '\n') + std::count(at, end, '\r');
    QByteArray result = base::largeArray(text.size() + added);
    char *out = result.data();
    const auto lineEnd = [&out] {
        *out++ = '\r';
        *out++ = '\n';
    };
    while (at < end) {
        const auto *feed = static_cast<const char *>(std::memchr(at, '\n', static_cast<std::size_t>(end - at)));
        const char *stop = feed ? feed : end;
        if (feed && stop > at && stop[-1] == '\r')
            --stop;
        while (at < stop) { // up to each lone CR
            const auto *lone = static_cast<const char *>(std::memchr(at, '\r', static_cast<std::size_t>(stop - at)));
            const char *const pieceEnd = lone ? lone : stop;
            std::memcpy(out, at, static_cast<std::size_t>(pieceEnd - at));
            out += pieceEnd - at;
            if (lone)
                lineEnd();
            at = lone ? lone + 1 : stop;
        }
        if (feed)
            lineEnd();
        at = feed ? feed + 1 : end;
    }
    result.truncate(out - result.constData());
    return result;
}

bool hasCanonicalLineEnds(QByteArrayView text)
{
    if (text.isEmpty())
        return true;
    if (text.front() == '\n' || text.back() == '\r')
        return false;
    // A CR stands before each LF and nowhere else.
    return firstNeighbours(text, 0, [](char a, char b) { return (a == '\r') != (b == '\n'); }) < 0;
}

bool hasBareLineFeed(QByteArrayView text)
{
    return text.startsWith('\n') || firstNeighbours(text, 0, [](char a, char b) { return int(a != '\r') & int(b == '\n'); }) >= 0;
}

QByteArray withCanonicalLineFeeds(QByteArrayView text)
{
    QByteArray result = base::largeArray(text.size() + std::count(text.begin(), text.end(), '\n'));
    char *out = result.data();
    for (qsizetype at = 0; at < text.size();) {
        const qsizetype feed = text.indexOf('\n', at);
        const qsizetype end = feed < 0 ? text.size() : feed;
        out = std::copy(text.begin() + at, text.begin() + end, out);
        if (feed >= 0) {
            if (end == at || text[end - 1] != '\r')
                *out++ = '\r';
            *out++ = '\n';
        }
        at = end + 1;
    }
    result.truncate(out - result.constData());
    return result;
}

QString toLineFeeds(QString text)
{
    const qsizetype first = text.indexOf(u'\r');
    if (first < 0)
        return text;
    QChar *out = text.data() + first;
    const QChar *const end = text.cend();
    for (const QChar *in = out; in != end; ++in) {
        if (*in != u'\r')
            *out++ = *in;
        else if (in + 1 == end || in[1] != u'\n')
            *out++ = u'\n';
    }
    text.truncate(out - text.constData());
    return text;
}

QString decodeFlowed(const QString &text, DelSp delSp)
{
    QString result;
    bool continues = false;
    qsizetype depth = 0;
    const QString lines = text.endsWith(u'\n') ? text.chopped(1) : text;
    for (const QStringView raw : QStringView(lines).split(u'\n')) {
        const FlowedLine line = readFlowedLine(raw, delSp);
        // A signature mark, or another quote depth, ends a paragraph even if it was not closed (RFC 3676 section 4.5).
        const bool joins = continues && line.depth == depth && line.text != "-- "_L1;
        if (!joins) {
            if (continues)
                result += u'\n';
            if (line.depth > 0)
                result += QString(line.depth, u'>') + u' ';
        }
        result += line.text;
        if (!line.isFlowed)
            result += u'\n';
        continues = line.isFlowed;
        depth = line.depth;
    }
    return result;
}

QString quoted(const QString &text, SignatureLines signature)
{
    QString result;
    QString body = toLineFeeds(text);
    std::replace_if(body.begin(), body.end(), beginsNewLine, QChar(u'\n'));
    while (body.endsWith(u'\n'))
        body.chop(1);
    for (const QStringView line : QStringView(body).split(u'\n')) {
        if (line == u"-- "_s && signature == SignatureLines::LeaveOut)
            break;
        result += line.isEmpty() || line.startsWith(u'>') ? u">"_s : u"> "_s;
        result += line;
        result += u'\n';
    }
    return result;
}

QString replySubject(const QString &subject)
{
    static const QRegularExpression kReply(uR"(^(re|aw|sv|antw|antwort|vs|ref|odp|ynt)(\[\d{1,3}\])?\s*:)"_s, QRegularExpression::CaseInsensitiveOption);
    return withPrefix(subject, "Re: "_L1, kReply);
}

QString forwardSubject(const QString &subject)
{
    static const QRegularExpression kForward(uR"(^(fwd?|wg|vb|tr|rv|enc)\s*:)"_s, QRegularExpression::CaseInsensitiveOption);
    return withPrefix(subject, "Fwd: "_L1, kForward);
}

QList<QByteArray> replyReferences(QByteArrayView references, QByteArrayView inReplyTo, const QByteArray &messageId)
{
    constexpr qsizetype kMost = 20;
    QList<QByteArray> ids = parseMessageIds(references);
    if (ids.isEmpty()) {
        const QList<QByteArray> parents = parseMessageIds(inReplyTo);
        if (parents.size() == 1)
            ids = parents;
    }
    ids.removeAll(messageId);
    if (!messageId.isEmpty())
        ids.append(messageId);
    if (ids.size() > kMost)
        ids.remove(1, ids.size() - kMost);
    return ids;
}

} // namespace mime
