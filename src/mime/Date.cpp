// SPDX-License-Identifier: GPL-3.0-or-later
// Date and time of RFC 5322 sections 3.3 and 4.3, and what programs write instead.
#include "mime/Header.h"

#include <QLocale>
#include <QTimeZone>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace mime {

namespace {

struct NamedZone {
    QByteArrayView name;
    int hours;
};

constexpr std::array kZones{NamedZone{"ut", 0}, NamedZone{"gmt", 0}, NamedZone{"utc", 0}, NamedZone{"z", 0}, NamedZone{"edt", -4}, NamedZone{"est", -5},
                            NamedZone{"cdt", -5}, NamedZone{"cst", -6}, NamedZone{"mdt", -6}, NamedZone{"mst", -7}, NamedZone{"pdt", -7},
                            NamedZone{"pst", -8}, NamedZone{"cet", 1}, NamedZone{"cest", 2}, NamedZone{"met", 1}, NamedZone{"bst", 1}, NamedZone{"jst", 9}};

struct Fields {
    int day = 0, month = 0, year = -1;
    QTime time;
    int offsetSeconds = 0;
};

QByteArray withoutComments(QByteArrayView raw)
{
    QByteArray result;
    result.reserve(raw.size());
    int depth = 0;
    for (const char c : raw) {
        if (c == '(')
            ++depth;
        else if (c == ')')
            depth = qMax(0, depth - 1);
        else if (depth == 0)
            result += c == ',' || c == '\t' || c == '\r' || c == '\n' ? ' ' : c;
    }
    return result.simplified().toLower();
}

int monthOf(QByteArrayView word)
{
    static constexpr QByteArrayView kMonths("janfebmaraprmayjunjulaugsepoctnovdec");
    const qsizetype at = word.size() >= 3 ? kMonths.indexOf(word.first(3)) : -1;
    return at >= 0 && at % 3 == 0 ? static_cast<int>(at / 3) + 1 : 0;
}

QTime timeOf(QByteArrayView word)
{
    const qsizetype first = word.indexOf(':');
    const qsizetype last = word.indexOf(':', first + 1);
    if (first < 0 || word.count(':') > 2)
        return {};
    bool ok[3] = {true, true, true};
    const int hour = word.first(first).toInt(&ok[0]);
    const int minute = word.first(last < 0 ? word.size() : last).sliced(first + 1).toInt(&ok[1]);
    const int second = last < 0 ? 0 : word.sliced(last + 1, std::min<qsizetype>(2, word.size() - last - 1)).toInt(&ok[2]);
    return ok[0] && ok[1] && ok[2] ? QTime(hour, minute, qMin(second, 59)) : QTime(); // 60 is a leap second
}

// "+0100", and what programs make of it: "+01:00", "GMT+0100", "UTC+1".
std::optional<int> numericOffset(QByteArrayView word)
{
    const qsizetype sign = word.startsWith("gmt") || word.startsWith("utc") ? 3 : 0;
    const QByteArray digits = word.sliced(qMin(sign + 1, word.size())).toByteArray().replace(':', "");
    bool isNumber = false;
    uint number = digits.toUInt(&isNumber);
    if (!isNumber || digits.size() > 4 || (word[sign] != '+' && word[sign] != '-'))
        return {};
    number *= digits.size() > 2 ? 1 : 100;
    const int seconds = static_cast<int>(number / 100 * 60 + number % 100) * 60;
    return seconds > 14 * 3600 ? 0 : word[sign] == '-' ? -seconds : seconds;
}

void takeZone(QByteArrayView word, Fields &fields)
{
    const auto *zone = std::find_if(kZones.begin(), kZones.end(), [&word](const NamedZone &one) { return one.name == word; });
    if (zone != kZones.end())
        fields.offsetSeconds = zone->hours * 3600;
    else if (const std::optional<int> offset = numericOffset(word))
        fields.offsetSeconds = *offset;
}

void takeNumber(int number, qsizetype digits, Fields &fields)
{
    if (fields.day == 0 && digits <= 2 && number >= 1 && number <= 31)
        fields.day = number;
    else if (fields.year < 0)
        fields.year = digits > 3 ? number : digits == 3 || number >= 50 ? number + 1900 : number + 2000; // RFC 5322 section 4.3
}

// ISO 8601, as scripts write it. Without a zone it is UTC, as above.
std::optional<QDateTime> isoDate(const QByteArray &text)
{
    QDateTime time = QDateTime::fromString(QString::fromLatin1(text).toUpper(), Qt::ISODate);
    if (time.timeSpec() == Qt::LocalTime)
        time.setTimeZone(QTimeZone(QTimeZone::UTC));
    return time.isValid() && text.contains(':') ? std::optional{time} : std::nullopt;
}

} // namespace

std::optional<QDateTime> parseDate(QByteArrayView rawValue)
{
    Fields fields;
    const QByteArray text = withoutComments(rawValue.first(qMin<qsizetype>(rawValue.size(), 200)));
    for (const QLatin1StringView one : QLatin1StringView(text).tokenize(u' ')) {
        const QByteArrayView word = one;
        bool isNumber = false;
        const int number = word.toInt(&isNumber);
        if (word.contains(':') && !fields.time.isValid())
            fields.time = timeOf(word);
        else if (isNumber && word[0] != '+' && word[0] != '-')
            takeNumber(number, word.size(), fields);
        else if (fields.month == 0 && monthOf(word) > 0)
            fields.month = monthOf(word);
        else
            takeZone(word, fields);
    }
    const QDate date(fields.year, fields.month, fields.day);
    if (fields.year < 0 || !date.isValid())
        return isoDate(text);
    const QTime time = fields.time.isValid() ? fields.time : QTime(0, 0);
    const QTimeZone zone = fields.offsetSeconds == 0 ? QTimeZone(QTimeZone::UTC) : QTimeZone::fromSecondsAheadOfUtc(fields.offsetSeconds);
    return QDateTime(date, time, zone);
}

QByteArray formatDate(const QDateTime &time)
{
    const int minutes = time.offsetFromUtc() / 60;
    const int distance = qAbs(minutes);
    const QString zone = u"%1%2%3"_s.arg(minutes < 0 ? u"-"_s : u"+"_s).arg(distance / 60, 2, 10, QChar(u'0')).arg(distance % 60, 2, 10, QChar(u'0'));
    return (QLocale::c().toString(time, u"ddd, d MMM yyyy HH:mm:ss "_s) + zone).toLatin1();
}

} // namespace mime
