// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/Draft.h"
#include "ui/FlowArea.h"

namespace ui {

/// The files that go with a letter which is being written, each to be taken out by a click.
class DraftAttachments : public FlowArea
{
    Q_OBJECT

public:
    explicit DraftAttachments(QWidget *parent = nullptr);

    void setFiles(const QList<app::DraftAttachment> &files);

Q_SIGNALS:
    void removeRequested(qsizetype index);
};

} // namespace ui
