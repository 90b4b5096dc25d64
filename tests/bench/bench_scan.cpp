// SPDX-License-Identifier: GPL-3.0-or-later

// A mailbox of 1,000 signed mails of 50 people, opened as the window's scan opens them: by a profile with its book of
// acquaintances, on a pool of two. Against OpenSSL's CMS_verify() with path building over the same mails: one after the other, and on two
// threads as well, since two processors of one core take longer for the same than one of them alone.

#include "app/MessageService.h"
#include "bench/BareVerification.h"
#include "mime/Structure.h"
#include "smime/SmimeTesting.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTextStream>
#include <QThreadPool>

#include <atomic>
#include <ctime>

using namespace Qt::StringLiterals;

namespace {

constexpr int kMails = 1000;
constexpr int kPeople = 50;

double cpuMilliseconds()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

struct Spent {
    double cpu = 0;
    double wall = 0;
};

template <typename Work>
Spent spent(Work work)
{
    QElapsedTimer timer;
    timer.start();
    const double begin = cpuMilliseconds();
    work();
    return {cpuMilliseconds() - begin, double(timer.nsecsElapsed()) / 1e6};
}

QByteArray mailOf(const smimetest::World &world, const smimetest::Person &person, const QString &address, int number)
{
    const QByteArray draft = "From: " + address.toLatin1() + "\r\nTo: bob@example.org\r\nSubject: Number " + QByteArray::number(number)
        + "\r\nDate: Mon, 01 Jun 2026 12:00:00 +0000\r\nMessage-ID: <" + QByteArray::number(number)
        + "@example.org>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        + QByteArray("What one writes in a mail of no great length.\r\n").repeated(40);
    smime::SealRequest request = world.sealRequest(draft);
    request.sender = {u"Somebody"_s, address};
    request.keys = smimetest::keysOf({person});
    request.encryption = smime::Encryption::None;
    return smimetest::sealed(request);
}

QList<QByteArray> makeMailbox(const smimetest::World &world)
{
    QList<QByteArray> mails;
    for (int i = 0; i < kPeople; ++i) {
        const QString address = u"person%1@example.org"_s.arg(i);
        const smimetest::Person person = world.issue(address);
        for (int k = 0; k < kMails / kPeople; ++k)
            mails.append(mailOf(world, person, address, i * kMails + k));
    }
    return mails;
}

bench::DetachedMail detached(const QByteArray &mail)
{
    const base::Result<mime::Structure> structure = mime::parseStructure(mail);
    const mime::Part &content = structure->root.children.front();
    return {content.whole.of(mail).toByteArray(), mime::contentOf(mail, structure->root.children[1]).octets};
}

Spent scan(const app::Reader &reader, const QList<QByteArray> &mails, app::Learning learning, std::atomic_int &verified)
{
    QThreadPool pool;
    pool.setMaxThreadCount(2);
    return spent([&] {
        for (const QByteArray &mail : mails)
            pool.start([&reader, &mail, &verified, learning] {
                const smime::OpenedMessage opened = app::openFor(reader, {mail, support::testTime(), {}, learning, {}});
                verified += opened.verdict.summary == smime::Summary::Verified;
            });
        pool.waitForDone();
    });
}

Spent verifyBare(const QList<bench::DetachedMail> &mails, const QByteArray &anchor, int threads, std::atomic_int &verified)
{
    QThreadPool pool;
    pool.setMaxThreadCount(threads);
    const qsizetype share = (mails.size() + threads - 1) / threads;
    return spent([&] {
        for (qsizetype begin = 0; begin < mails.size(); begin += share)
            pool.start([&, part = mails.sliced(begin, std::min(share, mails.size() - begin))] {
                verified += bench::verifyAll(part, anchor, support::testTime());
            });
        pool.waitForDone();
    });
}

void printRow(QTextStream &out, const char *what, const Spent &scan, const Spent &alone, const Spent &together)
{
    out << what << scan.cpu << " ms of CPU, " << scan.wall << " ms by the clock, ratio " << QString::number(scan.cpu / together.cpu, 'f', 2)
        << " to those on two threads, " << QString::number(scan.cpu / alone.cpu, 'f', 2) << " to those on one\n";
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const support::WithProvider provider;
    QTextStream out(stdout);
    const smimetest::World world;
    const QList<QByteArray> mails = makeMailbox(world);
    const QTemporaryDir folder;
    const identity::DataDirectory data{folder.path()};
    const base::Result<identity::Profile> profile = data.createProfile(u"bob@example.org"_s, u"Bob"_s);
    if (!profile)
        return 1;
    app::Reader reader{data, *profile, {}, {}};
    reader.material.trust.anchors = {world.authority.der()};
    QList<bench::DetachedMail> bare;
    for (const QByteArray &mail : mails)
        bare.append(detached(mail));
    std::atomic_int bareVerified = 0;
    const QByteArray anchor = world.authority.der();
    const Spent alone = verifyBare(bare, anchor, 1, bareVerified);
    const Spent together = verifyBare(bare, anchor, 2, bareVerified);
    std::atomic_int verified = 0;
    const Spent assessed = scan(reader, mails, app::Learning::LookOnly, verified);
    const Spent first = scan(reader, mails, app::Learning::RememberLater, verified);
    const Spent again = scan(reader, mails, app::Learning::RememberLater, verified);
    out << Qt::fixed << qSetRealNumberPrecision(0);
    out << "bare verifications: " << alone.cpu << " ms of CPU on one thread, " << together.cpu << " on two\n";
    printRow(out, "assessing alone:    ", assessed, alone, together);
    printRow(out, "learning, too:      ", first, alone, together);
    printRow(out, "people known:       ", again, alone, together);
    return bareVerified == 2 * kMails && verified == 3 * kMails ? 0 : 1;
}
