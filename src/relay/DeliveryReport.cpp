// SPDX-License-Identifier: GPL-3.0-or-later
#include "relay/DeliveryReport.h"

#include "mime/Charset.h"
#include "net/SmtpDsn.h"
#include "net/SmtpGrammar.h"
#include "relay/MessageIntake.h"

#include <algorithm>

namespace relay {

namespace {

using Action = ReportEntry::Action;

/// What a next hop says may be long; a field is not. RFC 5322 section 2.1.1 allows 998.
constexpr qsizetype kReplyLimit = 800;

/// A stranger's words, on one line and in ASCII.
QByteArray oneLine(QByteArrayView text)
{
    QByteArray line = text.first(qMin(text.size(), kReplyLimit)).toByteArray();
    std::replace_if(line.begin(), line.end(), [](char c) { return c < 32 || c == 127 || static_cast<unsigned char>(c) > 127; }, '?');
    return line;
}

QByteArray wordOf(Action action)
{
    switch (action) {
    case Action::Failed: return "failed";
    case Action::Delayed: return "delayed";
    case Action::Delivered: return "delivered";
    case Action::Relayed: return "relayed";
    }
    Q_UNREACHABLE_RETURN({});
}

QByteArray subjectOf(const QList<ReportEntry> &entries)
{
    const Action first = entries.first().action;
    if (std::any_of(entries.cbegin(), entries.cend(), [first](const ReportEntry &entry) { return entry.action != first; }))
        return "What became of your message";
    switch (first) {
    case Action::Failed: return "Your message was not delivered";
    case Action::Delayed: return "Your message is delayed";
    case Action::Delivered: return "Your message was delivered";
    case Action::Relayed: return "Your message was handed on";
    }
    Q_UNREACHABLE_RETURN({});
}

QByteArray explanationOf(Action action)
{
    switch (action) {
    case Action::Failed: return "It could not be delivered, and it will not be tried again. Check the address; write to\r\nthe recipient in another way if the address is right.";
    case Action::Delayed: return "It could not be delivered yet. It is tried again by itself; do nothing.";
    case Action::Delivered: return "It lies in the recipient's mailbox.";
    case Action::Relayed: return "It was handed to a server that does not report. You will hear no more about it.";
    }
    Q_UNREACHABLE_RETURN({});
}

/// The part for people. English, as everything that the relay says to other computers.
QByteArray textFor(const ReportFacts &facts)
{
    QByteArray text = "This is the mail relay at " + facts.hostName + ", about a message that you sent.\r\n";
    for (const Action action : {Action::Failed, Action::Delayed, Action::Relayed, Action::Delivered}) {
        QByteArray lines;
        for (const ReportEntry &entry : facts.entries) {
            if (entry.action != action)
                continue;
            lines += "\r\n  <" + entry.address + ">\r\n";
            if (!entry.reply.isEmpty())
                lines += "    " + (entry.nextHop.isEmpty() ? QByteArray{} : entry.nextHop + ": ") + oneLine(entry.reply) + "\r\n";
            if (entry.retriesUntilMs > 0)
                lines += "    tried until " + mailDate(entry.retriesUntilMs) + "\r\n";
        }
        if (!lines.isEmpty())
            text += lines + "\r\n" + explanationOf(action) + "\r\n";
    }
    return text;
}

QByteArray addressField(const QByteArray &address)
{
    return (mime::isAscii(address) ? "rfc822; " : "utf-8; ") + address;
}

bool isReply(QByteArrayView text)
{
    return text.size() >= 3 && text.first(3).toByteArray().toInt() >= 200;
}

/// RFC 3464 section 2.3.
QByteArray recipientFields(const ReportEntry &entry)
{
    QByteArray fields;
    if (!entry.originalRecipient.isEmpty())
        fields += "Original-Recipient: " + net::originalRecipientField(entry.originalRecipient) + "\r\n";
    fields += "Final-Recipient: " + addressField(entry.address) + "\r\nAction: " + wordOf(entry.action) + "\r\nStatus: " + entry.status + "\r\n";
    if (!entry.nextHop.isEmpty())
        fields += "Remote-MTA: dns; " + entry.nextHop + "\r\n";
    if (!entry.reply.isEmpty())
        fields += (isReply(entry.reply) ? "Diagnostic-Code: smtp; " : "Diagnostic-Code: x-waxwing; ") + oneLine(entry.reply) + "\r\n";
    if (entry.triedMs > 0)
        fields += "Last-Attempt-Date: " + mailDate(entry.triedMs) + "\r\n";
    if (entry.retriesUntilMs > 0)
        fields += "Will-Retry-Until: " + mailDate(entry.retriesUntilMs) + "\r\n";
    return fields;
}

/// RFC 3464 section 2.1: fields of the message, then a group for each recipient, an empty line between.
QByteArray deliveryStatus(const ReportFacts &facts)
{
    QByteArray text;
    if (!facts.envelopeId.isEmpty())
        text += "Original-Envelope-Id: " + net::decodeXtext(facts.envelopeId).value() + "\r\n";
    text += "Reporting-MTA: dns; " + facts.hostName + "\r\nArrival-Date: " + mailDate(facts.arrivedMs) + "\r\n";
    for (const ReportEntry &entry : facts.entries)
        text += "\r\n" + recipientFields(entry);
    return text;
}

QByteArray typeOfReturned(const ReportFacts &facts)
{
    if (facts.isHeadUtf8)
        return facts.returnsText ? "message/global" : "message/global-headers";
    return facts.returnsText ? "message/rfc822" : "text/rfc822-headers";
}

QByteArray part(const QByteArray &boundary, const QByteArray &type, const QByteArray &body, bool isEightBit)
{
    return "--" + boundary + "\r\nContent-Type: " + type + "\r\n" + (isEightBit ? "Content-Transfer-Encoding: 8bit\r\n" : "") + "\r\n" + body;
}

} // namespace

DeliveryReport makeReport(const ReportFacts &facts)
{
    const QByteArray boundary = "waxwing-report-" + facts.token;
    const QByteArray text = textFor(facts);
    const QByteArray status = deliveryStatus(facts);
    const bool isStatusAscii = mime::isAscii(status);
    const bool isReturnedEightBit = facts.hasEightBit && (facts.returnsText || facts.isHeadUtf8);
    DeliveryReport report;
    report.before = "Date: " + mailDate(facts.nowMs) + "\r\nFrom: Mail relay <MAILER-DAEMON@" + facts.hostName + ">\r\nTo: <" + facts.sender
        + ">\r\nSubject: " + subjectOf(facts.entries) + "\r\nMessage-ID: <" + facts.token + '@' + facts.hostName
        + ">\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type="
        + (isStatusAscii ? "delivery-status" : "global-delivery-status") + ";\r\n\tboundary=\"" + boundary + "\"\r\n"
        + (isReturnedEightBit || !isStatusAscii ? "Content-Transfer-Encoding: 8bit\r\n" : "") + "\r\n";
    report.before += part(boundary, mime::isAscii(text) ? "text/plain; charset=us-ascii" : "text/plain; charset=utf-8", text, !mime::isAscii(text)) + "\r\n";
    report.before += part(boundary, isStatusAscii ? "message/delivery-status" : "message/global-delivery-status", status, !isStatusAscii) + "\r\n";
    report.before += part(boundary, typeOfReturned(facts), {}, isReturnedEightBit);
    report.after = "\r\n--" + boundary + "--\r\n";
    return report;
}

QByteArray statusOf(QByteArrayView reply, QByteArrayView otherwise)
{
    if (!isReply(reply) || (reply.front() != '4' && reply.front() != '5'))
        return otherwise.toByteArray();
    const QList<QByteArray> words = reply.toByteArray().split(' ');
    const QList<QByteArray> numbers = words.value(1).split('.');
    const bool isStatus = numbers.size() == 3 && numbers[0] == reply.first(1) && std::all_of(numbers.cbegin(), numbers.cend(), [](const QByteArray &number) {
        return !number.isEmpty() && number.size() <= 3 && std::all_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
    });
    return isStatus ? words[1] : QByteArray{reply.first(1).toByteArray() + ".0.0"};
}

bool isOneTooMany(QByteArrayView reply)
{
    const bool isCode = reply.startsWith("452") || reply.startsWith("552");
    return isCode && QList<QByteArray>{"4.5.3", "5.5.3", "4.0.0", "5.0.0"}.contains(statusOf(reply, {}));
}

QByteArrayView headOf(QByteArrayView text)
{
    if (text.startsWith("\r\n"))
        return text.first(0);
    const qsizetype end = text.indexOf("\r\n\r\n");
    return end < 0 ? text : text.first(end + 2);
}

} // namespace relay
