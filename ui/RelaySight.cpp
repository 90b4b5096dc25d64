// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/RelaySight.h"

#include "ui/AttachmentBar.h"
#include "ui/Theme.h"

#include <QCoreApplication>
#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr qsizetype kShownBody = 1600;
constexpr qsizetype kShownHeader = 3000;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(ui::RelaySight)
};

QString paragraph(const QString &title, const QString &html) { return u"<p style=\"margin-top:10px\"><b>%1</b><br>%2</p>"_s.arg(title.toHtmlEscaped(), html); }

QString preformatted(const QByteArray &octets, qsizetype most)
{
    QString text = QString::fromUtf8(octets.left(most)).remove(u'\r').toHtmlEscaped();
    if (octets.size() > most)
        text += u"\n\u2026"_s;
    return u"<span style=\"white-space:pre-wrap; font-family:monospace\">%1</span>"_s.arg(text);
}

enum class Inside { Plain, Signed, Encrypted };

// By the Content-Type alone, as a carrier would; a subject may say what it likes.
Inside insideOf(const QByteArray &header)
{
    QByteArray type;
    for (const QByteArray &line : header.toLower().split('\n')) {
        const bool isContinued = line.startsWith(' ') || line.startsWith('\t');
        if (line.startsWith("content-type:") || (isContinued && !type.isEmpty()))
            type += line.trimmed();
        else if (!type.isEmpty())
            break;
    }
    if (type.contains("enveloped-data"))
        return Inside::Encrypted;
    return type.contains("multipart/signed") || type.contains("signed-data") ? Inside::Signed : Inside::Plain;
}

QString hiddenList(Inside inside)
{
    switch (inside) {
    case Inside::Encrypted:
        return u"\u2022 %1<br>\u2022 %2<br>\u2022 %3<br>\u2022 %4"_s.arg(Text::tr("the words of the letter").toHtmlEscaped(), Text::tr("the real subject").toHtmlEscaped(),
                                                                                 Text::tr("who signed it, and whether anybody did").toHtmlEscaped(), Text::tr("the names and contents of attachments").toHtmlEscaped());
    case Inside::Signed: return Text::tr("Nothing is hidden: this letter is signed but not encrypted. The relay could not change it unnoticed.").toHtmlEscaped();
    case Inside::Plain: return Text::tr("Nothing is hidden, and the relay could change every word of it.").toHtmlEscaped();
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace

QString serverSightHtml(const QByteArray &octets, const QPalette &palette)
{
    const qsizetype end = octets.indexOf("\r\n\r\n");
    const QByteArray header = end < 0 ? octets : octets.left(end);
    const QByteArray body = end < 0 ? QByteArray() : octets.mid(end + 4);
    const Inside inside = insideOf(header);
    const Tone tone = inside == Inside::Encrypted ? Tone::Good : Tone::Caution;
    QString html = u"<table width=\"100%\" cellpadding=\"8\" style=\"margin-top:8px\"><tr><td bgcolor=\"%1\"><b><font color=\"%2\">%3</font></b><br>%4</td></tr></table>"_s
                .arg(toneGround(tone, palette).name(), toneColor(tone, palette).name(), Text::tr("What it cannot see").toHtmlEscaped(), hiddenList(inside));
    html += paragraph(Text::tr("Outer headers"), preformatted(header, kShownHeader));
    return html + paragraph(inside == Inside::Encrypted ? Text::tr("The sealed block") : Text::tr("The letter"), preformatted(body, kShownBody));
}

QString relaySightHtml(const app::RelayMessage &envelope, const QByteArray &octets, const QPalette &palette)
{
    return paragraph(Text::tr("Envelope"), Text::tr("from %1").arg(envelope.sender).toHtmlEscaped() + u"<br>"_s + Text::tr("for %1").arg(envelope.recipients.join(u", "_s)).toHtmlEscaped())
        + paragraph(Text::tr("Size"), sizeText(octets.size()).toHtmlEscaped())
        // The same number stands in the reader's inspector: what arrived is what lay here.
        + paragraph(Text::tr("SHA-256"), preformatted(QCryptographicHash::hash(octets, QCryptographicHash::Sha256).toHex(), kShownHeader)) + serverSightHtml(octets, palette);
}

} // namespace ui
