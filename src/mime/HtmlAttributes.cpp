// SPDX-License-Identifier: GPL-3.0-or-later
#include "mime/HtmlAttributes.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace mime {

namespace {

constexpr int kWidestSpan = 100;   // a table of a million columns is a denial of service for the viewer
constexpr int kLargestLength = 4096;
constexpr qsizetype kLongestStyle = 4000;

constexpr std::array kFetchingAttributes{"src"_L1, "background"_L1, "poster"_L1, "data"_L1, "lowsrc"_L1, "dynsrc"_L1, "srcset"_L1, "longdesc"_L1, "xlink:href"_L1};

constexpr std::array kStyleProperties{"color"_L1, "background-color"_L1, "font-weight"_L1, "font-style"_L1, "font-family"_L1,
                                      "text-align"_L1, "text-decoration"_L1, "vertical-align"_L1, "text-indent"_L1};

template <std::size_t n>
bool isIn(const std::array<QLatin1StringView, n> &names, QStringView name)
{
    return std::any_of(names.begin(), names.end(), [name](QLatin1StringView known) { return known == name; });
}

QString written(QLatin1StringView name, QStringView value)
{
    return u' ' + name + "=\""_L1 + escapeHtml(value) + u'"';
}

// Digits, and a percent sign where that makes sense; larger values are cut.
QString boundedNumber(const QString &value, int largest)
{
    const QString text = value.trimmed();
    const bool isPercent = text.endsWith(u'%');
    bool isNumber = false;
    const int number = (isPercent ? text.chopped(1) : text).toInt(&isNumber);
    if (!isNumber || number < 0)
        return {};
    return QString::number(qMin(number, isPercent ? 100 : largest)) + (isPercent ? u"%"_s : QString());
}

bool isWord(QStringView value)
{
    return !value.isEmpty() && value.size() <= 40
        && std::all_of(value.begin(), value.end(), [](QChar c) { return c.unicode() < 128 && (c.isLetterOrNumber() || u"#-, "_s.contains(c)); });
}

bool isHarmlessStyleValue(QStringView value)
{
    const auto isPlain = [](QChar c) { return c.unicode() < 128 && (c.isLetterOrNumber() || u" #.,%-'()"_s.contains(c)); };
    return !value.isEmpty() && value.size() <= 200 && std::all_of(value.begin(), value.end(), isPlain)
        && (!value.contains(u'(') || value.startsWith("rgb"_L1, Qt::CaseInsensitive));
}

QString harmlessStyle(const QString &style)
{
    QString result;
    for (const QStringView declaration : QStringView(style).first(qMin(style.size(), kLongestStyle)).split(u';')) {
        const qsizetype colon = declaration.indexOf(u':');
        if (colon < 0)
            continue;
        const QString property = declaration.first(colon).trimmed().toString().toLower();
        const QStringView value = declaration.sliced(colon + 1).trimmed();
        // Without the margin that is not let through, a line that begins further left begins outside of the page: bullets of Word, or hidden words.
        const bool isOutdent = property == "text-indent"_L1 && value.startsWith(u'-');
        if (isIn(kStyleProperties, property) && isHarmlessStyleValue(value) && !isOutdent)
            result += property + u':' + value.toString() + u';';
    }
    return result;
}

QString lengths(const HtmlElement &element, const HtmlAttribute &attribute)
{
    const auto bounded = [&attribute](int largest) {
        const QString number = boundedNumber(attribute.value, largest);
        return number.isEmpty() ? QString() : u' ' + attribute.name + "=\""_L1 + number + u'"';
    };
    const bool isTable = element.kind == HtmlElementKind::Table;
    const bool isCell = element.kind == HtmlElementKind::Cell;
    if (attribute.name == "width"_L1 && (isTable || isCell || element.name == "img"_L1))
        return bounded(kLargestLength);
    if (attribute.name == "height"_L1 && element.name == "img"_L1)
        return bounded(kLargestLength);
    if (isCell && (attribute.name == "colspan"_L1 || attribute.name == "rowspan"_L1))
        return bounded(kWidestSpan);
    if (isTable && (attribute.name == "border"_L1 || attribute.name == "cellpadding"_L1 || attribute.name == "cellspacing"_L1))
        return bounded(20);
    if (element.name == "ol"_L1 && attribute.name == "start"_L1)
        return bounded(100'000);
    return {};
}

// Colours could imitate the verdict's banner, so they count as style.
QString colours(const HtmlElement &element, const HtmlAttribute &attribute)
{
    const bool isFont = element.name == "font"_L1 && (attribute.name == "color"_L1 || attribute.name == "face"_L1 || attribute.name == "size"_L1);
    const bool isGround = attribute.name == "bgcolor"_L1 && (element.kind == HtmlElementKind::Table || element.kind == HtmlElementKind::Cell || element.kind == HtmlElementKind::Row);
    if ((isFont || isGround) && isWord(attribute.value))
        return u' ' + attribute.name + "=\""_L1 + escapeHtml(attribute.value) + u'"';
    if (attribute.name == "style"_L1) {
        const QString style = harmlessStyle(attribute.value);
        return style.isEmpty() ? QString() : written("style"_L1, style);
    }
    return {};
}

} // namespace

QString cleanUrl(const QString &url)
{
    QString clean = url;
    clean.removeIf([](QChar c) { return c.unicode() <= 0x20 || (c.unicode() >= 0x7F && c.unicode() < 0xA0) || c == QChar(0x2028) || c == QChar(0x2029); });
    return clean;
}

HtmlReference referenceOf(const QString &url)
{
    const QString clean = cleanUrl(url);
    if (clean.isEmpty() || clean.startsWith(u'#'))
        return HtmlReference::None;
    if (clean.startsWith("cid:"_L1, Qt::CaseInsensitive))
        return HtmlReference::Local;
    return clean.startsWith("data:"_L1, Qt::CaseInsensitive) ? HtmlReference::Picture : HtmlReference::Remote;
}

bool isClickable(const QString &cleanedUrl)
{
    return cleanedUrl.startsWith("https://"_L1, Qt::CaseInsensitive) || cleanedUrl.startsWith("http://"_L1, Qt::CaseInsensitive)
        || cleanedUrl.startsWith("mailto:"_L1, Qt::CaseInsensitive);
}

bool styleRefersOutside(QStringView style)
{
    // Escapes are a way to write url( so that it is not found; a style with a backslash is taken to mean it.
    return style.contains("url("_L1, Qt::CaseInsensitive) || style.contains("@import"_L1, Qt::CaseInsensitive)
        || style.contains("image("_L1, Qt::CaseInsensitive) || style.contains("image-set("_L1, Qt::CaseInsensitive) || style.contains(u'\\');
}

int countRemoteReferences(const HtmlToken &tag)
{
    int count = 0;
    for (const HtmlAttribute &attribute : tag.attributes) {
        const bool fetches = isIn(kFetchingAttributes, attribute.name) || (tag.name == "link"_L1 && attribute.name == "href"_L1);
        count += fetches && referenceOf(attribute.value) == HtmlReference::Remote;
        count += attribute.name == "style"_L1 && styleRefersOutside(attribute.value);
    }
    return count;
}

bool isHidden(const HtmlToken &tag)
{
    bool isHidden = false;
    const QString style = tag.attribute("style"_L1);
    for (const QStringView declaration : QStringView(style).first(qMin(style.size(), kLongestStyle)).split(u';')) {
        const qsizetype colon = declaration.indexOf(u':');
        if (colon >= 0 && declaration.first(colon).trimmed().compare("display"_L1, Qt::CaseInsensitive) == 0)
            isHidden = declaration.sliced(colon + 1).trimmed().startsWith("none"_L1, Qt::CaseInsensitive);
    }
    return isHidden;
}

QString harmlessAttributes(const HtmlElement &element, const HtmlToken &tag, HtmlPolicy::Styles styles)
{
    QString result;
    QStringList seen;
    for (const HtmlAttribute &attribute : tag.attributes) {
        if (seen.contains(attribute.name)) // the first counts
            continue;
        seen.append(attribute.name);
        if (attribute.name == "align"_L1 || attribute.name == "valign"_L1 || attribute.name == "dir"_L1)
            result += isWord(attribute.value) ? u' ' + attribute.name + "=\""_L1 + escapeHtml(attribute.value) + u'"' : QString();
        else if (attribute.name == "alt"_L1 && element.name == "img"_L1) // No title: a tooltip is how the program speaks of the verdict and of files.
            result += u' ' + attribute.name + "=\""_L1 + escapeHtml(attribute.value.left(500)) + u'"';
        else
            result += lengths(element, attribute);
        if (styles == HtmlPolicy::Styles::KeepHarmless)
            result += colours(element, attribute);
    }
    return result;
}

DataPicture readDataPicture(const QString &url)
{
    const QString clean = cleanUrl(url);
    const qsizetype comma = clean.indexOf(u',');
    if (comma < 0)
        return {};
    const QString type = clean.left(comma).toLower();
    const bool isRaster = type == "data:image/png;base64"_L1 || type == "data:image/jpeg;base64"_L1 || type == "data:image/jpg;base64"_L1
        || type == "data:image/gif;base64"_L1 || type == "data:image/webp;base64"_L1;
    const QStringView data = QStringView(clean).sliced(comma + 1);
    const auto isBase64 = [](QChar c) { return c.unicode() < 128 && (c.isLetterOrNumber() || c == u'+' || c == u'/' || c == u'='); };
    if (!isRaster || data.isEmpty() || !std::all_of(data.begin(), data.end(), isBase64))
        return {};
    return {type + u',' + data.toString(), data.size() / 4 * 3};
}

} // namespace mime
