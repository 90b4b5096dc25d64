// SPDX-License-Identifier: GPL-3.0-or-later
// Content-Type and Content-Disposition: RFC 2045 section 5.1, RFC 2183, RFC 2231.
#include "mime/Header.h"

#include "mime/Charset.h"
#include "mime/EncodedWord.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

using namespace Qt::StringLiterals;

namespace mime {

namespace {

constexpr qsizetype kMostParameters = 1000;

struct RawParameter {
    QByteArray name;
    QByteArray value;
};

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

bool isTokenCharacter(char c)
{
    static constexpr auto kAllowed = [] {
        std::array<bool, 256> allowed{};
        for (std::size_t i = ' ' + 1; i < 127; ++i)
            allowed[i] = true;
        for (const char special : {'(', ')', '<', '>', '@', ',', ';', ':', '\\', '"', '/', '[', ']', '?', '='})
            allowed[static_cast<unsigned char>(special)] = false;
        return allowed;
    }();
    return kAllowed[static_cast<unsigned char>(c)];
}

class ParameterReader
{
public:
    explicit ParameterReader(QByteArrayView rawValue) : m_text(unfold(rawValue)) {}

    // Up to the first semicolon, a comment being as good as a blank (RFC 5322 section 3.2.2). Empty if a parameter stands in its place.
    QByteArray readValue()
    {
        if (hasParameterAhead())
            return {};
        QByteArray value;
        qsizetype taken = m_at; // what stands from here to m_at is not yet in `value`
        while (!atEnd() && here() != ';') {
            if (skipTokenCharacters())
                continue;
            const bool isAfterBlank = m_at > taken && isBlank(m_text[m_at - 1]); // a run of blanks is looked behind once, however long
            if (here() == '(') {
                value += between(taken);
                value += ' ';
                skipComment();
                taken = m_at;
            } else if (isBlank(here()) && !isAfterBlank && hasParameterAhead()) {
                break; // a forgotten semicolon
            } else {
                ++m_at;
            }
        }
        value += between(taken);
        return value.trimmed().toLower();
    }

    // The next one; nothing at the end.
    std::optional<RawParameter> readParameter()
    {
        while (true) {
            skipBlanksAnd(';');
            if (atEnd())
                return std::nullopt;
            QByteArray name = readName();
            if (!atEnd() && here() == '=') {
                ++m_at;
                skipBlanksAnd(' ');
                return RawParameter{std::move(name), !atEnd() && here() == '"' ? readQuoted() : readToken()};
            }
            m_isMalformed = m_isMalformed || !name.isEmpty();
            skipTo(';');
        }
    }

    [[nodiscard]] bool isMalformed() const { return m_isMalformed; }

private:
    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] char here() const { return m_text[m_at]; }
    [[nodiscard]] QByteArrayView between(qsizetype begin) const { return QByteArrayView(m_text).sliced(begin, m_at - begin); }

    bool hasParameterAhead() const
    {
        qsizetype at = m_at;
        while (at < m_text.size() && isBlank(m_text[at]))
            ++at;
        const qsizetype begin = at;
        while (at < m_text.size() && isTokenCharacter(m_text[at]))
            ++at;
        return at > begin && at < m_text.size() && m_text[at] == '=';
    }

    // Whether there are any.
    bool skipTokenCharacters()
    {
        const qsizetype begin = m_at;
        while (!atEnd() && isTokenCharacter(here()))
            ++m_at;
        return m_at > begin;
    }

    void skipComment()
    {
        int depth = 0;
        do {
            const char c = m_text[m_at++];
            if (c == '\\' && !atEnd())
                ++m_at;
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        } while (depth > 0 && !atEnd());
    }

    void skipBlanksAnd(char other)
    {
        while (!atEnd() && (isBlank(here()) || here() == other || here() == '(')) {
            if (here() == '(')
                skipComment();
            else
                ++m_at;
        }
    }

    void skipTo(char c)
    {
        while (!atEnd() && here() != c)
            ++m_at;
    }

    QByteArray readName()
    {
        const qsizetype begin = m_at;
        while (!atEnd() && here() != '=' && here() != ';')
            ++m_at;
        return between(begin).trimmed().toByteArray().toLower();
    }

    QByteArray readQuoted()
    {
        QByteArray value;
        qsizetype taken = ++m_at;
        for (; !atEnd() && here() != '"'; ++m_at) {
            // Only \" and \\ are escapes in practice: others write Windows paths unescaped.
            if (here() == '\\' && m_at + 1 < m_text.size() && (m_text[m_at + 1] == '"' || m_text[m_at + 1] == '\\')) {
                value += between(taken);
                taken = ++m_at;
            }
        }
        value += between(taken);
        if (atEnd())
            m_isMalformed = true;
        else
            ++m_at;
        return value;
    }

    // Unquoted values with blanks (file names) are in use; a comment or the next parameter ends them.
    QByteArray readToken()
    {
        QByteArray value;
        qsizetype taken = m_at;
        while (!atEnd() && here() != ';') {
            if (skipTokenCharacters())
                continue;
            const bool isFirst = value.isEmpty() && m_at == taken;
            const bool isAfterBlank = !isFirst && isBlank(m_at > taken ? m_text[m_at - 1] : value.back());
            if (here() == '(' && (isFirst || isAfterBlank)) {
                value += between(taken);
                skipComment();
                taken = m_at;
            } else if (isBlank(here()) && !isAfterBlank && hasParameterAhead()) {
                break;
            } else {
                ++m_at;
            }
        }
        value += between(taken);
        return value.trimmed();
    }

    QByteArray m_text;
    qsizetype m_at = 0;
    bool m_isMalformed = false;
};

// The pieces of one RFC 2231 parameter.
struct Extended {
    QByteArray charset;
    std::map<int, QByteArray> pieces;
};

QString decodePlain(const QByteArray &raw)
{
    // Encoded words in parameters are forbidden by RFC 2047 section 5 and written all the same.
    return decodeEncodedWords(raw);
}

// "name*", "name*3", "name*3*": where the piece belongs. False if the name has no such form.
bool splitExtendedName(const QByteArray &full, QByteArray &name, int &index, bool &isEncoded)
{
    const qsizetype star = full.indexOf('*');
    if (star <= 0)
        return false;
    name = full.left(star);
    QByteArray rest = full.sliced(star + 1);
    isEncoded = rest.isEmpty() || rest.endsWith('*');
    if (rest.endsWith('*'))
        rest.chop(1);
    bool isNumber = true;
    index = rest.isEmpty() ? 0 : rest.toInt(&isNumber);
    return isNumber && index >= 0 && index < kMostParameters;
}

void addPiece(Extended &extended, int index, bool isEncoded, QByteArray value)
{
    if (isEncoded && index == 0) {
        const qsizetype charsetEnd = value.indexOf('\'');
        const qsizetype languageEnd = charsetEnd < 0 ? -1 : value.indexOf('\'', charsetEnd + 1);
        if (languageEnd >= 0) {
            extended.charset = value.left(charsetEnd);
            value = value.sliced(languageEnd + 1);
        }
    }
    extended.pieces.try_emplace(index, isEncoded ? QByteArray::fromPercentEncoding(value) : value);
}

QString join(const Extended &extended)
{
    QByteArray octets;
    int expected = 0;
    for (const auto &[index, piece] : extended.pieces) {
        if (index != expected++)
            break;
        octets += piece;
    }
    return extended.charset.isEmpty() ? decodePlain(octets) : decodeHeaderCharset(octets, extended.charset).text;
}

QList<Parameter> readParameters(ParameterReader &reader)
{
    QList<Parameter> result;
    constexpr qsizetype kUsualParameters = 4;
    result.reserve(kUsualParameters);
    std::map<QByteArray, Extended> extended;
    const auto indexOf = [&result](const QByteArray &name) {
        return std::find_if(result.begin(), result.end(), [&name](const Parameter &p) { return p.name == name; });
    };
    for (qsizetype count = 0; count < kMostParameters; ++count) {
        std::optional<RawParameter> parameter = reader.readParameter();
        if (!parameter)
            break;
        QByteArray name;
        int index = 0;
        bool isEncoded = false;
        if (splitExtendedName(parameter->name, name, index, isEncoded))
            addPiece(extended[name], index, isEncoded, std::move(parameter->value));
        else if (!parameter->name.isEmpty() && indexOf(parameter->name) == result.end())
            result.append({std::move(parameter->name), decodePlain(parameter->value)});
    }
    for (const auto &[name, pieces] : extended) { // RFC 2231 is meant to win over the plain form beside it (RFC 6266 section 4.3)
        const auto hit = indexOf(name);
        if (hit != result.end())
            hit->value = join(pieces);
        else
            result.append({name, join(pieces)});
    }
    return result;
}

ParameterisedValue parse(QByteArrayView rawValue)
{
    ParameterReader reader(rawValue);
    ParameterisedValue result;
    result.value = reader.readValue();
    result.parameters = readParameters(reader);
    result.isMalformed = reader.isMalformed();
    return result;
}

bool isToken(QByteArrayView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), isTokenCharacter);
}

QByteArray percentEncoded(QByteArrayView octets)
{
    return octets.toByteArray().toPercentEncoding("!#$&+^`{}|"); // attribute-char of RFC 2231 section 7
}

} // namespace

QString ParameterisedValue::parameter(QByteArrayView name) const
{
    const auto hit = std::find_if(parameters.begin(), parameters.end(), [name](const Parameter &p) { return p.name == name; });
    return hit == parameters.end() ? QString() : hit->value;
}

bool ParameterisedValue::hasParameter(QByteArrayView name) const
{
    return std::any_of(parameters.begin(), parameters.end(), [name](const Parameter &p) { return p.name == name; });
}

QByteArray ParameterisedValue::mainType() const
{
    return value.left(value.indexOf('/'));
}

ParameterisedValue parseContentType(QByteArrayView rawValue)
{
    ParameterisedValue result = parse(rawValue);
    result.value.removeIf(isBlank);
    const qsizetype slash = result.value.indexOf('/');
    const QByteArrayView value(result.value);
    if (slash <= 0 || !isToken(value.first(slash)) || !isToken(value.sliced(slash + 1))) {
        result.value.clear();
        result.isMalformed = true;
    }
    return result;
}

QByteArray withoutParameters(QByteArrayView rawValue)
{
    return ParameterReader(rawValue).readValue();
}

ParameterisedValue parseContentDisposition(QByteArrayView rawValue)
{
    return parse(rawValue);
}

QByteArray formatParameter(QByteArrayView name, const QString &value)
{
    const QString clean = withoutControls(value);
    const QByteArray begin = "; " + name.toByteArray();
    const QByteArray utf8 = clean.toUtf8();
    constexpr qsizetype kLongest = 60;
    const bool isPlain = isAscii(utf8) && utf8.size() <= kLongest;
    if (isPlain && isToken(utf8))
        return begin + '=' + utf8;
    if (isPlain) {
        QByteArray quoted = utf8;
        quoted.replace('\\', "\\\\").replace('"', "\\\"");
        return begin + "=\"" + quoted + '"';
    }
    const QByteArray encoded = percentEncoded(utf8);
    if (encoded.size() <= kLongest)
        return begin + "*=UTF-8''" + encoded;
    QByteArray result;
    int index = 0;
    for (qsizetype at = 0; at < encoded.size(); ++index) {
        qsizetype end = qMin(at + kLongest - 10, encoded.size());
        if (const qsizetype percent = encoded.lastIndexOf('%', end - 1); percent >= at && percent > end - 3 && end < encoded.size())
            end = percent; // not inside %XX
        result += begin + '*' + QByteArray::number(index) + "*=" + (index == 0 ? "UTF-8''" : "") + encoded.sliced(at, end - at);
        at = end;
    }
    return result;
}

} // namespace mime
