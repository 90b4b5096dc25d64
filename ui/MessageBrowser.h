// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QImage>
#include <QTextBrowser>

namespace ui {

/// The text of one message. Serves pictures of this very message and nothing else: no file, no device, no
/// network, whatever the HTML refers to (a plain QTextBrowser reads file:/// and hangs on a FIFO). Nothing that it shows touches its edges.
class MessageBrowser : public QTextBrowser
{
    Q_OBJECT

public:
    /// The pictures of one message take no more than about `mostPictureOctets` of memory; what comes after is left blank.
    explicit MessageBrowser(QWidget *parent = nullptr, qint64 mostPictureOctets = qint64{256} << 20);

    /// Shows plain text, with its links made clickable.
    void showText(const QString &text);
    /// Shows HTML that was reduced already. `pictures` maps a Content-ID without angle brackets to the octets.
    void showHtml(const QString &html, const QHash<QString, QByteArray> &pictures = {});

    /// What is shown, as HTML that was reduced, and its pictures.
    [[nodiscard]] const QString &html() const { return m_html; }
    [[nodiscard]] const QHash<QString, QByteArray> &pictures() const { return m_pictures; }

    QVariant loadResource(int type, const QUrl &name) override;

Q_SIGNALS:
    /// The person clicked a link; nothing was opened.
    void linkRequested(const QUrl &link);

protected:
    void changeEvent(QEvent *event) override;
    void doSetSource(const QUrl &name, QTextDocument::ResourceType type) override;

private:
    void keepFromEdges();
    void render();
    [[nodiscard]] QImage pictureOf(const QUrl &name) const;

    const qint64 m_mostPictureOctets;
    qint64 m_pictureOctets = 0; ///< In memory, of what is shown.
    QString m_html;
    QHash<QString, QByteArray> m_pictures;
};

} // namespace ui
