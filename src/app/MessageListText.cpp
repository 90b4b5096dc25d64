// SPDX-License-Identifier: GPL-3.0-or-later
// What MessageListModel says: the cells, the sentences for tooltips and screen readers.
#include "app/MessageListModel.h"
#include "app/FolderModel.h"
#include "app/OutboxService.h"
#include "app/VerdictPresenter.h"

#include <QLocale>
#include <algorithm>

using namespace Qt::StringLiterals;
using store::Flag;
using store::Folder;
using store::SealState;

namespace app {

namespace {

/// So many rows are compared: of more, nobody sees two beside each other.
constexpr qsizetype kComparedRows = 2000;

/// The form in which names are the same to whoever reads them.
QString nameKey(const QString &name)
{
    return name.normalized(QString::NormalizationForm_KC).simplified().toCaseFolded();
}

/// The sender's time, unless it is missing or lies in the future.
QDateTime shownDate(const store::MessageSummary &row)
{
    return row.date.isValid() && row.date <= row.received.addDays(1) ? row.date : row.received;
}

/// Where everything is one's own, so that the others are who it is for.
bool isOwn(Folder folder)
{
    switch (folder) {
    case Folder::Drafts: case Folder::Sent: case Folder::Outbox: case Folder::Waiting: return true;
    case Folder::Inbox: case Folder::Trash: case Folder::Archive: return false;
    }
    return false;
}

} // namespace

QVariant MessageListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const store::MessageSummary &row = m_rows[index.row()];
    const Column column{index.column()};
    switch (role) {
    case Qt::DisplayRole: return column == Column::Seal ? QVariant{} : cellText(row, column);
    case Qt::ToolTipRole: return toolTip(row, column);
    case Qt::AccessibleTextRole: return index.column() == 0 ? rowText(row) : cellText(row, column);
    case static_cast<int>(Role::Id): return QVariant::fromValue(row.id);
    case static_cast<int>(Role::Summary): return QVariant::fromValue(row);
    case static_cast<int>(Role::Seal): return QVariant::fromValue(sealOf(row));
    case static_cast<int>(Role::IsUnread): return !row.flags.testFlag(Flag::Read);
    case static_cast<int>(Role::IsAnswered): return row.flags.testFlag(Flag::Answered);
    case static_cast<int>(Role::HasAttachments): return row.flags.testFlag(Flag::Attachments);
    case static_cast<int>(Role::Correspondent): return correspondentOf(row);
    case static_cast<int>(Role::Subject): return subjectOf(row);
    case static_cast<int>(Role::Date): return shownDate(row);
    case static_cast<int>(Role::DateText): return cellText(row, Column::Date);
    case static_cast<int>(Role::SendState): return sendText(row);
    case static_cast<int>(Role::NeedsHelp): return m_sending.value(row.id).state == store::OutboxState::Failed;
    case static_cast<int>(Role::Folder): return QVariant::fromValue(row.folder);
    case static_cast<int>(Role::FolderName): return isOverall() ? FolderModel::displayName(row.folder) : QString{};
    default: return {};
    }
}

QVariant MessageListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (Column{section}) {
    case Column::Seal: return tr("Seal");
    case Column::Correspondent: return showsRecipients() ? tr("To") : tr("From");
    case Column::Subject: return tr("Subject");
    case Column::Date: return tr("Date");
    case Column::Size: return tr("Size");
    }
    return {};
}

QHash<int, QByteArray> MessageListModel::roleNames() const
{
    QHash<int, QByteArray> names = QAbstractTableModel::roleNames();
    const std::pair<Role, const char *> own[] = {
        {Role::Id, "id"}, {Role::Summary, "summary"}, {Role::Seal, "seal"}, {Role::IsUnread, "isUnread"}, {Role::IsAnswered, "isAnswered"},
        {Role::HasAttachments, "hasAttachments"}, {Role::Correspondent, "correspondent"}, {Role::Subject, "subject"}, {Role::Date, "date"},
        {Role::DateText, "dateText"}, {Role::SendState, "sendState"}, {Role::NeedsHelp, "needsHelp"}, {Role::Folder, "folder"}, {Role::FolderName, "folderName"},
    };
    for (const auto &[role, name] : own)
        names.insert(static_cast<int>(role), name);
    return names;
}

bool MessageListModel::showsRecipients() const
{
    return !isOverall() && isOwn(m_request.folder);
}

QString MessageListModel::cellText(const store::MessageSummary &row, Column column) const
{
    switch (column) {
    case Column::Seal: return sealText(sealOf(row));
    case Column::Correspondent: return correspondentOf(row);
    case Column::Subject: return subjectOf(row);
    case Column::Date: return dateText(shownDate(row), m_clock.now());
    case Column::Size: return QLocale{}.formattedDataSize(row.sizeOctets, 0);
    }
    Q_UNREACHABLE_RETURN({});
}

QString MessageListModel::toolTip(const store::MessageSummary &row, Column column) const
{
    if (const QString sending = sendText(row); !sending.isEmpty())
        return sending;
    if (column == Column::Seal)
        return sealText(sealOf(row));
    if (column == Column::Date)
        return QLocale{}.toString(shownDate(row).toLocalTime(), QLocale::LongFormat);
    if (column != Column::Correspondent)
        return cellText(row, column);
    QStringList people;
    for (const mime::Address &address : correspondents(row))
        people += mime::displayText(address);
    return people.join(u'\n');
}

/// The whole row for a screen reader: sender, subject, state of the seal, then the rest.
QString MessageListModel::rowText(const store::MessageSummary &row) const
{
    QStringList parts{correspondentOf(row), subjectOf(row), sealText(sealOf(row)), cellText(row, Column::Date)};
    if (isOverall())
        parts += tr("in \"%1\"", "a folder").arg(FolderModel::displayName(row.folder));
    if (!row.flags.testFlag(Flag::Read))
        parts += tr("unread");
    if (row.flags.testFlag(Flag::Answered))
        parts += tr("answered");
    if (row.flags.testFlag(Flag::Attachments))
        parts += tr("with attachments");
    if (const QString sending = sendText(row); !sending.isEmpty())
        parts += sending;
    return parts.join(u", "_s);
}

QString MessageListModel::sendText(const store::MessageSummary &row) const
{
    if (row.folder == Folder::Waiting)
        return m_waitingText ? m_waitingText(row.id) : QString{};
    const auto status = m_sending.constFind(row.id);
    return status == m_sending.constEnd() ? QString{} : OutboxService::letterText(*status);
}

QString MessageListModel::subjectOf(const store::MessageSummary &row) const
{
    const std::optional<OpenedSummary> opened = m_mailbox->openedSummary(row.id);
    const QString subject = opened && !opened->subject.isEmpty() ? opened->subject : row.subject;
    // The placeholder that RFC 9788 section 3.2.1 puts outside.
    if (subject == "[...]"_L1)
        return opened && opened->subject.isEmpty() ? subjectText({}) : tr("Encrypted subject");
    return subjectText(subject);
}

QString MessageListModel::subjectText(const QString &subject)
{
    return subject.isEmpty() ? tr("(no subject)") : subject;
}

SealState MessageListModel::sealOf(const store::MessageSummary &row) const
{
    const std::optional<OpenedSummary> opened = m_mailbox->openedSummary(row.id);
    return opened ? opened->seal : row.seal;
}

QList<mime::Address> MessageListModel::correspondents(const store::MessageSummary &row) const
{
    const std::optional<OpenedSummary> opened = m_mailbox->openedSummary(row.id);
    return isOwn(row.folder) ? row.to : opened && !opened->from.isEmpty() ? opened->from : row.from;
}

QString MessageListModel::correspondentOf(const store::MessageSummary &row) const
{
    const QList<mime::Address> people = correspondents(row);
    if (people.isEmpty())
        return isOwn(row.folder) ? tr("No recipient") : tr("No sender");
    // The seal stands for the address, and for no name that the certificate does not bear.
    const bool isForAddress = !isOwn(row.folder) && sealOf(row) == SealState::VerifiedAddress;
    QStringList names;
    for (const mime::Address &address : people) {
        const bool isShared = !m_sharedNames.isEmpty() && m_sharedNames.contains(nameKey(address.name));
        names += isForAddress || isShared ? mime::displayText(address) : mime::shortText(address);
    }
    return names.join(u", "_s);
}

/// Anybody may bear the name of somebody else and sign for it honestly: where several addresses do, the rows say which.
void MessageListModel::compareNames()
{
    QHash<QString, QString> mailboxes;
    QSet<QString> shared;
    for (qsizetype i = 0; i < std::min(kComparedRows, m_rows.size()); ++i) {
        const QList<mime::Address> people = correspondents(m_rows[i]);
        for (const mime::Address &address : people) {
            if (address.name.isEmpty())
                continue;
            const QString key = nameKey(address.name);
            const auto known = mailboxes.constFind(key);
            if (known == mailboxes.cend())
                mailboxes.insert(key, address.mailbox);
            else if (*known != address.mailbox && !mime::isSameMailbox(*known, address.mailbox))
                shared.insert(key);
        }
    }
    if (shared == m_sharedNames)
        return;
    m_sharedNames = std::move(shared);
    renewTexts();
}

QString MessageListModel::sealText(SealState seal)
{
    switch (seal) {
    case SealState::NotAssessed: return tr("Not looked at yet");
    case SealState::Plain: return tr("Not signed, not encrypted");
    case SealState::Signed: return tr("Signed, not checked yet");
    case SealState::Encrypted: return tr("Encrypted, not opened yet");
    case SealState::Malformed: return tr("Damaged: cannot be read");
    case SealState::CannotDecrypt: return tr("Encrypted to a key that you do not have");
    case SealState::Altered: return tr("Altered after it was signed");
    case SealState::Impersonated: return tr("Signed by somebody other than the sender shown");
    case SealState::Verified: return tr("Verified: from the sender, unchanged");
    case SealState::Unverified: return tr("Signed, but not vouched for");
    case SealState::Decrypted: return tr("Encrypted, not signed");
    case SealState::VerifiedAddress: return tr("Verified: from the sender's address, unchanged");
    case SealState::PartlySigned: return signText(SealSign::SealPart);
    case SealState::SignatureRefused: return signText(SealSign::SealBroken);
    case SealState::PerhapsAltered: return signText(SealSign::LockWarning);
    }
    Q_UNREACHABLE_RETURN({});
}

QString MessageListModel::dateText(const QDateTime &date, const QDateTime &now)
{
    if (!date.isValid())
        return {};
    const QLocale locale;
    const QDateTime local = date.toLocalTime();
    const qint64 days = local.date().daysTo(now.toLocalTime().date());
    if (days == 0)
        return locale.toString(local.time(), QLocale::ShortFormat);
    if (days > 0 && days < 7)
        return locale.dayName(local.date().dayOfWeek());
    const bool isThisYear = local.date().year() == now.toLocalTime().date().year();
    //: Day and month, as in 3 March. Qt's date format.
    return locale.toString(local.date(), isThisYear ? tr("d MMMM") : tr("d MMMM yyyy"));
}

} // namespace app
