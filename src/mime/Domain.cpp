// SPDX-License-Identifier: GPL-3.0-or-later
#include "mime/Domain.h"

#include "mime/EncodedWord.h"

#include <QSet>
#include <QUrl>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace mime {

namespace {

constexpr qsizetype kLongestDomain = 253;
constexpr qsizetype kLongestLabel = 63;

// Lower-case letters that look like Latin ones; a label made of nothing else passes for Latin (UTS 39 section 4, whole-script confusables).
constexpr QStringView kCyrillicLookAlikes = u"асеорхуѕіјһԁԛԝӏьгкптмнв";
constexpr QStringView kGreekLookAlikes = u"αεικνορτυχωηγβ";

bool isLookAlikeOf(QStringView label, QStringView letters)
{
    for (const QChar c : label) {
        if (!letters.contains(c) && !c.isDigit() && c != u'-')
            return false;
    }
    return true;
}

bool isCustomaryMixture(const QSet<QChar::Script> &scripts)
{
    using enum QChar::Script;
    const QSet<QChar::Script> japanese{Script_Latin, Script_Han, Script_Hiragana, Script_Katakana};
    const QSet<QChar::Script> chinese{Script_Latin, Script_Han, Script_Bopomofo};
    const QSet<QChar::Script> korean{Script_Latin, Script_Han, Script_Hangul};
    return scripts.size() <= 1 || japanese.contains(scripts) || chinese.contains(scripts) || korean.contains(scripts);
}

// Phonetic letters and small capitals are Latin by script and made for nothing but looking like another letter here.
bool isOddLatin(char32_t c)
{
    return c == 0x0131 || c == 0x0138 || c == 0x017F || (c >= 0x01C0 && c <= 0x01C3) || (c >= 0x0250 && c <= 0x02AF) || (c >= 0x1D00 && c <= 0x1DBF)
        || (c >= 0x2C60 && c <= 0x2C7F) || (c >= 0xA720 && c <= 0xA7FF) || (c >= 0xAB30 && c <= 0xAB6F);
}

bool isAsciiHostCharacter(char32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/// Nothing but ASCII letters, digits and what joins them, as almost every domain.
bool isPlain(QStringView text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return isAsciiHostCharacter(c.unicode()) || c == u'.'; });
}

bool isOddCharacter(char32_t c, bool isFirst, QChar::Script before)
{
    switch (QChar::category(c)) {
    case QChar::Letter_Lowercase:
    case QChar::Letter_Uppercase:
    case QChar::Letter_Modifier:
    case QChar::Letter_Other:
        return isOddLatin(c);
    case QChar::Number_DecimalDigit:
        return c > 127 && QChar::script(c) == QChar::Script_Common; // fullwidth and mathematical digits
    case QChar::Mark_NonSpacing:
    case QChar::Mark_SpacingCombining:
        // Latin, Greek and Cyrillic letters have composed forms; a loose accent there is a trick.
        return isFirst || before == QChar::Script_Latin || before == QChar::Script_Greek || before == QChar::Script_Cyrillic;
    default:
        return !isAsciiHostCharacter(c);
    }
}

/// Scripts of which letters pass for those of another. Nobody takes a Chinese or Arabic letter for a Latin one.
bool isLookAlikeScript(QChar::Script script)
{
    using enum QChar::Script;
    static const QSet<QChar::Script> scripts{Script_Latin, Script_Greek, Script_Cyrillic, Script_Armenian, Script_Cherokee, Script_Coptic, Script_Lisu};
    return scripts.contains(script);
}

/// `isAfterOther`: what comes before is no letter that may be joined to another, as Persian and Indian ones are, nor a picture.
bool isInvisible(char32_t c, bool isAfterOther)
{
    constexpr std::array<char32_t, 7> kFillers{0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0};
    const bool isJoiner = c == 0x180E || c == 0x200C || c == 0x200D || (c >= 0xFE00 && c <= 0xFE0F);
    if (isJoiner)
        return isAfterOther;
    const QChar::Category category = QChar::category(c);
    const bool isBlank = c > 127 && (category == QChar::Separator_Space || category == QChar::Separator_Line || category == QChar::Separator_Paragraph);
    return isBlank || category == QChar::Other_Format || std::find(kFillers.begin(), kFillers.end(), c) != kFillers.end();
}

/// Full-width, mathematical and phonetic forms of ASCII letters. The ordinals of Spanish names are none.
bool isDoubleOfAscii(char32_t c)
{
    if (c < 128 || c == 0x00AA || c == 0x00BA)
        return false;
    const QString common = QString::fromUcs4(&c, 1).normalized(QString::NormalizationForm_KC);
    return (common.size() == 1 && common[0].unicode() < 128) || c == 0x0251 || c == 0x0261 || (c >= 0x01C0 && c <= 0x01C3) || (c >= 0x1D00 && c <= 0x1DBF);
}

bool hasValidLabels(const QString &ascii)
{
    for (const QStringView label : QStringView{ascii}.tokenize(u'.')) {
        if (label.isEmpty() || label.size() > kLongestLabel || label.startsWith(u'-') || label.endsWith(u'-'))
            return false;
        for (const QChar c : label) {
            if (!isAsciiHostCharacter(c.unicode()))
                return false;
        }
    }
    return true;
}

} // namespace

QString toAsciiDomain(const QString &domain)
{
    if (domain.isEmpty() || domain.size() > 4 * kLongestDomain)
        return {};
    QString ascii = domain.toLower();
    for (const QChar c : ascii) {
        if (c.unicode() > 127) {
            ascii = QString::fromLatin1(QUrl::toAce(ascii, QUrl::IgnoreIDNWhitelist)).toLower();
            break;
        }
    }
    return ascii.size() <= kLongestDomain && hasValidLabels(ascii) ? ascii : QString();
}

QString toUnicodeDomain(const QString &domain)
{
    const QString ascii = toAsciiDomain(domain);
    if (ascii.isEmpty())
        return domain;
    if (!ascii.contains("xn--"_L1))
        return ascii; // almost every one
    QStringList labels = ascii.split(u'.');
    for (QString &label : labels) {
        if (!label.startsWith("xn--"_L1))
            continue;
        const QString decoded = QUrl::fromAce(label.toLatin1(), QUrl::IgnoreIDNWhitelist);
        // Only what comes back to the same A-label is a U-label (RFC 5890 section 2.3.2.1).
        if (!decoded.isEmpty() && toAsciiDomain(decoded) == label)
            label = decoded;
    }
    return labels.join(u'.');
}

bool isConfusable(const QString &label)
{
    if (isPlain(label))
        return false;
    QSet<QChar::Script> scripts;
    bool isFirst = true;
    QChar::Script before = QChar::Script_Unknown;
    for (const char32_t c : label.toUcs4()) {
        const QChar::Script script = QChar::script(c);
        if (isOddCharacter(c, isFirst, before))
            return true;
        if (script != QChar::Script_Common && script != QChar::Script_Inherited)
            scripts.insert(script);
        before = script == QChar::Script_Inherited ? before : script;
        isFirst = false;
    }
    if (!isCustomaryMixture(scripts))
        return true;
    return (scripts.contains(QChar::Script_Cyrillic) && isLookAlikeOf(label, kCyrillicLookAlikes))
        || (scripts.contains(QChar::Script_Greek) && isLookAlikeOf(label, kGreekLookAlikes));
}

bool isConfusableLocalPart(const QString &local)
{
    if (std::all_of(local.begin(), local.end(), [](QChar c) { return c.unicode() < 128; }))
        return false; // almost every one
    QSet<QChar::Script> scripts;
    bool isAfterOther = true;
    for (const char32_t c : local.toUcs4()) {
        if (isInvisible(c, isAfterOther) || isDoubleOfAscii(c))
            return true;
        const QChar::Script script = QChar::script(c);
        if (c < 128 && !QChar::isLetter(c))
            scripts.clear(); // Another word.
        else if (isLookAlikeScript(script))
            scripts.insert(script);
        if (scripts.size() > 1)
            return true;
        isAfterOther = c < 128 || isLookAlikeScript(script);
    }
    return false;
}

QString displayDomain(const QString &domain)
{
    const QString unicode = toUnicodeDomain(domain);
    if (isPlain(unicode))
        return unicode;
    if (toAsciiDomain(unicode).isEmpty()) {
        QString shown = withoutControls(domain);
        for (QChar &c : shown) {
            if (c.unicode() > 127)
                c = QChar::ReplacementCharacter;
        }
        return shown;
    }
    QStringList labels = unicode.split(u'.');
    for (QString &label : labels) {
        if (isConfusable(label))
            label = toAsciiDomain(label);
    }
    return labels.join(u'.');
}

QString displayMailbox(const QString &mailbox)
{
    const qsizetype at = mailbox.lastIndexOf(u'@');
    if (at < 0)
        return withoutControls(mailbox);
    return withoutControls(mailbox.left(at)) + u'@' + displayDomain(mailbox.mid(at + 1));
}

} // namespace mime
