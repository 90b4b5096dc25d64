// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/SpoolBodies.h"

#include "base/FileAccess.h"
#include "store/SpoolDuplicates.h"
#include "store/SpoolSchema.h"

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using base::ErrorCode;

namespace store {

namespace {

base::Status syncDirectory(const QString &directory)
{
    const int handle = ::open(QFile::encodeName(directory).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool isSynced = handle >= 0 && ::fsync(handle) == 0;
    base::Status status = isSynced ? base::Status{base::Done{}} : base::Status{base::systemFault(errno, directory, ErrorCode::FileNotWritable)};
    if (handle >= 0)
        ::close(handle);
    return status;
}

} // namespace

IncomingBody::IncomingBody(const QString &file) : m_file(file), m_hash(spoolHash()) {}

IncomingBody::~IncomingBody()
{
    if (!m_isKept)
        m_file.remove();
}

base::Status IncomingBody::append(QByteArrayView piece)
{
    if (m_failure)
        return *m_failure;
    m_hash.addData(piece);
    errno = 0;
    const bool isOpen = m_file.isOpen() || m_file.open(QIODevice::WriteOnly | QIODevice::NewOnly | QIODevice::Unbuffered, QFile::ReadOwner | QFile::WriteOwner);
    if (!isOpen || m_file.write(piece.data(), piece.size()) != piece.size()) {
        m_failure = base::systemFault(errno, m_file.fileName(), ErrorCode::FileNotWritable);
        return *m_failure;
    }
    m_octets += piece.size();
    return base::Done{};
}

base::Status IncomingBody::sync()
{
    if (m_failure)
        return *m_failure;
    if (::fdatasync(m_file.handle()) != 0)
        return base::systemFault(errno, m_file.fileName(), ErrorCode::FileNotWritable);
    m_file.close();
    return base::Done{};
}

base::Status SpoolBodies::append(qint64 id, QByteArrayView piece)
{
    std::unique_ptr<IncomingBody> &body = m_incoming[id];
    if (!body)
        body = std::make_unique<IncomingBody>(spoolBodyFile(m_directory, id));
    return body->append(piece);
}

IncomingBody *SpoolBodies::find(qint64 id) const
{
    const auto it = m_incoming.find(id);
    return it == m_incoming.cend() ? nullptr : it->second.get();
}

std::vector<base::Status> SpoolBodies::complete(const std::vector<SpoolLetter> &letters)
{
    std::vector<base::Status> outcomes(letters.size(), base::Status{base::Done{}});
    if (m_incoming.empty())
        return outcomes;
    bool hasFile = false;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        IncomingBody *body = find(letters[i].id);
        if (!body)
            continue;
        if (!letters[i].rest.isEmpty())
            outcomes[i] = body->append(letters[i].rest);
        if (outcomes[i])
            outcomes[i] = body->sync();
        hasFile = hasFile || outcomes[i];
    }
    const base::Status synced = hasFile ? syncDirectory(m_directory + u"/bodies"_s) : base::Status{base::Done{}};
    for (std::size_t i = 0; i < letters.size() && !synced; ++i)
        if (outcomes[i] && find(letters[i].id))
            outcomes[i] = synced;
    return outcomes;
}

void SpoolBodies::finish(qint64 id, Fate fate)
{
    const auto it = m_incoming.find(id);
    if (it == m_incoming.end())
        return;
    if (fate == Fate::Keep)
        it->second->keep();
    m_incoming.erase(it);
}

} // namespace store
