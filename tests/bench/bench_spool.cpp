// SPDX-License-Identifier: GPL-3.0-or-later
// bench_spool FOLDER MESSAGES: accept, list, fetch and delete in a spool of 1,000 messages and in one of MESSAGES, by turns.
// One line a measure: name, time with few, time with many, unit.
#include "store/SqliteSpool.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;
using store::SpoolLetter;
using store::SqliteSpool;

namespace {

constexpr int kFew = 1000;
constexpr int kRounds = 7;
const QByteArray kUser = "user@mbox.test";

SpoolLetter letter(store::Spool &spool)
{
    static const QByteArray text = QByteArray("some line of a small letter\r\n").repeated(30);
    const qint64 id = spool.nextId();
    return {id, "sender@example.org", {kUser}, "Received: from x by y; Mon, 23 Nov 2026 12:00:00 +0000\r\n", 1'795'000'000'000 + id, text + QByteArray::number(id) + "\r\n"};
}

[[noreturn]] void giveUp(const base::Error &error)
{
    std::fprintf(stderr, "%s %s\n", base::nameOf(error.code), qPrintable(error.detail));
    std::exit(1);
}

template <typename T>
const T &must(const base::Result<T> &result)
{
    if (!result)
        giveUp(result.error());
    return *result;
}

void accept(store::Spool &spool, int count)
{
    std::vector<SpoolLetter> letters;
    for (int i = 0; i < count; ++i)
        letters.push_back(letter(spool));
    for (const auto &outcome : spool.commit(letters))
        (void)must(outcome);
}

struct Filled {
    QString folder;
    std::unique_ptr<SqliteSpool> spool;
    std::unique_ptr<store::SpoolReader> reader;
    QList<store::SpoolEntry> entries;

    explicit Filled(const QString &path, int messages) : folder(path)
    {
        open();
        (void)must(spool->setAccount({kUser, {"salt", 4096, "stored", "server"}}));
        for (int i = 0; i < messages; i += 250)
            accept(*spool, 250);
        look();
    }
    void open()
    {
        auto opened = SqliteSpool::open(folder, SqliteSpool::Role::Relay);
        if (!opened)
            giveUp(opened.error());
        spool = std::move(*opened);
        reader = std::move(spool->makeReader()).value();
    }
    void look() { entries = must(reader->entries(kUser)); }
};

using Work = double (*)(Filled &);

double acceptOne(Filled &filled)
{
    QElapsedTimer clock;
    clock.start();
    for (int i = 0; i < 50; ++i)
        accept(*filled.spool, 1);
    return double(clock.nsecsElapsed()) / 1e3 / 50;
}

double acceptTogether(Filled &filled)
{
    QElapsedTimer clock;
    clock.start();
    for (int i = 0; i < 4; ++i)
        accept(*filled.spool, 50);
    return double(clock.nsecsElapsed()) / 1e3 / 200;
}

double list(Filled &filled)
{
    QElapsedTimer clock;
    clock.start();
    filled.look();
    return double(clock.nsecsElapsed()) / 1e3 / double(filled.entries.size());
}

double newest(Filled &filled)
{
    QElapsedTimer clock;
    clock.start();
    (void)must(filled.reader->newest(kUser, 500));
    return double(clock.nsecsElapsed()) / 1e3;
}

double fetch(Filled &filled, const std::function<qsizetype(int)> &place)
{
    QElapsedTimer clock;
    clock.start();
    for (int i = 0; i < kFew; ++i)
        (void)must(filled.reader->read(filled.entries[place(i)].id, 0));
    return double(clock.nsecsElapsed()) / 1e3 / kFew;
}

double fetchInOrder(Filled &filled)
{
    const qsizetype from = (filled.entries.size() - kFew) / 2;
    return fetch(filled, [from](int i) { return from + i; });
}

double fetchAnywhere(Filled &filled)
{
    QRandomGenerator random{4711};
    const qsizetype size = filled.entries.size();
    return fetch(filled, [&random, size](int) { return qsizetype(random.bounded(quint32(size))); });
}

double remove(Filled &filled)
{
    filled.look();
    QList<qint64> ids;
    for (int i = 0; i < 100; ++i)
        ids.append(filled.entries[filled.entries.size() / 2 + i].id);
    QElapsedTimer clock;
    clock.start();
    (void)must(filled.spool->remove(kUser, ids));
    const double time = double(clock.nsecsElapsed()) / 1e3 / 100;
    filled.look();
    return time;
}

} // namespace

int main(int count, char **words)
{
    if (count != 3) {
        std::fprintf(stderr, "bench_spool FOLDER MESSAGES\n");
        return 2;
    }
    const QCoreApplication application{count, words}; // Qt's databases want one.
    const QString folder = QString::fromLocal8Bit(words[1]);
    Filled few{folder + u"/few"_s, kFew};
    Filled many{folder + u"/many"_s, QByteArrayView{words[2]}.toInt()};
    const std::tuple<const char *, Work, const char *> measures[] = {
        {"list a mailbox", &list, "us each"}, {"the newest 500", &newest, "us"}, {"fetch in order", &fetchInOrder, "us each"},
        {"fetch anywhere", &fetchAnywhere, "us each"}, {"delete", &remove, "us each"}, {"accept, one by one", &acceptOne, "us each"},
        {"accept, 50 together", &acceptTogether, "us each"}};
    for (const auto &[name, work, unit] : measures) {
        std::vector<double> times[2];
        for (int round = 0; round < kRounds; ++round) {
            times[0].push_back(work(few));
            times[1].push_back(work(many));
        }
        for (auto &one : times)
            std::sort(one.begin(), one.end());
        std::printf("%s\t%.3f\t%.3f\t%s\n", name, times[0][kRounds / 2], times[1][kRounds / 2], unit);
    }
    return 0;
}
