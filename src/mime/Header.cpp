// SPDX-License-Identifier: GPL-3.0-or-later
#include "mime/Header.h"

#include "mime/Charset.h"
#include "mime/EncodedWord.h"
#include "mime/HeaderLine.h"
#include "mime/Limits.h"

#include <algorithm>

namespace mime {

namespace {

constexpr qsizetype kPreferredLine = 78; // RFC 5322 section 2.1.1
constexpr qsizetype kLongestLine = 998;

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

QByteArray withoutLineEnds(QByteArrayView value)
{
    QByteArray clean = value.toByteArray();
    for (char &c : clean) {
        if (c == '\r' || c == '\n' || c == '\0')
            c = ' ';
    }
    return clean;
}

// White space and the word after it.
qsizetype chunkEnd(QByteArrayView value, qsizetype at)
{
    while (at < value.size() && isBlank(value[at]))
        ++at;
    while (at < value.size() && !isBlank(value[at]))
        ++at;
    return at;
}

// Of values that are no UTF-8, if they stand beside a body of one charset. Asked for only where there are such: a long Content-Type takes its time.
QByteArray rawCharsetOf(const Headers &headers)
{
    const QByteArray charset = parseContentType(headers.value("Content-Type")).parameter("charset").toLatin1();
    return keepsAscii(charset) ? charset : QByteArray();
}

} // namespace

bool HeaderField::is(QByteArrayView otherName) const
{
    return name.size() == otherName.size() && QByteArrayView(name).compare(otherName, Qt::CaseInsensitive) == 0;
}

const HeaderField *Headers::first(QByteArrayView name) const
{
    const auto hit = std::find_if(fields.begin(), fields.end(), [name](const HeaderField &field) { return field.is(name); });
    return hit == fields.end() ? nullptr : &*hit;
}

QList<HeaderField> Headers::all(QByteArrayView name) const
{
    QList<HeaderField> found;
    std::copy_if(fields.begin(), fields.end(), std::back_inserter(found), [name](const HeaderField &field) { return field.is(name); });
    return found;
}

int Headers::count(QByteArrayView name) const
{
    return static_cast<int>(std::count_if(fields.begin(), fields.end(), [name](const HeaderField &field) { return field.is(name); }));
}

QByteArray Headers::value(QByteArrayView name) const
{
    const HeaderField *field = first(name);
    return field ? unfold(field->value) : QByteArray();
}

QString Headers::text(QByteArrayView name) const
{
    const HeaderField *field = first(name);
    if (!field)
        return {};
    return isUtf8(field->value) ? decodeUnstructured(field->value) : decodeUnstructured(field->value, rawCharsetOf(*this));
}

QList<Address> Headers::addresses(QByteArrayView name) const
{
    QList<Address> found;
    std::optional<QByteArray> rawCharset;
    for (const HeaderField &field : fields) {
        if (!field.is(name))
            continue;
        if (!rawCharset && !isUtf8(field.value))
            rawCharset = rawCharsetOf(*this);
        found += parseAddresses(field.value, rawCharset ? QByteArrayView(*rawCharset) : QByteArrayView());
    }
    return found;
}

std::optional<QDateTime> Headers::date() const
{
    const HeaderField *field = first("Date");
    return field ? parseDate(field->value) : std::nullopt;
}

QList<QByteArray> Headers::messageIds(QByteArrayView name) const
{
    const HeaderField *field = first(name);
    return field ? parseMessageIds(field->value) : QList<QByteArray>();
}

QByteArray Headers::messageId() const
{
    return messageIds("Message-ID").value(0);
}

Headers parseHeaders(QByteArrayView octets, qsizetype offset)
{
    octets.truncate(qMin(octets.size(), Limits().headerOctets)); // A field of four octets takes a hundred here.
    Headers headers;
    constexpr qsizetype kUsualFields = 12;
    headers.fields.reserve(kUsualFields);
    for (qsizetype at = 0; at < octets.size();) {
        const Line line = lineAt(octets, at);
        const auto [kind, nameLength] = classify(octets, line, !headers.fields.isEmpty());
        if (kind == LineKind::Empty || kind == LineKind::BodyBegin)
            break;
        at = line.next;
        if (kind == LineKind::Junk)
            continue;
        if (kind == LineKind::Continuation) {
            HeaderField &field = headers.fields.last();
            field.whole.end = line.next + offset;
            field.valueRange.end = line.end + offset;
        } else {
            const QByteArrayView text = line.of(octets);
            const qsizetype value = line.begin + text.indexOf(':', nameLength) + 1;
            headers.fields.append({text.first(nameLength).toByteArray(), {},
                                   {line.begin + offset, line.next + offset}, {value + offset, line.end + offset}});
        }
    }
    for (HeaderField &field : headers.fields)
        field.value = octets.sliced(field.valueRange.begin - offset, field.valueRange.size()).toByteArray();
    return headers;
}

QByteArray unfold(QByteArrayView rawValue)
{
    const auto isPlain = [](char c) { return c != '\r' && c != '\n' && c != '\0'; };
    if (std::all_of(rawValue.begin(), rawValue.end(), isPlain))
        return rawValue.trimmed().toByteArray();
    QByteArray result;
    result.reserve(rawValue.size());
    for (qsizetype at = 0; at < rawValue.size();) {
        const qsizetype end = std::find_if_not(rawValue.begin() + at, rawValue.end(), isPlain) - rawValue.begin();
        result += rawValue.sliced(at, end - at);
        if (end == rawValue.size())
            break;
        const bool isPair = rawValue[end] == '\r' && end + 1 < rawValue.size() && rawValue[end + 1] == '\n';
        at = end + (isPair ? 2 : 1);
        const bool isFold = (isPair || rawValue[end] == '\n') && at < rawValue.size() && isBlank(rawValue[at]);
        if (!isFold) // of a fold the white space itself stays
            result += isPair ? "  " : " ";
    }
    return result.trimmed();
}

QString decodeUnstructured(QByteArrayView rawValue, QByteArrayView rawCharset)
{
    return withoutControls(decodeEncodedWords(unfold(rawValue), rawCharset)).trimmed();
}

QList<QByteArray> parseMessageIds(QByteArrayView rawValue)
{
    QList<QByteArray> ids;
    int comments = 0;
    for (qsizetype at = 0; at < rawValue.size(); ++at) {
        const char c = rawValue[at];
        comments = qMax(0, comments + (c == '(' ? 1 : c == ')' ? -1 : 0));
        if (comments > 0 || c != '<')
            continue;
        const qsizetype end = rawValue.indexOf('>', at);
        if (end < 0)
            break;
        const qsizetype begin = rawValue.first(end).lastIndexOf('<'); // One that never ends begins nothing.
        QByteArray id = rawValue.sliced(begin, end + 1 - begin).toByteArray();
        id.removeIf([](char inside) { return static_cast<unsigned char>(inside) <= ' ' || inside == 127; });
        if (id.size() > 2 && id.size() <= kLongestLine)
            ids.append(id);
        at = end;
    }
    return ids;
}

QByteArray foldHeader(QByteArrayView name, QByteArrayView value)
{
    const QByteArray clean = withoutLineEnds(value).trimmed();
    QByteArray result = name.toByteArray() + ": ";
    qsizetype column = result.size();
    bool isFirst = true;
    for (qsizetype at = 0; at < clean.size();) {
        qsizetype end = chunkEnd(clean, at);
        if (!isFirst && column + (end - at) > kPreferredLine) {
            result += "\r\n";
            column = 0;
        }
        isFirst = false;
        // Only what has no white space for 998 characters is broken by force.
        if (column + (end - at) > kLongestLine) {
            end = at + kLongestLine - column;
            result += QByteArrayView(clean).sliced(at, end - at);
            result += "\r\n ";
            column = 1;
        } else {
            result += QByteArrayView(clean).sliced(at, end - at);
            column += end - at;
        }
        at = end;
    }
    return result + "\r\n";
}

QByteArray unstructuredField(QByteArrayView name, const QString &text)
{
    const QString clean = withoutControls(text).trimmed();
    const QByteArray utf8 = clean.toUtf8();
    bool isPlain = isAscii(utf8) && !utf8.contains("=?");
    for (qsizetype at = 0; isPlain && at < utf8.size();) {
        const qsizetype end = chunkEnd(utf8, at);
        isPlain = end - at < kLongestLine - 100;
        at = end;
    }
    return foldHeader(name, isPlain ? utf8 : encodeWords(clean));
}

QByteArray addressField(QByteArrayView name, const QList<Address> &addresses)
{
    return foldHeader(name, formatAddresses(addresses));
}

} // namespace mime
