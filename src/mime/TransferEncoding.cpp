// SPDX-License-Identifier: GPL-3.0-or-later
#include "mime/TransferEncoding.h"

#include "base/LargeArray.h"
#include "mime/Header.h"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

namespace mime {

namespace {

constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint32_t kForeign = 0xFF000000;
constexpr qsizetype kLineCharacters = 76;
constexpr qsizetype kLineOctets = kLineCharacters / 4 * 3;

using WideTable = std::array<std::uint32_t, 256>;

// Each of the four tables holds the six bits of a character already at their place in the 24-bit group, in the order in
// which the octets lie in memory; foreign characters set the top octet. Four look-ups and three ORs decode four characters.
constexpr WideTable makeTable(int position)
{
    WideTable table{};
    table.fill(kForeign);
    for (std::uint32_t v = 0; v < 64; ++v) {
        const std::uint32_t group = v << (18 - 6 * position); // big-endian 24 bits
        const std::uint32_t swapped = (group >> 16 & 0xFF) | (group & 0xFF00) | (group & 0xFF) << 16;
        table[static_cast<unsigned char>(kAlphabet[v])] = swapped;
    }
    return table;
}

constexpr std::array<WideTable, 4> kTables{makeTable(0), makeTable(1), makeTable(2), makeTable(3)};

constexpr std::array<std::int8_t, 256> makeValues()
{
    std::array<std::int8_t, 256> values{};
    values.fill(-1);
    for (std::int8_t v = 0; v < 64; ++v)
        values[static_cast<unsigned char>(kAlphabet[v])] = v;
    return values;
}

constexpr std::array<std::int8_t, 256> kValues = makeValues();

// 12 bits to two characters.
constexpr std::array<std::array<char, 2>, 4096> makePairs()
{
    std::array<std::array<char, 2>, 4096> pairs{};
    for (std::size_t v = 0; v < pairs.size(); ++v)
        pairs[v] = {kAlphabet[v >> 6], kAlphabet[v & 63]};
    return pairs;
}

constexpr auto kPairs = makePairs();

static_assert(std::endian::native == std::endian::little, "the base64 tables are laid out for little-endian machines");

bool isBlank(unsigned char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

int hexDigit(unsigned char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

class Base64Decoder
{
public:
    explicit Base64Decoder(QByteArrayView in)
        : m_in(reinterpret_cast<const unsigned char *>(in.data())), m_end(m_in + in.size()),
          m_octets(base::largeArray(in.size() / 4 * 3 + 8)), m_out(reinterpret_cast<unsigned char *>(m_octets.data()))
    {
    }

    DecodedOctets run()
    {
        while (m_in < m_end) {
            if (m_pending == 0)
                takeWholeGroups();
            if (m_in < m_end)
                takeOne(*m_in++);
        }
        finish();
        m_octets.truncate(m_out - reinterpret_cast<unsigned char *>(m_octets.data()));
        return {std::move(m_octets), m_isDamaged};
    }

private:
    // In locals: an octet that is written might be one of a member, for all the compiler knows.
    void takeWholeGroups()
    {
        const unsigned char *in = m_in;
        unsigned char *out = m_out;
        for (const unsigned char *const end = m_end; end - in >= 4; in += 4, out += 3) {
            const std::uint32_t group = kTables[0][in[0]] | kTables[1][in[1]] | kTables[2][in[2]] | kTables[3][in[3]];
            if (group & kForeign)
                break;
            std::memcpy(out, &group, 4); // one octet more than is ours; the buffer has room
        }
        m_in = in;
        m_out = out;
    }

    void takeOne(unsigned char c)
    {
        const int value = kValues[c];
        if (value >= 0) {
            // Data after padding: several base64 texts one after the other. All of them are read, and it is damage.
            if (m_isPadded)
                m_isDamaged = true;
            m_isPadded = false;
            m_bits = m_bits << 6 | static_cast<std::uint32_t>(value);
            if (++m_pending == 4)
                flush();
        } else if (c == '=') {
            takePadding();
        } else if (!isBlank(c)) {
            m_isDamaged = true;
        }
    }

    void takePadding()
    {
        if (m_pending >= 2)
            flush();
        else if (m_pending == 1 || !m_isPadded)
            m_isDamaged = true;
        m_pending = 0;
        m_isPadded = true;
    }

    void finish()
    {
        if (m_pending == 1)
            m_isDamaged = true;
        if (m_pending >= 2)
            flush();
    }

    void flush()
    {
        const std::uint32_t group = m_bits << (6 * (4 - m_pending));
        const int octets = m_pending - 1;
        for (int i = 0; i < octets; ++i)
            *m_out++ = static_cast<unsigned char>(group >> (16 - 8 * i));
        m_pending = 0;
        m_bits = 0;
    }

    const unsigned char *m_in;
    const unsigned char *m_end;
    QByteArray m_octets;
    unsigned char *m_out;
    std::uint32_t m_bits = 0;
    int m_pending = 0;
    bool m_isPadded = false;
    bool m_isDamaged = false;
};

const char *find(const char *from, const char *end, char c)
{
    const void *hit = std::memchr(from, c, static_cast<std::size_t>(end - from));
    return hit ? static_cast<const char *>(hit) : end;
}

char *append(char *out, const char *from, const char *end)
{
    const auto size = static_cast<std::size_t>(end - from);
    if (size > 0) // memcpy with null is undefined even for nothing
        std::memcpy(out, from, size);
    return out + size;
}

// White space before a line end was added on the way and is not part of the text (RFC 2045 section 6.7 rule 3).
const char *withoutTrailingBlanks(const char *line, const char *lineEnd)
{
    while (lineEnd > line && (lineEnd[-1] == ' ' || lineEnd[-1] == '\t'))
        --lineEnd;
    return lineEnd;
}

// Writes lines of quoted-printable, breaking softly before column 76.
class QuotedPrintableWriter
{
public:
    explicit QuotedPrintableWriter(qsizetype sizeHint) { m_out.reserve(sizeHint + sizeHint / 8 + 16); }

    void literal(char c)
    {
        makeRoom(1);
        m_out.append(c);
        ++m_column;
    }

    void escaped(char c)
    {
        constexpr char kHex[] = "0123456789ABCDEF";
        makeRoom(3);
        const auto u = static_cast<unsigned char>(c);
        const char text[] = {'=', kHex[u >> 4], kHex[u & 15]};
        m_out.append(text, 3);
        m_column += 3;
    }

    void lineEnd()
    {
        m_out.append("\r\n", 2);
        m_column = 0;
    }

    [[nodiscard]] bool isAtLineStart() const { return m_column == 0; }
    [[nodiscard]] bool breaksBefore(qsizetype width) const { return m_column + width > kLineCharacters - 1; }
    QByteArray take() { return std::move(m_out); }

private:
    void makeRoom(qsizetype width)
    {
        if (!breaksBefore(width))
            return;
        m_out.append("=\r\n", 3);
        m_column = 0;
    }

    QByteArray m_out;
    qsizetype m_column = 0;
};

bool mustEscape(char c)
{
    const auto u = static_cast<unsigned char>(c);
    return u == '=' || u > 126 || (u < 32 && u != '\t');
}

void writeCharacter(QuotedPrintableWriter &writer, const char *at, const char *end)
{
    const char c = *at;
    const bool isLast = at + 1 == end || at[1] == '\r' || at[1] == '\n';
    const bool isBlankAtEnd = (c == ' ' || c == '\t') && isLast;
    const bool startsLine = writer.isAtLineStart() || writer.breaksBefore(1);
    const bool wouldBeFrom = c == 'F' && startsLine && end - at >= 5 && std::memcmp(at, "From ", 5) == 0;
    const bool wouldBeDot = c == '.' && startsLine;
    if (mustEscape(c) || isBlankAtEnd || wouldBeFrom || wouldBeDot)
        writer.escaped(c);
    else
        writer.literal(c);
}

/// Lines of 76 characters at the end of `result`, the last one shorter if the octets end there.
void appendLines(QByteArray &result, QByteArrayView octets)
{
    const qsizetype before = result.size();
    result.resizeForOverwrite(before + encodedSize(octets.size()));
    char *out = result.data() + before;
    const auto *in = reinterpret_cast<const unsigned char *>(octets.data());
    const auto put = [&out](std::uint32_t group) {
        std::memcpy(out, kPairs[group >> 12].data(), 2);
        std::memcpy(out + 2, kPairs[group & 4095].data(), 2);
        out += 4;
    };
    for (qsizetype left = octets.size(); left > 0;) {
        const qsizetype inLine = qMin(left, kLineOctets);
        left -= inLine;
        const unsigned char *const whole = in + inLine / 3 * 3;
        for (; in < whole; in += 3)
            put(std::uint32_t{in[0]} << 16 | std::uint32_t{in[1]} << 8 | in[2]);
        if (const qsizetype rest = inLine % 3; rest > 0) {
            put(std::uint32_t{in[0]} << 16 | (rest == 2 ? std::uint32_t{in[1]} << 8 : 0));
            out[-1] = '=';
            if (rest == 1)
                out[-2] = '=';
            in += rest;
        }
        *out++ = '\r';
        *out++ = '\n';
    }
}

} // namespace

TransferEncoding transferEncodingOf(QByteArrayView fieldValue)
{
    // Comments may stand in it, as in every field of MIME (RFC 2045 section 3), and some programs write parameters.
    const QByteArray name = withoutParameters(fieldValue);
    if (name.isEmpty() || name == "7bit" || name == "7-bit")
        return TransferEncoding::SevenBit;
    if (name == "8bit" || name == "8-bit")
        return TransferEncoding::EightBit;
    if (name == "binary")
        return TransferEncoding::Binary;
    if (name == "quoted-printable")
        return TransferEncoding::QuotedPrintable;
    if (name == "x-uuencode" || name == "uuencode" || name == "x-uue" || name == "uue")
        return TransferEncoding::Uuencode;
    return name == "base64" ? TransferEncoding::Base64 : TransferEncoding::Unknown;
}

QByteArray nameOf(TransferEncoding encoding)
{
    switch (encoding) {
    case TransferEncoding::SevenBit:
        return "7bit";
    case TransferEncoding::EightBit:
        return "8bit";
    case TransferEncoding::Binary:
    case TransferEncoding::Unknown:
        return "binary";
    case TransferEncoding::QuotedPrintable:
        return "quoted-printable";
    case TransferEncoding::Base64:
        return "base64";
    case TransferEncoding::Uuencode:
        return "x-uuencode";
    }
    Q_UNREACHABLE_RETURN({});
}

DecodedOctets decodeBase64(QByteArrayView encoded)
{
    return Base64Decoder(encoded).run();
}

DecodedOctets decodeQuotedPrintable(QByteArrayView encoded)
{
    DecodedOctets result;
    result.octets.resize(encoded.size());
    char *out = result.octets.data();
    const char *const begin = encoded.data();
    const char *const end = begin + encoded.size();
    for (const char *line = begin; line < end;) {
        const char *const next = find(line, end, '\n');
        const char *lineEnd = next > line && next < end && next[-1] == '\r' ? next - 1 : next;
        const char *const breakEnd = next < end ? next + 1 : end;
        const char *const text = withoutTrailingBlanks(line, lineEnd);
        bool isSoft = false;
        for (const char *at = line; at < text;) {
            const char *const escape = find(at, text, '=');
            out = append(out, at, escape);
            at = escape;
            if (at == text)
                break;
            const int high = text - at > 2 ? hexDigit(static_cast<unsigned char>(at[1])) : -1;
            const int low = high >= 0 ? hexDigit(static_cast<unsigned char>(at[2])) : -1;
            if (text - at == 1) {
                isSoft = true;
                ++at;
            } else if (low >= 0) {
                *out++ = static_cast<char>(high << 4 | low);
                at += 3;
            } else {
                result.isDamaged = true;
                *out++ = *at++;
            }
        }
        if (!isSoft)
            out = append(out, lineEnd, breakEnd);
        line = breakEnd;
    }
    result.octets.truncate(out - result.octets.data());
    return result;
}

DecodedOctets decode(QByteArrayView encoded, TransferEncoding encoding)
{
    switch (encoding) {
    case TransferEncoding::Base64:
        return decodeBase64(encoded);
    case TransferEncoding::QuotedPrintable:
        return decodeQuotedPrintable(encoded);
    case TransferEncoding::Uuencode:
        return decodeUuencode(encoded);
    case TransferEncoding::SevenBit:
    case TransferEncoding::EightBit:
    case TransferEncoding::Binary:
    case TransferEncoding::Unknown:
        break;
    }
    return {encoded.toByteArray(), {}};
}

QByteArray encodeBase64(QByteArrayView octets)
{
    QByteArray result;
    appendBase64(result, octets);
    return result;
}

void appendBase64(QByteArray &result, QByteArrayView octets)
{
    base::reserveLarge(result, result.size() + encodedSize(octets.size()));
    appendLines(result, octets);
}

qsizetype encodedSize(qsizetype octets)
{
    const qsizetype lines = (octets + kLineOctets - 1) / kLineOctets;
    return (octets + 2) / 3 * 4 + lines * 2;
}

Base64Writer::Base64Writer(QByteArray &out) : m_out(out)
{
    m_rest.reserve(kLineOctets);
}

void Base64Writer::add(QByteArrayView octets)
{
    if (!m_rest.isEmpty()) {
        const qsizetype missing = qMin(kLineOctets - m_rest.size(), octets.size());
        m_rest += octets.first(missing);
        octets = octets.sliced(missing);
        if (m_rest.size() < kLineOctets)
            return;
        appendLines(m_out, m_rest);
        m_rest.resize(0);
    }
    const qsizetype whole = octets.size() / kLineOctets * kLineOctets;
    appendLines(m_out, octets.first(whole));
    m_rest += octets.sliced(whole);
}

void Base64Writer::finish()
{
    appendLines(m_out, m_rest);
    m_rest.resize(0);
}

QByteArray encodeQuotedPrintable(QByteArrayView text)
{
    QuotedPrintableWriter writer(text.size());
    const char *const end = text.data() + text.size();
    for (const char *at = text.data(); at < end; ++at) {
        if (*at == '\r' || *at == '\n') {
            if (*at == '\r' && at + 1 < end && at[1] == '\n')
                ++at;
            writer.lineEnd();
        } else {
            writeCharacter(writer, at, end);
        }
    }
    return writer.take();
}

} // namespace mime
