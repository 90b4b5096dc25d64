// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/RecipientField.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QStringListModel>

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

// A comma within quotes belongs to a name.
QStringList fragments(const QString &text)
{
    QStringList parts{QString()};
    bool isQuoted = false;
    for (const QChar c : text) {
        if (c == u'"')
            isQuoted = !isQuoted;
        if ((c == u',' || c == u';') && !isQuoted)
            parts += QString();
        else
            parts.last() += c;
    }
    return parts;
}

// Completes only behind the last comma and leaves what stands before it. That is what was typed: a line that is only pointed at stands in the
// field already.
class FragmentCompleter : public QCompleter
{
public:
    FragmentCompleter(QAbstractItemModel *model, QLineEdit *field) : QCompleter(model, field)
    {
        connect(field, &QLineEdit::textEdited, this, [this](const QString &text) { m_typed = text; });
        setCaseSensitivity(Qt::CaseInsensitive);
        setCompletionMode(QCompleter::UnfilteredPopupCompletion);
        popup()->setAccessibleName(field->accessibleName());
    }

    QString pathFromIndex(const QModelIndex &index) const override
    {
        QStringList parts = fragments(m_typed);
        parts.last() = index.data().toString();
        for (QString &part : parts)
            part = part.trimmed();
        return parts.join(u", "_s) + u", "_s;
    }

    QStringList splitPath(const QString &path) const override { return {fragments(path).constLast().trimmed()}; }

private:
    QString m_typed;
};

} // namespace

RecipientField::RecipientField(const QString &objectName, const QString &accessibleName, QWidget *parent) : QLineEdit(parent)
{
    setObjectName(objectName);
    setAccessibleName(accessibleName);
    m_model = new QStringListModel(this);
    setCompleter(new FragmentCompleter(m_model, this));
    connect(this, &QLineEdit::textEdited, this, &RecipientField::onTextEdited);
}

void RecipientField::onTextEdited()
{
    const QString begin = fragments(text()).constLast().trimmed();
    m_model->setStringList(m_completions && begin.size() > 0 ? m_completions(begin) : QStringList());
}

void RecipientField::setAddresses(const QList<mime::Address> &addresses)
{
    setText(mime::editableListText(addresses));
}

QList<mime::Address> RecipientField::addresses() const
{
    QList<mime::Address> valid;
    for (const QString &fragment : fragments(text())) {
        const QList<mime::Address> read = mime::parseAddresses(fragment);
        std::copy_if(read.begin(), read.end(), std::back_inserter(valid), [](const mime::Address &address) { return mime::isValidMailbox(address.mailbox); });
    }
    return valid;
}

QStringList RecipientField::notAddresses() const
{
    QStringList wrong;
    for (const QString &fragment : fragments(text())) {
        const QString word = fragment.trimmed();
        if (word.isEmpty())
            continue;
        const QList<mime::Address> read = mime::parseAddresses(word);
        if (read.isEmpty() || !mime::isValidMailbox(read.constFirst().mailbox))
            wrong += word;
    }
    return wrong;
}

} // namespace ui
