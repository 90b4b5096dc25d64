// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/RelaySight.h"

#include "ui/AttachmentBar.h"
#include "ui/Signs.h"
#include "ui/Theme.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <algorithm>

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

/// Also of what a store keeps with bare line feeds.
QByteArray headerOf(const QByteArray &octets)
{
    const qsizetype canonical = octets.indexOf("\r\n\r\n");
    const qsizetype bare = octets.indexOf("\n\n");
    const qsizetype end = canonical < 0 || (bare >= 0 && bare < canonical) ? bare : canonical;
    return end < 0 ? octets : octets.left(end);
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

QString items(const QStringList &lines)
{
    QString html;
    for (const QString &line : lines)
        html += (html.isEmpty() ? u""_s : u"<br>"_s) + u"\u2022 "_s + line.toHtmlEscaped();
    return html;
}

QString coloured(const QString &title, const QString &html, Tone tone, const QPalette &palette)
{
    return u"<table width=\"100%\" cellpadding=\"8\" style=\"margin-top:8px\"><tr><td bgcolor=\"%1\"><b><font color=\"%2\">%3</font></b><br>%4</td></tr></table>"_s
        .arg(toneGround(tone, palette).name(), toneColor(tone, palette).name(), title.toHtmlEscaped(), html);
}

QString placeText(const app::RelayReader &reader)
{
    if (reader.isBetrayed)
        return Text::tr("a blind copy that the list betrays");
    if (reader.isSender)
        return Text::tr("the sender");
    if (reader.isVisible)
        return Text::tr("named in the header");
    if (reader.isInEnvelope)
        return Text::tr("gets it, and is not named");
    return reader.isKnown() ? Text::tr("does not get it") : Text::tr("no known certificate has this number");
}

QString identifierText(const app::RelayReader &reader)
{
    return reader.serial.isEmpty() ? Text::tr("key %1").arg(reader.keyIdentifier) : Text::tr("%1, serial number %2").arg(reader.issuer, reader.serial);
}

QString readersTable(const app::RelayAssessment &found, const QPalette &palette)
{
    QString rows;
    for (const app::RelayReader &reader : found.readers) {
        const QString who = reader.isKnown() ? reader.addresses.join(u", "_s) : identifierText(reader);
        const QString place = placeText(reader).toHtmlEscaped();
        rows += u"<tr><td>%1</td><td>%2</td><td>%3</td></tr>"_s.arg(who.toHtmlEscaped(), reader.isBetrayed ? u"<b><font color=\"%1\">%2</font></b>"_s.arg(toneColor(Tone::Bad, palette).name(), place) : place,
                                                                     reader.algorithm.toHtmlEscaped());
    }
    return u"<table width=\"100%\" cellpadding=\"2\">%1</table>"_s.arg(rows);
}

QString findings(const app::RelayMessage &message, const QPalette &palette)
{
    const app::RelayAssessment &found = message.assessment;
    QStringList sentences = app::assessmentSentences(found);
    const QString headline = sentences.takeFirst();
    const app::Severity severity = app::assessmentSeverity(found);
    QString html = coloured(headline, items(sentences), severity == app::Severity::Neutral ? Tone::Accent : toneOf(severity), palette);
    QStringList marks;
    for (const app::FaultMark &mark : message.faults)
        marks += mark.note.isEmpty() ? app::faultMarkText(mark) : u"%1 (%2)"_s.arg(app::faultMarkText(mark), mark.note);
    if (!marks.isEmpty())
        html += coloured(Text::tr("Fault rules touched it"), items(marks), Tone::Caution, palette);
    if (!found.readers.isEmpty())
        html += u"<p style=\"margin-top:10px; margin-bottom:0\"><b>%1</b></p>"_s.arg(Text::tr("Who can read it").toHtmlEscaped()) + readersTable(found, palette);
    if (!found.structure.isEmpty())
        html += paragraph(Text::tr("Structure"), found.structure.toHtmlEscaped());
    return html;
}

} // namespace

Inside declaredInside(const QByteArray &octets)
{
    QByteArray type;
    const QByteArrayList lines = headerOf(octets).toLower().split('\n');
    for (const QByteArray &line : lines) {
        const bool isContinued = line.startsWith(' ') || line.startsWith('\t');
        if (line.startsWith("content-type:") || (isContinued && !type.isEmpty()))
            type += line.trimmed();
        else if (!type.isEmpty())
            break;
    }
    // Parameters and subjects may say what they like.
    const QByteArray media = type.mid(int(qstrlen("content-type:"))).split(';').constFirst().trimmed();
    if (media == "multipart/signed")
        return Inside::Signed;
    if (media != "application/pkcs7-mime" && media != "application/x-pkcs7-mime")
        return Inside::Plain;
    return type.contains("enveloped-data") ? Inside::Encrypted : type.contains("signed-data") ? Inside::Signed : Inside::Plain;
}

Inside foundInside(const smime::Verdict &verdict)
{
    using enum smime::LayerKind;
    const auto outermost = std::find_if(verdict.layers.begin(), verdict.layers.end(), [](const smime::Layer &layer) { return layer.kind != Compressed; });
    const bool isPart = verdict.signature.coverage == smime::Coverage::Part || verdict.warnings.contains(smime::warning::EncryptedPart)
        || verdict.warnings.contains(smime::warning::SignedPart);
    if (outermost == verdict.layers.end() || (isPart && (outermost->kind == Signed || outermost->part != "1"_L1)))
        return Inside::Plain;
    if (outermost->kind != Signed)
        return Inside::Encrypted;
    return verdict.signature.axes.integrity == smime::Integrity::Invalid ? Inside::Plain : Inside::Signed;
}

QString serverSightHtml(const QByteArray &octets, Inside inside, const QPalette &palette)
{
    const QByteArray header = headerOf(octets);
    const QByteArray body = octets.mid(header.size()).trimmed();
    const Tone tone = inside == Inside::Encrypted ? Tone::Good : Tone::Caution;
    QString html = coloured(Text::tr("What it cannot see"), hiddenList(inside), tone, palette);
    html += paragraph(Text::tr("Outer headers"), preformatted(header, kShownHeader));
    return html + paragraph(inside == Inside::Encrypted ? Text::tr("The sealed block") : Text::tr("The letter"), preformatted(body, kShownBody));
}

QString relaySightHtml(const app::RelayMessage &envelope, const QByteArray &octets, const QPalette &palette)
{
    return findings(envelope, palette) + paragraph(Text::tr("Envelope"), Text::tr("from %1").arg(envelope.sender).toHtmlEscaped() + u"<br>"_s + Text::tr("for %1").arg(envelope.recipients.join(u", "_s)).toHtmlEscaped())
        + paragraph(Text::tr("Size"), sizeText(octets.size()).toHtmlEscaped())
        // The same number stands in the reader's inspector: what arrived is what lay here.
        + paragraph(Text::tr("SHA-256"), preformatted(QCryptographicHash::hash(octets, QCryptographicHash::Sha256).toHex(), kShownHeader)) + serverSightHtml(octets, declaredInside(octets), palette);
}

} // namespace ui
