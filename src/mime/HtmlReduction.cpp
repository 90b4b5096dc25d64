// SPDX-License-Identifier: GPL-3.0-or-later
#include "mime/HtmlReduction.h"

#include "mime/HtmlAttributes.h"
#include "mime/HtmlElements.h"
#include "mime/HtmlPlainText.h"
#include "mime/HtmlTokens.h"

#include <QHash>

#include <vector>

using namespace Qt::StringLiterals;

namespace mime {

namespace {

using enum HtmlElementKind;

constexpr auto kDocumentBegin = "<html><body>"_L1;
constexpr auto kDocumentEnd = "</body></html>"_L1;

// Elements whose content is no text of the mail.
bool isDropped(QStringView name)
{
    return name == "svg"_L1 || name == "math"_L1 || name == "template"_L1;
}

int firstNumber(const HtmlToken &list)
{
    bool isNumber = false;
    const int start = list.attribute("start"_L1).toInt(&isNumber);
    return isNumber ? qBound(0, start, 100'000) : 1;
}

// Tokens in, balanced allow-list markup out. What is open is always a path of known elements, so every tag that is written gets closed and no
// input can nest deeper than the policy says.
class Reducer
{
public:
    explicit Reducer(const HtmlPolicy &policy) : m_policy(policy) {}

    ReducedHtml run(QStringView html)
    {
        m_result.wasTruncated = html.size() > m_policy.inputCharacters;
        HtmlTokens tokens(html.first(qMin(html.size(), m_policy.inputCharacters)));
        int nodes = 0;
        for (HtmlToken token = tokens.next(); token.kind != HtmlToken::Kind::End; token = tokens.next()) {
            if (++nodes > m_policy.nodes || m_result.html.size() + m_plain.size() > m_policy.outputCharacters) {
                m_result.wasTruncated = true;
                break;
            }
            take(token);
        }
        closeDownTo(0);
        m_result.html = kDocumentBegin + m_result.html + kDocumentEnd;
        m_result.plainText = m_plain.take();
        return std::move(m_result);
    }

private:
    struct Open {
        const HtmlElement *element;
        QString link; // of <a>: told in the plain text at its end
        qsizetype textBegin = 0;
        int number = 0; // of <ol>: the last item's
        qsizetype hiddenFrom = -1; // where the markup ended before it, if nobody is to see it
    };

    void take(const HtmlToken &token)
    {
        switch (token.kind) {
        case HtmlToken::Kind::Text:
            takeText(token.text);
            break;
        case HtmlToken::Kind::StartTag:
            takeStart(token);
            break;
        case HtmlToken::Kind::EndTag:
            takeEnd(token.name);
            break;
        case HtmlToken::Kind::Raw:
            if (token.name == "style"_L1)
                m_result.remoteReferencesBlocked += styleRefersOutside(token.text);
            else if (token.name == "textarea"_L1 || token.name == "xmp"_L1 || token.name == "plaintext"_L1)
                takeText(token.text);
            break;
        case HtmlToken::Kind::End:
            break;
        }
    }

    void takeText(const QString &text)
    {
        if (m_droppedDepth > 0)
            return;
        // One text is cut rather than let through whole, since a single token can be the whole input.
        const qsizetype room = qMax<qsizetype>(0, m_policy.outputCharacters - m_result.html.size());
        constexpr qsizetype kLongestReference = 6; // &quot;
        const bool isSure = text.size() <= room / kLongestReference;
        QString escaped = escapeHtml(isSure ? QStringView(text) : QStringView(text).first(qMin(text.size(), room)));
        QStringView kept = text;
        if (!isSure && (text.size() > room || escaped.size() > room)) {
            m_result.wasTruncated = true;
            kept = kept.first(qMin(text.size(), room / kLongestReference));
            escaped = escapeHtml(kept);
        }
        if (!kept.trimmed().isEmpty())
            enterCell();
        m_result.html += escaped;
        m_plain.addText(kept);
    }

    void takeStart(const HtmlToken &tag)
    {
        const int remote = countRemoteReferences(tag);
        if (isDropped(tag.name))
            ++m_droppedDepth;
        if (tag.name == "img"_L1 && m_droppedDepth == 0) {
            takePicture(tag);
            return;
        }
        m_result.remoteReferencesBlocked += remote;
        const HtmlElement *element = findHtmlElement(tag.name);
        // A block ends foreign content that was left open (HTML 13.2.6.5), so that no text after it is lost.
        if (element && element->kind != Inline && element->kind != Void)
            m_droppedDepth = 0;
        if (!element || m_droppedDepth > 0)
            return;
        if (element->kind == Void)
            takeVoid(*element);
        else
            open(*element, tag);
    }

    void takeVoid(const HtmlElement &element)
    {
        enterCell();
        m_result.html += u'<' + element.written + u'>';
        if (element.name == "br"_L1) {
            m_plain.breakLine();
        } else {
            m_plain.endLine();
            m_plain.addVerbatim(u"----------");
            m_plain.endLine();
        }
    }

    void takePicture(const HtmlToken &tag)
    {
        const QString source = pictureSource(tag.attribute("src"_L1));
        const QString text = tag.attribute("alt"_L1).simplified().left(200);
        enterCell();
        if (!source.isEmpty())
            m_result.html += "<img src=\""_L1 + escapeHtml(source) + u'"' + harmlessAttributes(*findHtmlElement(u"img"), tag, m_policy.styles) + u'>';
        else if (!text.isEmpty())
            m_result.html += u'[' + escapeHtml(text) + u']';
        if (!text.isEmpty())
            m_plain.addText(u'[' + text + u']');
        // srcset and the like are dropped in any case.
        HtmlToken others = tag;
        others.attributes.removeIf([](const HtmlAttribute &attribute) { return attribute.name == "src"_L1; });
        m_result.remoteReferencesBlocked += countRemoteReferences(others);
    }

    // What to write as src; empty if the picture must not be shown.
    QString pictureSource(const QString &url)
    {
        switch (referenceOf(url)) {
        case HtmlReference::None:
            return {};
        case HtmlReference::Local: {
            const QByteArray id = QByteArray::fromPercentEncoding(cleanUrl(url).mid(4).toUtf8());
            if (!m_policy.contentIds.contains(id))
                return {};
            if (!m_result.contentIds.contains(id))
                m_result.contentIds.append(id);
            return u"cid:"_s + QString::fromUtf8(id);
        }
        case HtmlReference::Picture: {
            const DataPicture picture = readDataPicture(url);
            m_dataOctets += picture.octets;
            return m_dataOctets <= m_policy.dataPictureOctets ? picture.url : QString();
        }
        case HtmlReference::Remote:
            ++m_result.remoteReferencesBlocked;
            return {};
        }
        Q_UNREACHABLE_RETURN({});
    }

    void open(const HtmlElement &element, const HtmlToken &tag)
    {
        closeImplied(element);
        if (element.kind == Row && !isInside(Table))
            return;
        if (element.kind == Cell && element.name != "caption"_L1 && !isInside(Row)) {
            if (!isInside(Table))
                return;
            push(*findHtmlElement(u"tr"), {});
        }
        const bool isStructural = element.kind == Row || element.kind == Cell || element.kind == Section;
        if (element.kind == Section && !isInside(Table))
            return;
        if (!isStructural)
            enterCell();
        push(element, tag);
    }

    void push(const HtmlElement &element, const HtmlToken &tag)
    {
        if (static_cast<int>(m_open.size()) >= m_policy.depth) {
            ++m_skipped[element.name];
            m_result.wasTruncated = true;
            return;
        }
        Open opened{&element, {}, m_plain.size(), element.name == "ol"_L1 ? firstNumber(tag) - 1 : 0, -1};
        if (isHidden(tag)) {
            opened.hiddenFrom = m_result.html.size();
            m_plain.changeHidden(1);
        }
        m_result.html += u'<' + element.written + harmlessAttributes(element, tag, m_policy.styles);
        if (element.name == "a"_L1) {
            const QString url = cleanUrl(tag.attribute("href"_L1));
            if (isClickable(url)) {
                opened.link = url;
                m_result.html += " href=\""_L1 + escapeHtml(url) + u'"';
            }
        }
        m_result.html += u'>';
        beginPlain(element);
        m_open.push_back(opened);
    }

    void beginPlain(const HtmlElement &element)
    {
        if (element.kind == Heading || element.name == "p"_L1)
            m_plain.beginParagraph();
        else if (element.name == "blockquote"_L1)
            m_plain.endParagraph();
        else if (element.written == "div"_L1)
            m_plain.beginLine();
        else if (element.kind == Cell && element.name != "caption"_L1)
            m_plain.addText(u" ");
        else if (element.kind != Inline)
            m_plain.endLine();
        if (element.name == "blockquote"_L1)
            m_plain.changeQuoteDepth(1);
        if (element.name == "pre"_L1)
            m_plain.changePreformatted(1);
        if (element.name == "li"_L1)
            m_plain.addMark(itemMark());
    }

    QString itemMark()
    {
        for (auto it = m_open.rbegin(); it != m_open.rend(); ++it) {
            if (it->element->kind == List)
                return it->element->name == "ol"_L1 ? QString::number(++it->number) + u". "_s : u"- "_s;
        }
        return u"- "_s;
    }

    void endPlain(const Open &open)
    {
        const HtmlElement &element = *open.element;
        const QString address = open.link.startsWith("mailto:"_L1, Qt::CaseInsensitive) ? open.link.mid(7) : open.link;
        if (!address.isEmpty() && !m_plain.endsWithLink(address, open.textBegin))
            m_plain.addText(" <"_L1 + address + u'>');
        if (element.name == "blockquote"_L1) {
            m_plain.endLine();
            m_plain.changeQuoteDepth(-1);
        }
        if (element.name == "pre"_L1)
            m_plain.changePreformatted(-1);
        if (element.kind == Heading || element.name == "p"_L1 || element.name == "blockquote"_L1 || element.kind == Table)
            m_plain.endParagraph();
        else if (element.kind != Inline && element.kind != Cell)
            m_plain.endLine();
    }

    void takeEnd(const QString &name)
    {
        if (isDropped(name))
            m_droppedDepth = qMax(0, m_droppedDepth - 1);
        if (name == "br"_L1)
            takeVoid(*findHtmlElement(u"br")); // </br> is a <br> (HTML 13.2.6.4.7)
        if (m_droppedDepth > 0)
            return;
        const HtmlElement *element = findHtmlElement(name);
        if (!element)
            return;
        if (int &skipped = m_skipped[element->name]; skipped > 0) {
            --skipped;
            return;
        }
        const bool isTableTag = element->kind == Row || element->kind == Cell || element->kind == Section;
        const auto isBarrier = [element, isTableTag](const HtmlElement &other) {
            return element->kind != Table && (other.kind == Table || (!isTableTag && other.kind == Cell));
        };
        closeNearest([element](const HtmlElement &other) { return other.name == element->name; }, isBarrier);
    }

    // What a start tag closes by itself: HTML 13.1.2.4, optional tags.
    void closeImplied(const HtmlElement &element)
    {
        const auto isTable = [](const HtmlElement &other) { return other.kind == Table; };
        const auto isTableOrCell = [](const HtmlElement &other) { return other.kind == Table || other.kind == Cell; };
        const auto isTableCellOrItem = [](const HtmlElement &other) { return other.kind == Table || other.kind == Cell || other.kind == Item; };
        if (element.kind == Cell)
            closeNearest([](const HtmlElement &other) { return other.kind == Cell; }, [](const HtmlElement &other) { return other.kind == Table || other.kind == Row; });
        else if (element.kind == Row)
            closeNearest([](const HtmlElement &other) { return other.kind == Row; }, isTable);
        else if (element.kind == Section) {
            closeNearest([](const HtmlElement &other) { return other.kind == Row; }, isTable);
            closeNearest([](const HtmlElement &other) { return other.kind == Section; }, isTable);
        } else if (element.kind == Item)
            closeNearest([](const HtmlElement &other) { return other.kind == Item; },
                         [](const HtmlElement &other) { return other.kind == Table || other.kind == Cell || other.kind == List; });
        else if (element.name == "a"_L1)
            closeNearest([](const HtmlElement &other) { return other.name == "a"_L1; }, isTableOrCell);
        if (element.kind != Inline && element.kind != Cell && element.kind != Row && element.kind != Section)
            closeNearest([](const HtmlElement &other) { return other.name == "p"_L1; }, isTableCellOrItem);
    }

    template <typename Wanted, typename Barrier>
    void closeNearest(Wanted isWanted, Barrier isBarrier)
    {
        for (std::size_t i = m_open.size(); i-- > 0;) {
            if (isWanted(*m_open[i].element)) {
                closeDownTo(i);
                return;
            }
            if (isBarrier(*m_open[i].element))
                return;
        }
    }

    void closeDownTo(std::size_t size)
    {
        while (m_open.size() > size) {
            m_result.html += "</"_L1 + m_open.back().element->written + u'>';
            endPlain(m_open.back());
            if (const qsizetype begin = m_open.back().hiddenFrom; begin >= 0) {
                m_result.html.truncate(begin);
                m_plain.changeHidden(-1);
            }
            m_open.pop_back();
        }
    }

    // Text directly in a table gets a cell of its own, so that the viewer's table stays a table.
    void enterCell()
    {
        const HtmlElementKind top = m_open.empty() ? Block : m_open.back().element->kind;
        if (top == Table || top == Section)
            push(*findHtmlElement(u"tr"), {});
        if (!m_open.empty() && m_open.back().element->kind == Row)
            push(*findHtmlElement(u"td"), {});
    }

    bool isInside(HtmlElementKind kind) const
    {
        for (std::size_t i = m_open.size(); i-- > 0;) {
            if (m_open[i].element->kind == kind)
                return true;
            if (m_open[i].element->kind == Table)
                return false;
        }
        return false;
    }

    const HtmlPolicy &m_policy;
    ReducedHtml m_result;
    HtmlPlainText m_plain;
    std::vector<Open> m_open;
    QHash<QLatin1StringView, int> m_skipped; // start tags beyond the depth limit whose end tags must not close others
    int m_droppedDepth = 0;
    qsizetype m_dataOctets = 0;
};

QString paragraphOf(const QString &text)
{
    return "<p>"_L1 + escapeHtml(text.trimmed()).replace(u'\n', "<br>"_L1) + "</p>"_L1;
}

} // namespace

ReducedHtml reduceHtml(const QString &html, const HtmlPolicy &policy)
{
    return Reducer(policy).run(html);
}

// Every element of what was reduced is closed, so nothing of it reaches into the texts, and they have no markup.
QString withTextAround(const QString &reduced, const QString &before, const QString &after)
{
    Q_ASSERT(reduced.startsWith(kDocumentBegin) && reduced.endsWith(kDocumentEnd));
    QString html = kDocumentBegin;
    if (!before.trimmed().isEmpty())
        html += paragraphOf(before) + "<hr>"_L1;
    html += QStringView(reduced).sliced(kDocumentBegin.size()).chopped(kDocumentEnd.size());
    if (!after.trimmed().isEmpty())
        html += "<hr>"_L1 + paragraphOf(after);
    return html + kDocumentEnd;
}

QString htmlToPlainText(const QString &html)
{
    return reduceHtml(html).plainText;
}

} // namespace mime
