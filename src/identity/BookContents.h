// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/CertificateBook.h"

#include <QSharedData>

namespace identity {

/// When one mail was first seen; the id is a short digest of it.
struct SeenMail {
    QByteArray id;
    QDateTime at;
};

/// One certificate of the book. Shared by all contents in which it is the same: learning from one mail copies one entry, not the book.
struct CertificateBook::Entry : QSharedData {
    KnownCertificate known;
    QStringList mailboxes;    ///< The certificate's addresses, normalised.
    QByteArray issuer;        ///< Name and key identifier of the issuer: who vouched.
    QDateTime notBefore;
    QList<SeenMail> mails;    ///< In the order in which they were seen, the oldest dropped beyond a limit.
    int forgottenMails = 0;   ///< How many were dropped.
};

/// The capabilities that somebody announced last. Shared as entries are.
struct RememberedCapabilities : QSharedData {
    QString mailbox;          ///< Normalised.
    QByteArray der;
    QDateTime announcedAt;
};

/// The file as values. Private to CertificateBook.
struct CertificateBook::Contents {
    QList<QSharedDataPointer<Entry>> entries;
    QList<QSharedDataPointer<RememberedCapabilities>> capabilities; ///< Each mailbox once.
    QList<QByteArray> people;      ///< DER of `entries`, in their order: asked for with each mail.
    QList<QByteArray> authorities; ///< DER of their chains, each once.

    [[nodiscard]] Entry *entryOf(const QByteArray &certificate);
    [[nodiscard]] const Entry *entryOf(const QByteArray &certificate) const;
    /// What was announced for a normalised mailbox; nullptr if nothing.
    [[nodiscard]] const RememberedCapabilities *capabilitiesOf(const QString &mailbox) const;
    /// The newest wins.
    void announce(const QString &mailbox, const QByteArray &der, const QDateTime &at);
    /// True if learning `seen` would change nothing but how often and when this certificate was seen.
    [[nodiscard]] bool isOneMore(const SeenSignature &seen) const;
    /// The entry, made if it is new. Nothing for what is no certificate.
    Entry *add(const QByteArray &certificate, const QList<QByteArray> &chain, BookSource source, const QDateTime &now);
    /// False if it is not there. Authorities stay: they vouch for nothing by being known.
    [[nodiscard]] bool remove(const QByteArray &certificate);
};

} // namespace identity
