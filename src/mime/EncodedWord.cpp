// SPDX-License-Identifier: GPL-3.0-or-later
#include "mime/EncodedWord.h"

#include "base/TextControls.h"
#include "mime/Charset.h"
#include "mime/TransferEncoding.h"

#include <algorithm>
#include <optional>

namespace mime {

namespace {

struct Word {
    QByteArray charset;
    QByteArray octets;
    qsizetype end = 0; // after "?="
    bool isReadable = true;
};

QByteArray decodeQ(QByteArrayView text)
{
    QByteArray q = text.toByteArray();
    q.replace('_', ' ');
    // A blank at the end of the word is text here, unlike at the end of a line of quoted-printable.
    q.append('.');
    q = decodeQuotedPrintable(q).octets;
    q.chop(1);
    return q;
}

class WordDecoder
{
public:
    WordDecoder(QByteArrayView text, QByteArrayView rawCharset) : m_text(text), m_rawCharset(rawCharset) {}

    QString run()
    {
        qsizetype next = 0;
        for (qsizetype begin = m_text.indexOf("=?"); begin >= 0; begin = m_text.indexOf("=?", next)) {
            const std::optional<Word> word = wordAt(begin);
            if (word)
                take(*word, begin);
            next = word ? word->end : begin + 2;
        }
        addRaw(m_text.sliced(m_at), m_text.size());
        flush();
        return std::move(m_result);
    }

private:
    std::optional<Word> wordAt(qsizetype begin)
    {
        const qsizetype charsetEnd = m_text.indexOf('?', begin + 2);
        if (charsetEnd < 0 || charsetEnd - begin > 80 || charsetEnd + 2 >= m_text.size() || m_text[charsetEnd + 2] != '?')
            return {};
        const char kind = m_text[charsetEnd + 1];
        const bool isBase64 = kind == 'B' || kind == 'b';
        if (!isBase64 && kind != 'Q' && kind != 'q')
            return {};
        const qsizetype textBegin = charsetEnd + 3;
        const qsizetype textEnd = endAfter(textBegin);
        if (textEnd < 0)
            return {};
        QByteArray charset = m_text.sliced(begin + 2, charsetEnd - begin - 2).toByteArray().toLower();
        if (const qsizetype language = charset.indexOf('*'); language >= 0) // RFC 2231 section 5
            charset.truncate(language);
        const QByteArrayView encoded = m_text.sliced(textBegin, textEnd - textBegin);
        const QByteArray octets = isBase64 ? decodeBase64(encoded).octets : decodeQ(encoded);
        // No base64 begins with its padding: that is text of the other kind.
        const bool isReadable = !isBase64 || encoded.isEmpty() || !(octets.isEmpty() || encoded.startsWith('='));
        return Word{charset, octets, textEnd + 2, isReadable};
    }

    // Remembered, so that many beginnings without an end do not search the rest each time.
    qsizetype endAfter(qsizetype from)
    {
        if (m_nextEnd >= 0 && m_nextEnd < from)
            m_nextEnd = m_text.indexOf("?=", from);
        return m_nextEnd;
    }

    void take(const Word &word, qsizetype begin)
    {
        const QByteArrayView between = m_text.sliced(m_at, begin - m_at);
        const bool joins = m_hasPending && between.trimmed().isEmpty();
        // Shown as it stands: nothing at all would hide that there is something. What continues a word may be half an octet.
        if (!joins && !word.isReadable)
            return addRaw(m_text.sliced(m_at, word.end - m_at), word.end);
        if (!joins)
            addRaw(between, begin);
        // A character may be split over two words of one charset, against RFC 2047 section 5 but in use.
        if (!m_hasPending || m_pending.charset != word.charset) {
            flush();
            m_pending = {word.charset, {}, 0, true};
            m_hasPending = true;
        }
        m_pending.octets += word.octets;
        m_at = word.end;
    }

    void addRaw(QByteArrayView raw, qsizetype next)
    {
        m_at = next;
        if (raw.isEmpty())
            return;
        flush();
        DecodedText text = decodeHeaderCharset(raw, isUtf8(raw) ? QByteArrayView("utf-8") : m_rawCharset);
        if (text.confidence == DecodedText::Confidence::Damaged)
            text = decodeHeaderCharset(raw, {});
        m_result += text.text;
    }

    void flush()
    {
        if (m_hasPending)
            m_result += decodeHeaderCharset(m_pending.octets, m_pending.charset).text;
        m_hasPending = false;
    }

    QByteArrayView m_text;
    QByteArrayView m_rawCharset;
    qsizetype m_at = 0;
    qsizetype m_nextEnd = 0;
    Word m_pending;
    bool m_hasPending = false;
    QString m_result;
};

bool isPlainInPhrase(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '!' || c == '*' || c == '+' || c == '-' || c == '/';
}

QByteArray encodeQ(QByteArrayView octets)
{
    QByteArray out;
    for (const char c : octets) {
        if (c == ' ')
            out += '_';
        else if (isPlainInPhrase(c))
            out += c;
        else
            out += '=' + QByteArray(1, c).toHex().toUpper();
    }
    return out;
}

qsizetype characterLength(char lead)
{
    const auto u = static_cast<unsigned char>(lead);
    return u < 0x80 ? 1 : u < 0xE0 ? 2 : u < 0xF0 ? 3 : 4;
}

} // namespace

QString decodeEncodedWords(QByteArrayView unfolded, QByteArrayView rawCharset)
{
    if (isAscii(unfolded) && !unfolded.contains("=?"))
        return QString::fromLatin1(unfolded);
    return WordDecoder(unfolded, rawCharset).run();
}

QByteArray encodeWords(const QString &text)
{
    const QByteArray utf8 = text.toUtf8();
    const qsizetype plain = std::count_if(utf8.begin(), utf8.end(), isPlainInPhrase);
    const bool useBase64 = plain * 2 < utf8.size();
    constexpr qsizetype kRoom = 64 - 12; // without "=?UTF-8?B?" and "?="; with a field name before it the line stays below 78
    QByteArray result;
    for (qsizetype at = 0; at < utf8.size();) {
        qsizetype end = at;
        qsizetype width = 0;
        while (end < utf8.size()) {
            const qsizetype length = qMin(characterLength(utf8[end]), utf8.size() - end);
            const qsizetype more = useBase64 ? 0 : encodeQ(QByteArrayView(utf8).sliced(end, length)).size();
            const bool fits = useBase64 ? (end + length - at + 2) / 3 * 4 <= kRoom : width + more <= kRoom;
            if (!fits)
                break;
            width += more;
            end += length;
        }
        const QByteArrayView piece = QByteArrayView(utf8).sliced(at, end - at);
        if (!result.isEmpty())
            result += ' ';
        result += useBase64 ? "=?UTF-8?B?" + piece.toByteArray().toBase64() + "?=" : "=?UTF-8?Q?" + encodeQ(piece) + "?=";
        at = end;
    }
    return result;
}

QString withoutControls(QString text)
{
    std::replace_if(text.begin(), text.end(), base::isTextControl, QChar(u' '));
    return text;
}

} // namespace mime
