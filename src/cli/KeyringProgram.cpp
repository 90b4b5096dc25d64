// SPDX-License-Identifier: GPL-3.0-or-later
// wax-keyring: asks this desktop's keyring on behalf of waxwing and wax (app/Keyring). A program of its own, since QtKeychain and what it loads would double
// the time that a short command takes to start, and since a keyring that does not answer can be left by ending the one who waits.
//   wax-keyring probe          whether a keyring is there
//   wax-keyring read ENTRY     its passphrase to stdout
//   wax-keyring write ENTRY    what stdin says becomes its passphrase
//   wax-keyring forget ENTRY
#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QFile>
#include <algorithm>
#include <cstdio>
#include <functional>
#include <qt6keychain/keychain.h>
#include <string.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

enum Exit { Done = 0, NotThere = 1, WrongUsage = 2, CouldNot = 3 }; // As app/Keyring.cpp reads them.

/// Nobody waits for longer; whoever started this may be gone.
constexpr unsigned kLongestSeconds = 120;

const QString kService = u"Waxwing"_s; // What the keyring shows as the owner of an entry.

constexpr QLatin1StringView kKeyrings[] = {"org.freedesktop.secrets"_L1, "org.kde.kwalletd6"_L1, "org.kde.kwalletd5"_L1};

int fail(const QString &reason)
{
    std::fprintf(stderr, "%s\n", qUtf8Printable(reason));
    return CouldNot;
}

/// Runs the job and gives it to `done`, whose answer is the exit status.
void begin(QKeychain::Job *job, const QString &entry, const std::function<int(QKeychain::Job *)> &done)
{
    job->setKey(entry);
    job->setInsecureFallback(false);
    QObject::connect(job, &QKeychain::Job::finished, qApp, [done](QKeychain::Job *finished) {
        if (const int exit = done(finished); exit >= 0)
            QCoreApplication::exit(exit);
    });
    job->start();
}

/// Beside the keyrings that run, those that would be started if somebody asked.
int probe()
{
    QDBusConnectionInterface *bus = QDBusConnection::sessionBus().interface();
    if (!bus)
        return fail(u"there is no session bus"_s);
    const QStringList names = bus->registeredServiceNames().value() + bus->activatableServiceNames().value();
    const bool isThere = std::ranges::any_of(kKeyrings, [&names](QLatin1StringView keyring) { return names.contains(keyring); });
    return isThere ? int(Done) : fail(u"there is no keyring on the session bus"_s);
}

int statusOf(QKeychain::Job *job)
{
    switch (job->error()) {
    case QKeychain::NoError: return Done;
    case QKeychain::EntryNotFound: return NotThere;
    default: return fail(job->errorString());
    }
}

int printed(QKeychain::Job *job)
{
    if (const int status = statusOf(job); status != Done)
        return status;
    QByteArray passphrase = static_cast<QKeychain::ReadPasswordJob *>(job)->binaryData();
    // KWallet tells of no fault here; nothing is kept that is empty.
    if (passphrase.isEmpty())
        return NotThere;
    const auto octets = static_cast<std::size_t>(passphrase.size());
    const bool isWritten = std::fwrite(passphrase.constData(), 1, octets, stdout) == octets && std::fflush(stdout) == 0;
    ::explicit_bzero(passphrase.data(), octets);
    return isWritten ? Done : CouldNot;
}

// What was written is read again: KWallet does not tell when it kept nothing.
void write(const QString &entry, const QByteArray &passphrase)
{
    auto *job = new QKeychain::WritePasswordJob{kService};
    job->setBinaryData(passphrase);
    begin(job, entry, [entry, passphrase](QKeychain::Job *finished) {
        if (const int status = statusOf(finished); status != Done)
            return status;
        begin(new QKeychain::ReadPasswordJob{kService}, entry, [passphrase](QKeychain::Job *read) {
            return static_cast<QKeychain::ReadPasswordJob *>(read)->binaryData() == passphrase ? int(Done) : fail(u"the keyring did not keep it"_s);
        });
        return -1;
    });
}

// Read first, since only that unlocks a keyring: what is in a locked one stays there, and nobody tells.
void forget(const QString &entry)
{
    begin(new QKeychain::ReadPasswordJob{kService}, entry, [entry](QKeychain::Job *read) {
        if (const int status = statusOf(read); status != Done)
            return status == NotThere ? int(Done) : status;
        begin(new QKeychain::DeletePasswordJob{kService}, entry, &statusOf);
        return -1;
    });
}

} // namespace

int main(int argc, char *argv[])
{
    ::alarm(kLongestSeconds);
    // The secret service's library answers by GLib's event loop, which wax does without.
    qunsetenv("QT_NO_GLIB");
    QCoreApplication application{argc, argv};
    const QString verb = QCoreApplication::arguments().value(1);
    const QString entry = QCoreApplication::arguments().value(2);
    if (verb == "probe"_L1)
        return probe();
    if (entry.isEmpty())
        return WrongUsage;
    if (verb == "read"_L1) {
        if (::isatty(STDOUT_FILENO) != 0)
            return fail(u"a passphrase is not printed on a terminal"_s);
        begin(new QKeychain::ReadPasswordJob{kService}, entry, &printed);
    } else if (verb == "write"_L1) {
        QFile input;
        if (!input.open(stdin, QIODevice::ReadOnly))
            return CouldNot;
        const QByteArray passphrase = input.readAll();
        if (passphrase.isEmpty())
            return WrongUsage;
        write(entry, passphrase);
    } else if (verb == "forget"_L1) {
        forget(entry);
    } else {
        return WrongUsage;
    }
    return QCoreApplication::exec();
}
