// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Database.h"
#include "store/MailStore.h"

using namespace Qt::StringLiterals;

namespace store {

namespace {

/// "WxMl"
constexpr int kApplicationId = 0x57784d6c;

/// Octets lie in a table of their own: a list of 100,000 rows must not page through the bodies.
QStringList firstVersion()
{
    return {
        u"CREATE TABLE message (id INTEGER PRIMARY KEY AUTOINCREMENT, folder INTEGER NOT NULL, from_text TEXT NOT NULL, to_text TEXT NOT NULL,"
        " subject TEXT NOT NULL, date INTEGER NOT NULL, received INTEGER NOT NULL, size INTEGER NOT NULL, seal INTEGER NOT NULL,"
        " flags INTEGER NOT NULL, message_id BLOB NOT NULL, from_sort TEXT NOT NULL, to_sort TEXT NOT NULL, subject_sort TEXT NOT NULL,"
        " digest BLOB NOT NULL)"_s,
        u"CREATE INDEX message_by_received ON message (folder, received, id)"_s,
        u"CREATE INDEX message_by_date ON message (folder, date, id)"_s,
        u"CREATE INDEX message_by_read ON message (folder, flags)"_s,
        u"CREATE INDEX message_by_digest ON message (digest)"_s,
        u"CREATE TABLE message_octets (id INTEGER PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE, octets BLOB NOT NULL)"_s,
        // External content: the texts stay where they are. https://sqlite.org/fts5.html#external_content_tables
        u"CREATE VIRTUAL TABLE message_search USING fts5 (from_text, to_text, subject, content='message', content_rowid='id',"
        " tokenize='unicode61 remove_diacritics 2', prefix='2 3')"_s,
        u"CREATE TRIGGER message_added AFTER INSERT ON message BEGIN INSERT INTO message_search (rowid, from_text, to_text, subject)"
        " VALUES (new.id, new.from_text, new.to_text, new.subject); END"_s,
        u"CREATE TRIGGER message_removed AFTER DELETE ON message BEGIN INSERT INTO message_search (message_search, rowid, from_text, to_text,"
        " subject) VALUES ('delete', old.id, old.from_text, old.to_text, old.subject); END"_s,
        // account: server and user; a UIDL means something only there.
        u"CREATE TABLE delivered (account BLOB NOT NULL, uidl BLOB NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (account, uidl)) WITHOUT ROWID"_s,
        // owner: who is sending, as a ClaimLock's token; empty if nobody.
        u"CREATE TABLE outbox (id INTEGER PRIMARY KEY AUTOINCREMENT, letter INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,"
        " sender TEXT NOT NULL, recipients TEXT NOT NULL, octets BLOB NOT NULL, state INTEGER NOT NULL, attempts INTEGER NOT NULL,"
        " next_attempt INTEGER NOT NULL, owner TEXT NOT NULL, error_code TEXT NOT NULL, error_detail TEXT NOT NULL, error_reply BLOB NOT NULL)"_s,
        u"CREATE INDEX outbox_by_letter ON outbox (letter)"_s,
        u"CREATE INDEX outbox_by_time ON outbox (state, next_attempt)"_s,
    };
}

/// In the order of a list over all folders, so that a search in them stops where its page is full. The folder goes with it, for that of the
/// row itself would have to be fetched.
QStringList withOrderOverall()
{
    return {u"CREATE INDEX message_by_time ON message (date, id, folder)"_s};
}

/// The words of letters, of which nobody has read those that are there: see MailStore::nextUnread(). With a content of its own, for what is removed must
/// be given to the index once more, and SQLite below 3.43 cannot do without. The header is in here again, so that one query finds words of both.
/// `text_state`: TextState in MailStore.cpp. https://sqlite.org/fts5.html#the_columnsize_option
QStringList withTexts()
{
    return {
        u"ALTER TABLE message ADD COLUMN text_state INTEGER NOT NULL DEFAULT 0"_s,
        u"CREATE INDEX message_unread ON message (id) WHERE text_state=0"_s,
        u"CREATE VIRTUAL TABLE message_text USING fts5 (header, body, attachments, tokenize='unicode61 remove_diacritics 2', columnsize=0)"_s,
        u"CREATE TRIGGER message_text_removed AFTER DELETE ON message WHEN old.text_state=1 BEGIN DELETE FROM message_text WHERE rowid=old.id; END"_s,
    };
}

} // namespace

Schema MailStore::schema()
{
    return {{firstVersion(), withOrderOverall(), withTexts()}, kApplicationId};
}

} // namespace store
