// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QToolButton;

namespace ui {

class FlowArea;

/// One attachment as the bar shows it.
struct AttachmentItem {
    QString name;
    QByteArray type;          ///< "application/pdf"
    qint64 sizeOctets = 0;
    QString note;             ///< Such as "not covered by the signature", shown beside the size; may be empty.
    bool opens = false;       ///< A letter that can be read here: see AttachmentBar::openRequested().
};

/// "120 KB" for people.
[[nodiscard]] QString sizeText(qint64 octets);
/// The media type that tells a person what the file is: by its name where that says another one than `type`, which anybody may write and no computer goes
/// by that opens the file. Empty if the name says one that nobody knows.
[[nodiscard]] QByteArray attachmentType(const QString &name, const QByteArray &type);
/// The desktop's icon for that media type; a neutral one if it is unknown or empty.
[[nodiscard]] QIcon typeIcon(const QByteArray &type);

/// The attachments of a message in a line below it, each with Save, letters with Open, and Save all. Of many, few lines are seen at a time.
class AttachmentBar : public QWidget
{
    Q_OBJECT

public:
    explicit AttachmentBar(QWidget *parent = nullptr);

    void setItems(const QList<AttachmentItem> &items);
    /// Tab reaches the items from `before`.
    void followInTabOrder(QWidget *before);

Q_SIGNALS:
    void openRequested(int index);
    void saveRequested(int index);
    void saveAllRequested();

private:
    QToolButton *makeButton(const AttachmentItem &item, int index);
    QToolButton *makeOpener(const QString &name, int index);

    FlowArea *m_area = nullptr;
};

} // namespace ui
