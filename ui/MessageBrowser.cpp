// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/MessageBrowser.h"

#include "ui/FocusMark.h"
#include "ui/Theme.h"

#include <QBuffer>
#include <QEvent>
#include <QImageReader>
#include <QRegularExpression>
#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int kLongestPictureSide = 4000;
constexpr int kMostPictureMegabytes = 64;

// Formats that are nothing but points. Qt's reader of SVG opens what such a picture names: a file of this computer, or a FIFO that never answers.
bool isRaster(const QByteArray &format)
{
    constexpr std::array<QByteArrayView, 6> kRaster{"png", "jpeg", "jpg", "gif", "webp", "bmp"};
    return std::find(kRaster.begin(), kRaster.end(), format) != kRaster.end();
}

// A picture that is small on the wire may be huge in memory: its size is asked for before it is read. Its octets say what it is, not its type.
QImage readPicture(QByteArray octets)
{
    if (octets.isEmpty())
        return {};
    QBuffer buffer(&octets);
    QImageReader reader(&buffer);
    if (!isRaster(reader.format()))
        return {};
    reader.setAllocationLimit(kMostPictureMegabytes);
    const QSize size = reader.size();
    if (size.width() > kLongestPictureSide || size.height() > kLongestPictureSide)
        reader.setScaledSize(size.scaled(kLongestPictureSide, kLongestPictureSide, Qt::KeepAspectRatio));
    return reader.read();
}

// The path of a data: URL, RFC 2397; only base64, which is all that the reduction lets through.
QByteArray octetsOf(const QString &path)
{
    const qsizetype comma = path.indexOf(u',');
    return comma < 0 || !path.left(comma).endsWith(";base64"_L1) ? QByteArray() : QByteArray::fromBase64(path.mid(comma + 1).toLatin1());
}

QImage nothing()
{
    QImage image(1, 1, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    return image;
}

QString withLinks(const QString &text)
{
    static const QRegularExpression link(uR"((?:https?://|mailto:)[^\s<>"]+[^\s<>".,;:!?)\]'])"_s);
    QString html;
    qsizetype from = 0;
    for (auto matches = link.globalMatch(text); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        html += text.mid(from, match.capturedStart() - from).toHtmlEscaped();
        const QString address = match.captured().toHtmlEscaped();
        html += u"<a href=\"%1\">%1</a>"_s.arg(address);
        from = match.capturedEnd();
    }
    return html + text.mid(from).toHtmlEscaped();
}

} // namespace

MessageBrowser::MessageBrowser(QWidget *parent, qint64 mostPictureOctets) : QTextBrowser(parent), m_mostPictureOctets(mostPictureOctets)
{
    setObjectName(u"messageText"_s);
    setAccessibleName(tr("Message text"));
    setOpenLinks(false);
    setTabChangesFocus(true);
    setFrameShape(QFrame::NoFrame);
    setUndoRedoEnabled(false);
    keepFromEdges();
    setTextInteractionFlags(Qt::TextBrowserInteraction);
    new FocusMark(this);
    connect(this, &QTextBrowser::anchorClicked, this, &MessageBrowser::linkRequested);
}

// Not by the document's margin alone: a picture that floats, or is wider than the page, lies over that.
void MessageBrowser::keepFromEdges()
{
    constexpr int kOfDocument = 4;
    constexpr int kOfView = kAround - kOfDocument;
    document()->setDocumentMargin(kOfDocument);
    setViewportMargins(kOfView, kOfView, kOfView, 0);
}

void MessageBrowser::showText(const QString &text)
{
    // Flowed by the window's width, but with the writer's own line ends and spaces.
    showHtml(u"<div style=\"white-space: pre-wrap\">%1</div>"_s.arg(withLinks(text)));
}

void MessageBrowser::showHtml(const QString &html, const QHash<QString, QByteArray> &pictures)
{
    m_pictures = pictures;
    m_html = html;
    render();
}

void MessageBrowser::render()
{
    clear();
    m_pictureOctets = 0;
    document()->setDefaultStyleSheet(u"a { color: %1; } blockquote { color: %2; }"_s.arg(palette().color(QPalette::Link).name(), mutedText(palette()).name()));
    setHtml(m_html);
}

QImage MessageBrowser::pictureOf(const QUrl &name) const
{
    if (name.scheme() == "cid"_L1)
        return readPicture(m_pictures.value(name.path(QUrl::FullyDecoded)));
    return name.scheme() == "data"_L1 ? readPicture(octetsOf(name.path(QUrl::FullyDecoded))) : QImage();
}

QVariant MessageBrowser::loadResource(int type, const QUrl &name)
{
    if (type != QTextDocument::ImageResource)
        return QByteArray();
    // Each is small on the wire, and a letter has room for hundreds.
    const QImage picture = m_pictureOctets < m_mostPictureOctets ? pictureOf(name) : QImage();
    m_pictureOctets += picture.sizeInBytes();
    // Never nothing: for an empty answer QTextDocument takes the name for a file's and reads it, a FIFO too.
    return picture.isNull() ? QVariant(nothing()) : QVariant(picture);
}

// A message has no second page; without this a link within it would be loaded as a file.
void MessageBrowser::doSetSource(const QUrl &, QTextDocument::ResourceType) {}

void MessageBrowser::changeEvent(QEvent *event)
{
    QTextBrowser::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_html.isEmpty())
        render();
}

} // namespace ui
