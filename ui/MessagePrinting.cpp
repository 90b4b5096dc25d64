// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/MessagePrinting.h"

#include "app/MessageListModel.h"
#include "mime/Address.h"
#include "ui/AttachmentBar.h"
#include "ui/AttachmentSaving.h"
#include "ui/Dates.h"
#include "ui/MessageBrowser.h"
#include "ui/MessageView.h"
#include "ui/Theme.h"
#include "ui/VerdictBanner.h"

#include <QPrintDialog>
#include <QPrinter>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QString printedRow(const QString &name, const QString &value)
{
    return value.isEmpty() ? QString() : u"<tr><td><b>%1</b></td><td>%2</td></tr>"_s.arg(name.toHtmlEscaped(), value.toHtmlEscaped());
}

QString printedDate(const smime::OpenedMessage &message)
{
    const QDateTime date = message.date();
    return date.isValid() ? exactDate(date) : message.headerValue("Date");
}

QString printedAttachments(const smime::OpenedMessage &message)
{
    QStringList texts;
    for (const smime::Attachment &attachment : message.attachments) {
        QStringList words{sizeText(attachment.sizeOctets), attachmentNote(attachment, message.verdict.summary)};
        words.removeAll(QString());
        if (!attachment.isInline)
            texts += u"%1 (%2)"_s.arg(attachment.name.isEmpty() ? QString::fromLatin1(attachment.type) : attachment.name, words.join(u", "_s));
    }
    return texts.join(u", "_s);
}

// Above the line, where no message can write.
QString printedHead(const MessageView &view)
{
    const smime::OpenedMessage &message = view.message();
    const app::VerdictPresentation &verdict = view.banner()->presentation();
    return u"<h3>"_s + app::MessageListModel::subjectText(message.headerValue("Subject")).toHtmlEscaped() + u"</h3><table cellpadding=\"2\">"_s
        + printedRow(MessageView::tr("From"), message.headerValue("From")) + printedRow(MessageView::tr("Sent by"), message.headerValue("Sender"))
        + printedRow(MessageView::tr("To"), message.headerValue("To"))
        + printedRow(MessageView::tr("Copy to"), message.headerValue("Cc")) + printedRow(MessageView::tr("Date"), printedDate(message))
        + printedRow(MessageView::tr("Attachments"), printedAttachments(view.shownPart()))
        + printedRow(MessageView::tr("Security"), (verdict.headline + u' ' + verdict.readers).trimmed()) + u"</table><hr>"_s;
}

QString printedOutside(const QString &text)
{
    return text.isEmpty() ? QString() : u"<hr><div style=\"white-space: pre-wrap\">%1</div>"_s.arg(text.toHtmlEscaped());
}

} // namespace

std::unique_ptr<MessageBrowser> printedPage(const MessageView &view)
{
    auto page = std::make_unique<MessageBrowser>();
    page->setPalette(lightPalette()); // Paper is white.
    page->showHtml(printedHead(view) + view.browser()->html() + printedOutside(view.outsideText()), view.browser()->pictures());
    return page;
}

QString printedName(const MessageView &view)
{
    const smime::ShownField *from = view.message().header("From");
    const QList<mime::Address> senders = from ? mime::parseAddresses(from->raw) : QList<mime::Address>();
    return messageFileName(view.message(), view.message().headerValue("Subject"), senders.isEmpty() ? QString() : senders.constFirst().mailbox);
}

void askToPrint(MessageView *view)
{
    const auto printer = std::make_shared<QPrinter>(QPrinter::HighResolution);
    printer->setDocName(printedName(*view));
    auto *dialog = new QPrintDialog(printer.get(), view);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(MessageView::tr("Print message"));
    // Keys that were locked meanwhile have taken the text away.
    QObject::connect(dialog, &QDialog::accepted, view, [view, printer] {
        if (view->hasMessage())
            printedPage(*view)->document()->print(printer.get());
    });
    dialog->open();
}

} // namespace ui
