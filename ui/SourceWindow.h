// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/MessageService.h"

#include <QWidget>

namespace ui {

/// The octets of a message as they arrived: what everybody on the way could see. Or as they are kept, of one's own.
class SourceWindow : public QWidget
{
    Q_OBJECT

public:
    enum class Origin { Arrived, Own };

    SourceWindow(const smime::OpenedMessage &message, const QByteArray &octets, const QString &address, Origin origin, QWidget *parent);
};

} // namespace ui
