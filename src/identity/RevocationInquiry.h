// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Cancellation.h"
#include "base/Result.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>

namespace identity {

/// A certificate of which nobody knows whether it was revoked, and its issuer. DER. Ask only about certificates whose path leads to an
/// anchor: a stranger's certificate could name any address of the inner network.
struct RevocationQuestion {
    QByteArray certificate;
    QByteArray issuer;

    bool operator==(const RevocationQuestion &) const = default;
};

/// What is fetched from one place that a certificate names.
struct RevocationRequest {
    QString location;        ///< As the certificate has it; may be anything.
    QByteArray ocspRequest;  ///< DER of an OCSPRequest to post; empty: fetch a list.
};

/// The port through which lists and responses come. Waits for the answer, with limits on time and size; any thread but those that must not wait.
class RevocationSource
{
public:
    virtual ~RevocationSource() = default;
    [[nodiscard]] virtual base::Result<QByteArray> fetch(const RevocationRequest &request) = 0;
};

/// What came back, DER. A list may still be somebody else's or outdated: path validation judges it.
struct RevocationAnswers {
    QList<QByteArray> crls;
    QList<QByteArray> ocspResponses;
    int asked = 0;           ///< Certificates that name a place to ask.
    int unanswered = 0;      ///< Of these, for how many nothing usable came.

    bool operator==(const RevocationAnswers &) const = default;
};

/// Asks for each certificate its OCSP responders first, and if none gives a definite answer of its own, fetches its lists. Bounded in questions and
/// places. RFC 6960 appendix A, RFC 5280 sections 4.2.1.13 and 4.2.2.1.
[[nodiscard]] RevocationAnswers inquireRevocation(const QList<RevocationQuestion> &questions, RevocationSource &source, const QDateTime &at,
                                                  const base::Cancellation &cancellation = {});

/// OCSP responses of one profile, one file a certificate: FOLDER/ocsp/. Lists are kept by TrustStore. Any thread; several processes may use it.
class OcspCache
{
public:
    explicit OcspCache(const QString &profileFolder);

    /// Those that may still count at `at`. What is old today is deleted. Never fails.
    [[nodiscard]] QList<QByteArray> responses(const QDateTime &at) const;
    /// Keeps the last response for each certificate that one of `responses` is about; others are not kept. ReadOnly, DiskFull, FileNotWritable.
    [[nodiscard]] base::Status keep(const QList<RevocationQuestion> &questions, const QList<QByteArray> &responses, const QDateTime &at) const;

private:
    QString m_folder;
};

} // namespace identity
