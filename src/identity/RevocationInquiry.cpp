// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/RevocationInquiry.h"

#include "base/FileAccess.h"
#include "identity/CertificateFile.h"
#include "identity/RecentByFile.h"
#include "provider/CertificateFacts.h"
#include "provider/Ocsp.h"
#include "provider/Revocation.h"

#include <QDir>
#include <QFile>

using namespace Qt::StringLiterals;
using provider::PathRevocation;

namespace identity {

namespace {

constexpr qsizetype kMostQuestions = 12;
constexpr qsizetype kMostPlaces = 3;
/// A response without nextUpdate counts for a day; nobody gives one for longer than some weeks.
constexpr int kLongestLifeDays = 60;

bool isWebLocation(const QString &location)
{
    return location.startsWith("http://"_L1, Qt::CaseInsensitive) || location.startsWith("https://"_L1, Qt::CaseInsensitive);
}

QStringList placesOf(const QStringList &locations)
{
    QStringList places;
    for (const QString &location : locations)
        if (isWebLocation(location) && places.size() < kMostPlaces)
            places.append(location);
    return places;
}

/// One inquiry; holds what its functions share.
class Inquiry
{
public:
    Inquiry(RevocationSource &source, const QDateTime &at, const base::Cancellation &cancellation)
        : m_source(source), m_at(at), m_cancellation(cancellation) {}

    RevocationAnswers run(const QList<RevocationQuestion> &questions)
    {
        for (const RevocationQuestion &question : questions) {
            if (m_cancellation.isRequested())
                break;
            ask(question);
        }
        return std::move(m_answers);
    }

private:
    void ask(const RevocationQuestion &question)
    {
        const base::Result<provider::CertificateFacts> facts = provider::readCertificateFacts(question.certificate);
        if (!facts)
            return;
        const QStringList responders = placesOf(facts->ocspLocations);
        const QStringList lists = placesOf(facts->crlLocations);
        if (responders.isEmpty() && lists.isEmpty())
            return;
        ++m_answers.asked;
        const bool isOneTooMany = m_answers.asked > kMostQuestions; // It is not sent, and so has no answer.
        if (isOneTooMany || (!askResponders(question, responders) && !fetchLists(lists)))
            ++m_answers.unanswered;
    }

    bool askResponders(const RevocationQuestion &question, const QStringList &responders)
    {
        const base::Result<QByteArray> request = provider::makeOcspRequest(question.certificate, question.issuer);
        if (!request)
            return false;
        for (const QString &responder : responders) {
            const base::Result<QByteArray> response = m_source.fetch({responder, *request});
            if (!response)
                continue;
            const PathRevocation state = provider::checkOcspResponse(*response, question.certificate, question.issuer, m_at).state;
            if (state != PathRevocation::Good && state != PathRevocation::Revoked)
                continue;
            m_answers.ocspResponses.append(*response);
            return true;
        }
        return false;
    }

    bool fetchLists(const QStringList &lists)
    {
        bool hasOne = false;
        // Each may hold a part of the issuer's certificates or reasons only.
        for (const QString &location : lists) {
            if (m_fetched.contains(location)) {
                hasOne = true;
                continue;
            }
            const base::Result<QByteArray> list = m_source.fetch({location, {}});
            if (!list || !provider::readCrl(*list))
                continue;
            m_fetched.append(location);
            m_answers.crls.append(*list);
            hasOne = true;
        }
        return hasOne;
    }

    RevocationSource &m_source;
    const QDateTime &m_at;
    const base::Cancellation &m_cancellation;
    QStringList m_fetched;
    RevocationAnswers m_answers;
};

QString fileOf(const QString &folder, const QByteArray &certificate)
{
    return folder + u'/' + QString::fromLatin1(fingerprintOf(certificate)) + u".ocsp"_s;
}

struct KeptResponse {
    QString path;
    QDateTime written;
    QByteArray der;
};

QList<KeptResponse> readAll(const QDir &folder)
{
    QList<KeptResponse> kept;
    const QFileInfoList files = folder.entryInfoList({u"*.ocsp"_s}, QDir::Files, QDir::Time);
    for (const QFileInfo &file : files)
        if (base::Result<QByteArray> response = base::readPrivateFile(file.filePath()))
            kept.append({file.filePath(), file.lastModified(), std::move(response).value()});
    return kept;
}

} // namespace

RevocationAnswers inquireRevocation(const QList<RevocationQuestion> &questions, RevocationSource &source, const QDateTime &at,
                                    const base::Cancellation &cancellation)
{
    return Inquiry(source, at, cancellation).run(questions);
}

OcspCache::OcspCache(const QString &profileFolder) : m_folder(profileFolder + u"/ocsp"_s) {}

// The folder's time changes with each response that is kept.
QList<QByteArray> OcspCache::responses(const QDateTime &at) const
{
    static RecentByFile<QList<KeptResponse>> recent;
    const auto read = [this]() -> base::Result<QList<KeptResponse>> { return readAll(QDir{m_folder}); };
    const std::shared_ptr<const QList<KeptResponse>> known = recent.get(m_folder, read).value();
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QList<QByteArray> alive;
    for (const KeptResponse &response : *known) {
        if (response.written.daysTo(now) > kLongestLifeDays)
            QFile::remove(response.path);
        else if (response.written.daysTo(at) <= kLongestLifeDays) // Later, if somebody asks what will be; it serves today's mail all the same.
            alive.append(response.der);
    }
    return alive;
}

base::Status OcspCache::keep(const QList<RevocationQuestion> &questions, const QList<QByteArray> &responses, const QDateTime &at) const
{
    for (const RevocationQuestion &question : questions) {
        for (const QByteArray &response : responses) {
            const PathRevocation state = provider::checkOcspResponse(response, question.certificate, question.issuer, at).state;
            if (state != PathRevocation::Good && state != PathRevocation::Revoked)
                continue;
            if (const base::Status made = base::makePrivateFolder(m_folder); !made)
                return made;
            if (const base::Status written = base::writePrivateFile(fileOf(m_folder, question.certificate), response); !written)
                return written;
        }
    }
    return base::Done{};
}

} // namespace identity
