// SPDX-License-Identifier: GPL-3.0-or-later
#include "mime/Body.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace mime {

namespace {

bool isAttached(const Part &part)
{
    return part.disposition.value == "attachment";
}

bool isRich(const Part &part)
{
    return part.isType("text/enriched") || part.isType("text/richtext");
}

bool isInline(const Part &part)
{
    return part.disposition.value == "inline";
}

// In a form that is made for reading. A name does not make it a file: many programs name every part.
bool isLetter(const Part &part)
{
    return (part.isType("text/plain") || part.isType("text/html") || isRich(part)) && !isAttached(part);
}

// A text with a name is meant to be saved, unless it is said to be read where it stands.
bool isReadable(const Part &part)
{
    return isLetter(part) && (part.fileName().isEmpty() || isInline(part));
}

// RFC 2046 section 4.1.4: a kind of text that one does not know is read as plain text. These are data for programs, and say it by their name.
bool isOtherText(const Part &part)
{
    constexpr std::array<QByteArrayView, 7> kData{"text/calendar", "text/vcard", "text/x-vcard", "text/directory", "text/rtf", "text/css", "text/rfc822-headers"};
    const QByteArrayView type(part.type.value);
    return type.startsWith("text/") && !isAttached(part) && !isLetter(part) && std::find(kData.begin(), kData.end(), type) == kData.end();
}

// Lines of fields (RFC 3464, RFC 8098). Some servers send them with no word beside them.
bool isReport(const Part &part)
{
    return part.isType("message/delivery-status") || part.isType("message/disposition-notification");
}

bool isSealedBelow(const Part &part, const Part &root)
{
    return &part != &root && (part.isType("multipart/encrypted") || (part.isType("multipart/signed") && isAttached(part)));
}

class Selector
{
public:
    explicit Selector(const Part &root) : m_root(root) {}

    BodySelection run()
    {
        visit(m_root);
        if (isNothingRead())
            std::copy_if(m_selection.attachments.begin(), m_selection.attachments.end(), std::back_inserter(m_selection.texts), [](const Part *part) { return isReport(*part); });
        return std::move(m_selection);
    }

private:
    void visit(const Part &part)
    {
        if (isSealedBelow(part, m_root) || part.isType("message/rfc822") || part.isType("message/global"))
            attach(part);
        else if (part.isMultipart() && part.children.empty())
            m_selection.texts.push_back(&part); // nothing but preamble: shown rather than lost
        else if (part.isType("multipart/signed"))
            visitSigned(part);
        else if (part.isType("multipart/alternative"))
            visitAlternative(part);
        else if (part.isType("multipart/related"))
            visitRelated(part);
        else if (part.isMultipart())
            visitAll(part);
        else
            visitLeaf(part);
    }

    void visitAll(const Part &part)
    {
        for (const Part &child : part.children)
            visit(child);
    }

    // What was signed is in clear: a letter that a list put together with its footer, or one that was signed by other means than ours
    // (RFC 3156). Nothing is claimed for it here.
    void visitSigned(const Part &part)
    {
        visit(part.children.front());
        for (auto child = part.children.begin() + 1; child != part.children.end(); ++child)
            attach(*child);
    }

    // What has a name is a file as well, whether it is read or not.
    void visitLeaf(const Part &part)
    {
        const bool isRead = isReadable(part) || (isLetter(part) && isNothingRead()) || (isOtherText(part) && isInline(part)) || isAllThereIs(part);
        if (isRead)
            read(part);
        if (!isRead || !isLetter(part) || !part.fileName().isEmpty())
            attach(part);
    }

    void read(const Part &part)
    {
        if (!part.isType("text/html"))
            m_selection.texts.push_back(&part);
        else if (!m_selection.html)
            takeHtml(part);
        else
            m_selection.htmlRest.push_back({&part, m_selection.texts.size()}); // a second HTML document is never joined with the first
    }

    [[nodiscard]] bool isNothingRead() const { return m_selection.texts.empty() && !m_selection.html; }

    // An invitation that comes alone says more as it stands than an empty letter does.
    [[nodiscard]] bool isAllThereIs(const Part &part) const
    {
        return &part == &m_root && (isOtherText(part) || (part.isType("text/calendar") && !isAttached(part)));
    }

    void takeHtml(const Part &part)
    {
        m_selection.html = &part;
        m_selection.htmlBegin = m_selection.htmlEnd = m_selection.texts.size();
    }

    // Every alternative is visited, so that text and HTML are both at hand; others, such as calendars, become attachments. What stands around the HTML
    // inside its own alternative is no other version of it.
    void visitAlternative(const Part &part)
    {
        const bool hadHtml = m_selection.html != nullptr;
        const std::size_t begin = m_selection.texts.size();
        std::size_t before = begin;
        std::size_t after = begin;
        std::size_t rest = m_selection.htmlRest.size();
        for (const Part &child : part.children) {
            const std::size_t count = m_selection.texts.size();
            const bool isStillWithout = m_selection.html == nullptr;
            if (isRich(child) && count > begin)
                attach(child); // the same words as in the text
            else if (isLetter(child))
                read(child);
            else
                visit(child);
            if (isStillWithout && m_selection.html) {
                before = count;
                after = m_selection.texts.size();
                rest = m_selection.htmlRest.size();
            }
        }
        if (!hadHtml || m_selection.texts.size() > begin)
            attachRestFrom(rest);
        if (!hadHtml && m_selection.html && (before > begin || m_selection.texts.size() > after))
            m_selection.htmlRestBegin = m_selection.htmlRest.size();
        if (!hadHtml && m_selection.html && m_selection.htmlBegin == before)
            m_selection.htmlBegin = begin;
        if (!hadHtml && m_selection.html && m_selection.htmlEnd == after)
            m_selection.htmlEnd = m_selection.texts.size();
    }

    // Other versions of what is read already.
    void attachRestFrom(std::size_t index)
    {
        for (std::size_t i = index; i < m_selection.htmlRest.size(); ++i)
            attach(*m_selection.htmlRest[i].part);
        m_selection.htmlRest.resize(index);
    }

    void visitRelated(const Part &part)
    {
        const QByteArray start = part.type.parameter("start").toLatin1();
        const auto named = std::find_if(part.children.begin(), part.children.end(), [&start](const Part &child) {
            return !start.isEmpty() && child.contentId == start;
        });
        const auto html = std::find_if(part.children.begin(), part.children.end(), [](const Part &child) {
            return child.isType("text/html") || child.isType("multipart/alternative");
        });
        // Without a start the first part is the root (RFC 2387 section 3.2); where that is a picture, the HTML is.
        auto root = named != part.children.end() ? named : part.children.begin();
        if (named == part.children.end() && html != part.children.end() && !isReadable(*root) && !root->isMultipart())
            root = html;
        if (isLetter(*root))
            read(*root);
        else
            visit(*root);
        for (const Part &child : part.children) {
            if (&child == &*root)
                continue;
            if (child.contentId.isEmpty() || isAttached(child))
                visit(child);
            else
                m_selection.related.push_back(&child);
        }
    }

    void attach(const Part &part) { m_selection.attachments.push_back(&part); }

    const Part &m_root;
    BodySelection m_selection;
};

} // namespace

BodySelection selectBody(const Part &root)
{
    return Selector(root).run();
}

} // namespace mime
