// SPDX-License-Identifier: GPL-3.0-or-later
#include "smime/OpenedBody.h"

#include "mime/Body.h"
#include "mime/HtmlReduction.h"
#include "smime/Attachments.h"

#include <QRegularExpression>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace smime {

namespace {

constexpr QByteArrayView kLegacyDisplay{"hp-legacy-display"};

bool isLegacyDisplay(const mime::Part &part, HeaderScheme scheme)
{
    return scheme == HeaderScheme::Cipher && part.type.parameter(kLegacyDisplay) == "1"_L1;
}

// RFC 9788 section 4.5.3: what older programs see in place of the hidden subject; a program that knows the real one drops it.
QString withoutLegacyDisplay(const QString &text)
{
    static const QRegularExpression block(u"\\A(?:[!-9;-~]+:[^\\n]*\\n(?:[ \\t][^\\n]*\\n)*)+\\n"_s);
    const QRegularExpressionMatch match = block.match(text);
    return match.hasMatch() ? text.sliced(match.capturedEnd()) : text;
}

// The same in HTML: the first element of that class. Looked for once from each end, since a stranger's letter may repeat the beginning and never end it.
QString withoutLegacyDisplayHtml(const QString &html)
{
    const qsizetype name = html.indexOf("header-protection-legacy-display"_L1, 0, Qt::CaseInsensitive);
    const qsizetype begin = name < 0 ? -1 : html.lastIndexOf(u'<', name);
    const qsizetype tagEnd = begin < 0 ? -1 : html.indexOf(u'>', begin);
    if (tagEnd < name || !QStringView(html).sliced(begin).startsWith("<div"_L1, Qt::CaseInsensitive))
        return html;
    const qsizetype end = html.indexOf("</div>"_L1, tagEnd, Qt::CaseInsensitive);
    return end < 0 ? html : html.first(begin) + html.sliced(end + 6);
}

// The draft before RFC 9788 put the copy of the headers into a part of its own.
bool isDraftDisplayPart(const mime::Part &part, const mime::Part &root, HeaderScheme scheme)
{
    const bool isFirstChild = root.isMultipart() && !root.children.empty() && &root.children.front() == &part;
    return scheme == HeaderScheme::Draft && isFirstChild && part.type.parameter("protected-headers") == "v1"_L1;
}

QString joinedText(const Entity &payload, const mime::BodySelection &selection, const mime::Part &root, HeaderScheme scheme)
{
    QStringList texts;
    for (const mime::Part *part : selection.texts) {
        if (isDraftDisplayPart(*part, root, scheme))
            continue;
        QString text = plainTextOf(payload, *part);
        texts.append(isLegacyDisplay(*part, scheme) ? withoutLegacyDisplay(text) : std::move(text));
    }
    return texts.join(u"\n"_s);
}

void fillAttachments(OpenedMessage &message, const Entity &payload, const mime::BodySelection &selection, const mime::Part &root,
                     const BodyContext &context)
{
    for (const mime::Part *part : selection.attachments)
        if (!isDraftDisplayPart(*part, root, context.scheme))
            message.attachments.append(attachmentOf(payload, *part, context.protection));
    for (const mime::Part *part : selection.related) {
        Attachment attachment = attachmentOf(payload, *part, context.protection);
        attachment.isInline = true;
        message.attachments.append(attachment);
    }
}

mime::HtmlPolicy htmlPolicy(const QList<Attachment> &attachments, CryptographicStatus protection)
{
    mime::HtmlPolicy policy;
    if (protection == CryptographicStatus::None)
        policy.styles = mime::HtmlPolicy::Styles::KeepHarmless;
    for (const Attachment &attachment : attachments)
        if (!attachment.contentId.isEmpty())
            policy.contentIds.insert(attachment.contentId);
    return policy;
}

} // namespace

void fillBody(OpenedMessage &message, const Entity &payload, const BodyContext &context)
{
    const mime::Part &root = bodyRoot(payload.part(), context.scheme);
    const mime::BodySelection selection = mime::selectBody(root);
    message.text = joinedText(payload, selection, root, context.scheme);
    fillAttachments(message, payload, selection, root, context);
    if (!selection.html)
        return;
    QString html = mime::textOf(payload.octets, *selection.html).text;
    if (isLegacyDisplay(*selection.html, context.scheme))
        html = withoutLegacyDisplayHtml(html);
    const mime::ReducedHtml reduced = mime::reduceHtml(html, htmlPolicy(message.attachments, context.protection));
    if (reduced.remoteReferencesBlocked > 0)
        message.verdict.warnings.append(warning::RemoteContentBlocked);
    if (message.text.trimmed().isEmpty())
        message.text = reduced.plainText;
    if (context.html == HtmlUse::Render)
        message.html = reduced.html;
}

} // namespace smime
