// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/KeyTypeField.h"

#include "app/KeyTypes.h"
#include "ui/Theme.h"

#include <QComboBox>
#include <QLabel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

KeyTypeField::KeyTypeField(QWidget *parent) : QWidget(parent)
{
    m_box = new QComboBox(this);
    m_box->setObjectName(u"keyTypeField"_s);
    m_box->setAccessibleName(tr("Kind of key"));
    m_sentence = new QLabel(this);
    m_sentence->setObjectName(u"keyTypeSentence"_s);
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setWordWrap(true);
    m_sentence->setForegroundRole(QPalette::PlaceholderText);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(kInsideGroup);
    column->addWidget(m_box);
    column->addWidget(m_sentence);
    setFocusProxy(m_box);
    connect(m_box, &QComboBox::currentIndexChanged, this, &KeyTypeField::onChosen);
    for (const app::KeyTypeChoice &choice : app::keyTypeChoices()) {
        m_box->addItem(choice.title, choice.name);
        m_box->setItemData(m_box->count() - 1, choice.sentence, Qt::ToolTipRole);
    }
    // Room for the longest sentence, so that nothing jumps while one looks through the list.
    m_sentence->setMinimumHeight(2 * m_sentence->fontMetrics().lineSpacing());
    m_sentence->setAlignment(Qt::AlignTop);
    onChosen(0);
}

QString KeyTypeField::keyType() const { return m_box->currentData().toString(); }

void KeyTypeField::onChosen(int index)
{
    const QString sentence = m_box->itemData(index, Qt::ToolTipRole).toString();
    m_sentence->setText(sentence);
    m_box->setAccessibleDescription(sentence);
}

} // namespace ui
