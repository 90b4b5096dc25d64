// SPDX-License-Identifier: GPL-3.0-or-later
#include "mime/Charset.h"

#include <QStringDecoder>

#include <algorithm>
#include <array>
#include <cstring>
#include <span>

namespace mime {

namespace {

// Octets 0x80 to 0x9F of Windows-1252; the five that it leaves open map to the control characters of the same number, as the web does.
constexpr std::array<char16_t, 32> kWindows1252{
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
    0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178};

// Octets 0xA0 to 0xFF of ISO-8859-16, which ICU does not know.
constexpr std::array<char16_t, 96> kIso8859Part16{
    0xA0, 0x0104, 0x0105, 0x0141, 0x20AC, 0x201E, 0x0160, 0xA7, 0x0161, 0xA9, 0x0218, 0xAB, 0x0179, 0xAD, 0x017A, 0x017B, 0xB0,
    0xB1, 0x010C, 0x0142, 0x017D, 0x201D, 0xB6, 0xB7, 0x017E, 0x010D, 0x0219, 0xBB, 0x0152, 0x0153, 0x0178, 0x017C, 0xC0, 0xC1,
    0xC2, 0x0102, 0xC4, 0x0106, 0xC6, 0xC7, 0xC8, 0xC9, 0xCA, 0xCB, 0xCC, 0xCD, 0xCE, 0xCF, 0x0110, 0x0143, 0xD2, 0xD3, 0xD4,
    0x0150, 0xD6, 0x015A, 0x0170, 0xD9, 0xDA, 0xDB, 0xDC, 0x0118, 0x021A, 0xDF, 0xE0, 0xE1, 0xE2, 0x0103, 0xE4, 0x0107, 0xE6,
    0xE7, 0xE8, 0xE9, 0xEA, 0xEB, 0xEC, 0xED, 0xEE, 0xEF, 0x0111, 0x0144, 0xF2, 0xF3, 0xF4, 0x0151, 0xF6, 0x015B, 0x0171, 0xF9,
    0xFA, 0xFB, 0xFC, 0x0119, 0x021B, 0xFF};

// Names in use that Qt or ICU does not know, or takes for less: "chinese" is to ICU a seven-bit set without ASCII.
// The larger sets contain the smaller ones, and are what is written under their names. In iso-2022-jp ICU calls one escape right
// after another damage; that is how two encoded words meet.
struct CharsetAlias {
    QByteArrayView name;
    QByteArrayView canonical;
};
constexpr CharsetAlias kCharsetAliases[]{
    {"646", "us-ascii"}, {"iso646-us", "us-ascii"}, {"csascii", "us-ascii"}, {"cp367", "us-ascii"},
    {"utf8", "utf-8"}, {"unicode-1-1-utf-8", "utf-8"}, {"utf-8-sig", "utf-8"},
    {"gb2312", "gb18030"}, {"gb_2312-80", "gb18030"}, {"csgb2312", "gb18030"}, {"gbk", "gb18030"}, {"x-gbk", "gb18030"},
    {"cp936", "gb18030"},
    {"euc-cn", "gb18030"}, {"cn-gb", "gb18030"}, {"chinese", "gb18030"}, {"iso-ir-58", "gb18030"},
    {"csiso58gb231280", "gb18030"},
    {"hz", "hz-gb-2312"}, {"x-hz", "hz-gb-2312"},
    {"cn-big5", "big5"}, {"cp950", "big5"},
    {"euc-kr", "windows-949"}, {"euckr", "windows-949"}, {"ks_c_5601-1987", "windows-949"}, {"ks_c_5601", "windows-949"},
    {"ksc5601", "windows-949"}, {"cp949", "windows-949"}, {"uhc", "windows-949"},
    {"iso-2022-jp", "iso-2022-jp-2"}, {"csiso2022jp", "iso-2022-jp-2"}, {"x-windows-iso2022jp", "iso-2022-jp-2"},
    {"x-windows-50220", "iso-2022-jp-2"}, {"cp50220", "iso-2022-jp-2"}, {"cp50221", "iso-2022-jp-2"}, {"cp50222", "iso-2022-jp-2"},
    {"iso-2022-jp-ms", "iso-2022-jp-2"},
    {"x-sjis", "shift_jis"}, {"cp932", "shift_jis"}, {"ms932", "shift_jis"}, {"windows-31j", "shift_jis"},
    {"sjis-win", "shift_jis"},
    {"eucjp-win", "euc-jp"}, {"eucjp-ms", "euc-jp"},
    {"csiso88596e", "iso-8859-6"}, {"csiso88596i", "iso-8859-6"},
    {"csiso88598e", "iso-8859-8"}, {"csiso88598i", "iso-8859-8"}, {"visual", "iso-8859-8"}, {"logical", "iso-8859-8"},
    {"iso8859-16", "iso-8859-16"}, {"iso_8859-16", "iso-8859-16"}, {"iso_8859-16:2001", "iso-8859-16"},
    {"iso-ir-226", "iso-8859-16"},
    {"csiso885916", "iso-8859-16"}, {"latin10", "iso-8859-16"}, {"l10", "iso-8859-16"},
    {"koi", "koi8-r"}, {"koi8-ru", "koi8-u"}, {"win-1251", "windows-1251"}, {"dos-874", "windows-874"},
    {"x-mac-ukrainian", "x-mac-cyrillic"}};

// ISO-8859-1, but for the octets from `first` on, which `table` has.
QString fromTable(QByteArrayView octets, std::size_t first, std::span<const char16_t> table)
{
    QString text(octets.size(), Qt::Uninitialized);
    QChar *out = text.data();
    for (const char c : octets) {
        const std::size_t u = static_cast<unsigned char>(c);
        *out++ = u >= first && u - first < table.size() ? QChar(table[u - first]) : QChar(ushort(u));
    }
    return text;
}

QString fromWindows1252(QByteArrayView octets)
{
    return fromTable(octets, 0x80, kWindows1252);
}

// Some programs cut names and subjects by octets, in the middle of the last character.
bool isUtf8ButForItsEnd(QByteArrayView octets)
{
    constexpr unsigned char kFirstContinuation = 0x80;
    constexpr unsigned char kFirstLead = 0xC2;
    const QByteArrayView text = octets.trimmed();
    for (qsizetype length = 1; length <= qMin(qsizetype(3), text.size()); ++length) {
        const auto octet = static_cast<unsigned char>(text[text.size() - length]);
        const QByteArrayView before = text.chopped(length);
        if (octet < kFirstContinuation)
            return false;
        if (octet >= kFirstLead)
            return !isAscii(before) && isUtf8(before);
    }
    return false;
}

DecodedText guess(QByteArrayView octets)
{
    if (isUtf8(octets) || isUtf8ButForItsEnd(octets))
        return {QString::fromUtf8(octets), "utf-8", DecodedText::Confidence::Guessed};
    return {fromWindows1252(octets), "windows-1252", DecodedText::Confidence::Guessed};
}

// UTF-16 may hold halves of pairs, which are no characters: what is written as JSON or XML must not hold them.
DecodedText withoutHalves(DecodedText decoded)
{
    if (decoded.text.isValidUtf16())
        return decoded;
    decoded.confidence = DecodedText::Confidence::Damaged;
    QString &text = decoded.text;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate())
            ++i;
        else if (text[i].isSurrogate())
            text[i] = QChar::ReplacementCharacter;
    }
    return decoded;
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
    return withoutHalves(std::move(result));
}

// RFC 1843. ICU calls "~}~{", a run of no ASCII, damage; that is how two encoded words meet. After "~" and in Chinese octets come in pairs.
QByteArray withoutEmptyAscii(QByteArrayView hz)
{
    QByteArray result;
    result.reserve(hz.size());
    bool isChinese = false;
    for (qsizetype at = 0; at < hz.size();) {
        const QByteArrayView rest = hz.sliced(at);
        if (isChinese && rest.startsWith("~}~{")) {
            at += 4;
            continue;
        }
        if (rest.startsWith("~{"))
            isChinese = true;
        else if (rest.startsWith("~}") || rest[0] == '\n')
            isChinese = false;
        const qsizetype taken = qMin(rest.size(), isChinese || rest[0] == '~' ? qsizetype(2) : qsizetype(1));
        result += rest.first(taken);
        at += taken;
    }
    return result;
}

bool isOneOf(const QByteArray &name, std::initializer_list<QByteArrayView> names)
{
    return std::find(names.begin(), names.end(), QByteArrayView(name)) != names.end();
}

// The name that Qt knows, lower case and without quotation marks.
QByteArray canonicalName(QByteArrayView charset)
{
    QByteArray name = charset.trimmed().toByteArray().toLower();
    while (name.size() > 1 && (name.startsWith('"') || name.startsWith('\'')))
        name = name.sliced(1, name.size() - 1);
    while (!name.isEmpty() && (name.endsWith('"') || name.endsWith('\'')))
        name.chop(1);
    for (const auto &[alias, canonical] : kCharsetAliases) {
        if (alias == QByteArrayView(name))
            return canonical.toByteArray();
    }
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
    if (name == "iso-8859-16")
        return {fromTable(octets, 0xA0, kIso8859Part16), name, DecodedText::Confidence::Certain};
    QStringDecoder decoder(name.constData());
    if (!decoder.isValid())
        return guess(octets);
    const QByteArray joined = name == "hz-gb-2312" ? withoutEmptyAscii(octets) : QByteArray();
    QString text = decoder.decode(joined.isEmpty() ? octets : QByteArrayView(joined));
    const bool isDamaged = decoder.hasError();
    return withoutHalves({std::move(text), name, isDamaged ? DecodedText::Confidence::Damaged : DecodedText::Confidence::Certain});
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

bool keepsAscii(QByteArrayView charset)
{
    constexpr QByteArrayView kMarkup{"<a b=\"c\">\x0F\x1B$B<>\x1B(B~{<>~}&+ADw-/"};
    return decodeCharset(kMarkup, charset).text == QString::fromLatin1(kMarkup);
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
