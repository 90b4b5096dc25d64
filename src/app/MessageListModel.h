// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/MailboxService.h"

#include <QAbstractTableModel>
#include <QSet>

namespace app {

/// The messages of one folder or of a search, read in pages as the view asks for them. Sorted by the mail file, not here.
/// Display, ToolTip and AccessibleText are sentences; the custom roles are values.
class MessageListModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum class Column { Seal, Correspondent, Subject, Date, Size };
    static constexpr int kColumnCount = 5;
    /// Correspondent: the sender, in Sent, Drafts, Outbox and Waiting the recipients. Subject: the protected one once the message was opened.
    /// NeedsHelp: it will not go out by itself. FolderName: for people, while the rows are of all folders; else empty.
    enum class Role { Id = Qt::UserRole + 1, Summary, Seal, IsUnread, IsAnswered, HasAttachments, Correspondent, Subject, Date, DateText, SendState, NeedsHelp, Folder, FolderName };

    /// `mailbox` is not owned and outlives the model.
    explicit MessageListModel(MailboxService *mailbox, const base::Clock &clock = base::Clock::system(), QObject *parent = nullptr);

    void setFolder(store::Folder folder);
    [[nodiscard]] store::Folder folder() const { return m_request.folder; }
    /// What is said of a letter in Waiting; asked whenever a row of it is shown.
    void setWaitingText(const std::function<QString(store::MessageId)> &text);
    /// What the rows say is another thing now, though the mail is the same.
    void renewTexts();
    /// Words to search in the folder, or in all but the trash; empty for all of the folder. What is shown stays until something else was found.
    void setSearch(const QString &words, store::SearchScope scope = store::SearchScope::Folder);
    [[nodiscard]] const QString &search() const { return m_request.search; }
    /// Whether the rows are from all folders.
    [[nodiscard]] bool isOverall() const { return m_request.isOverall(); }
    [[nodiscard]] bool isLoading() const { return m_isLoading; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    /// Rows can be dragged; what that means is the view's.
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override
    {
        return index.isValid() ? QAbstractTableModel::flags(index) | Qt::ItemIsDragEnabled : Qt::ItemFlags{};
    }
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

    [[nodiscard]] store::MessageId id(const QModelIndex &index) const;
    [[nodiscard]] QModelIndex indexOf(store::MessageId id) const;

    /// The subject, or that there is none, in the same words wherever a message is named by it.
    [[nodiscard]] static QString subjectText(const QString &subject);
    /// "Verified: signed by the sender and unchanged", for tooltips and screen readers.
    [[nodiscard]] static QString sealText(store::SealState seal);
    /// As people say dates: 14:02, Saturday, 3 March, 3 March 2025.
    [[nodiscard]] static QString dateText(const QDateTime &date, const QDateTime &now);

public Q_SLOTS:
    /// Reads again what is shown and applies the differences, so that selection and scrolling stay.
    void refresh();

Q_SIGNALS:
    /// A reading ended: `isEmpty` if there is nothing to show.
    void loaded(bool isEmpty);
    void failed(const base::Error &error);

private:
    void startOver();
    void load(int atLeast);
    [[nodiscard]] store::PageRequest request(std::optional<store::MessageSummary> after, int limit) const;
    void apply(const QList<store::MessageSummary> &rows);
    void renew(int row, const store::MessageSummary &summary);
    void replaceAll(const QList<store::MessageSummary> &rows);
    void onPage(const base::Result<QList<store::MessageSummary>> &page, qsizetype limit, store::MessageId held);
    [[nodiscard]] std::optional<store::MessageSummary> lastHeld() const;
    void refreshSending();
    [[nodiscard]] QString toolTip(const store::MessageSummary &row, Column column) const;
    [[nodiscard]] QString sendText(const store::MessageSummary &row) const;
    [[nodiscard]] QString cellText(const store::MessageSummary &row, Column column) const;
    [[nodiscard]] QString rowText(const store::MessageSummary &row) const;
    [[nodiscard]] QString subjectOf(const store::MessageSummary &row) const;
    [[nodiscard]] QString correspondentOf(const store::MessageSummary &row) const;
    [[nodiscard]] QList<mime::Address> correspondents(const store::MessageSummary &row) const;
    void compareNames();
    [[nodiscard]] store::SealState sealOf(const store::MessageSummary &row) const;
    [[nodiscard]] bool showsRecipients() const;

    MailboxService *m_mailbox;
    const base::Clock &m_clock;
    store::PageRequest m_request;
    Column m_sortedBy = Column::Date;
    QList<store::MessageSummary> m_rows;
    QHash<store::MessageId, store::OutboxStatus> m_sending;
    QSet<QString> m_sharedNames; ///< nameKey() of names that several addresses bear.
    std::function<QString(store::MessageId)> m_waitingText;
    bool m_hasMore = false;
    bool m_isLoading = false;
    bool m_loadAgain = false;
    quint64 m_generation = 0;
};

} // namespace app
