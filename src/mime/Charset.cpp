// SPDX-License-Identifier: GPL-3.0-or-later
#include "mime/Charset.h"

#include <QStringDecoder>

#include <algorithm>
#include <array>
#include <cstring>

namespace mime {

namespace {

// Octets 0x80 to 0x9F of Windows-1252; the five that it leaves open map to the control characters of the same number, as the web does.
constexpr std::array<char16_t, 32> kWindows1252{
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
    0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178};

QString fromWindows1252(QByteArrayView octets)
{
    QString text(octets.size(), Qt::Uninitialized);
    QChar *out = text.data();
    for (const char c : octets) {
        const auto u = static_cast<unsigned char>(c);
        *out++ = u >= 0x80 && u < 0xA0 ? QChar(kWindows1252[u - 0x80]) : QChar(ushort(u));
    }
    return text;
}

DecodedText guess(QByteArrayView octets)
{
    if (isUtf8(octets))
        return {QString::fromUtf8(octets), "utf-8", DecodedText::Confidence::Guessed};
    return {fromWindows1252(octets), "windows-1252", DecodedText::Confidence::Guessed};
}

int base64Digit(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

// Qt's own UTF-7 depends on how ICU was built.
DecodedText fromUtf7(QByteArrayView octets)
{
    DecodedText result{{}, "utf-7", DecodedText::Confidence::Certain};
    bool isShifted = false;
    quint32 bits = 0;
    int count = 0;
    for (qsizetype i = 0; i < octets.size(); ++i) {
        const char c = octets[i];
        const int digit = isShifted ? base64Digit(c) : -1;
        if (digit >= 0) {
            bits = bits << 6 | static_cast<quint32>(digit);
            count += 6;
            if (count >= 16) {
                count -= 16;
                result.text.append(QChar(static_cast<char16_t>(bits >> count)));
            }
        } else if (isShifted) {
            isShifted = false;
            if (c != '-')
                --i;
        } else if (c == '+' && i + 1 < octets.size() && octets[i + 1] == '-') {
            result.text.append(u'+');
            ++i;
        } else if (c == '+') {
            isShifted = true;
            bits = 0;
            count = 0;
        } else {
            if (static_cast<unsigned char>(c) > 127)
                result.confidence = DecodedText::Confidence::Damaged;
            result.text.append(QChar(ushort(static_cast<unsigned char>(c))));
        }
    }
    return result;
}

bool isOneOf(const QByteArray &name, std::initializer_list<QByteArrayView> names)
{
    return std::find(names.begin(), names.end(), QByteArrayView(name)) != names.end();
}

// Names in use that Qt or ICU does not know.
QByteArray canonicalName(QByteArrayView charset)
{
    QByteArray name = charset.trimmed().toByteArray().toLower();
    while (name.size() > 1 && (name.startsWith('"') || name.startsWith('\'')))
        name = name.sliced(1, name.size() - 1);
    while (!name.isEmpty() && (name.endsWith('"') || name.endsWith('\'')))
        name.chop(1);
    if (isOneOf(name, {"utf8", "unicode-1-1-utf-8", "utf-8-sig"}))
        return "utf-8";
    // The larger sets contain the smaller ones, and are what is written under their names.
    if (isOneOf(name, {"gb2312", "gbk", "x-gbk", "cp936", "gb_2312-80", "csgb2312", "euc-cn"}))
        return "gb18030";
    if (isOneOf(name, {"euc-kr", "euckr", "ks_c_5601-1987", "ks_c_5601", "ksc5601", "cp949"}))
        return "windows-949";
    if (isOneOf(name, {"cp50220", "cp50221", "cp50222"}))
        return "iso-2022-jp";
    if (isOneOf(name, {"x-sjis", "cp932", "ms932", "windows-31j"}))
        return "shift_jis";
    if (name.startsWith("cp125"))
        return "windows-" + name.sliced(2);
    return name;
}

DecodedText decodeNamed(QByteArrayView octets, const QByteArray &name)
{
    if (name.isEmpty() || isOneOf(name, {"us-ascii", "ascii", "ansi_x3.4-1968", "unknown-8bit", "x-unknown", "default"})) {
        if (!isAscii(octets))
            return guess(octets);
        // ISO-2022 escapes under the name of ASCII are not guessed at: they would hide text from whoever reads ASCII.
        return {QString::fromLatin1(octets), "us-ascii", name.isEmpty() ? DecodedText::Confidence::Guessed : DecodedText::Confidence::Certain};
    }
    if (name == "utf-8") {
        const bool isSound = isUtf8(octets);
        return {QString::fromUtf8(octets), name, isSound ? DecodedText::Confidence::Certain : DecodedText::Confidence::Damaged};
    }
    if (isOneOf(name, {"iso-8859-1", "latin1", "windows-1252", "iso8859-1", "iso_8859-1", "l1"})) {
        const auto isControl = [](char c) { const auto u = static_cast<unsigned char>(c); return u >= 0x80 && u < 0xA0; };
        const bool isOther = name != "windows-1252" && std::any_of(octets.begin(), octets.end(), isControl);
        return {fromWindows1252(octets), isOther ? QByteArray("windows-1252") : name,
                isOther ? DecodedText::Confidence::Damaged : DecodedText::Confidence::Certain};
    }
    QStringDecoder decoder(name.constData());
    if (!decoder.isValid())
        return guess(octets);
    QString text = decoder.decode(octets);
    const bool isDamaged = decoder.hasError();
    return {std::move(text), name, isDamaged ? DecodedText::Confidence::Damaged : DecodedText::Confidence::Certain};
}

} // namespace

DecodedText decodeCharset(QByteArrayView octets, QByteArrayView charset)
{
    const QByteArray name = canonicalName(charset);
    return isOneOf(name, {"utf-7", "utf7", "unicode-1-1-utf-7"}) ? fromUtf7(octets) : decodeNamed(octets, name);
}

DecodedText decodeHeaderCharset(QByteArrayView octets, QByteArrayView charset)
{
    const QByteArray name = canonicalName(charset);
    return name.contains("utf-7") || name == "utf7" ? guess(octets) : decodeNamed(octets, name);
}

bool isUtf8(QByteArrayView octets)
{
    return octets.isValidUtf8();
}

bool isAscii(QByteArrayView octets)
{
    const char *at = octets.data();
    const char *const end = at + octets.size();
    constexpr quint64 kHighBits = 0x8080808080808080;
    for (; end - at >= 32; at += 32) {
        quint64 words[4];
        std::memcpy(words, at, sizeof words);
        if ((words[0] | words[1] | words[2] | words[3]) & kHighBits)
            return false;
    }
    return std::none_of(at, end, [](char c) { return static_cast<unsigned char>(c) > 127; });
}

} // namespace mime
