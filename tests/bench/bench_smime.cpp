// SPDX-License-Identifier: GPL-3.0-or-later

// Sealing and opening end to end through smime::seal and smime::open, RSA-2048, two recipients, path checked, as ratios to
// the primitives. CPU time, so that a busy machine distorts less; each row in fresh processes, of which the median counts.

#include "bench/Primitives.h"
#include "mime/TransferEncoding.h"
#include "smime/SmimeTesting.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTextStream>

#include <algorithm>
#include <ctime>

using namespace Qt::StringLiterals;

namespace {

double cpuMicroseconds()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e6 + double(now.tv_nsec) / 1e3;
}

/// The median over `rounds` of what `work` costs.
template <typename Work>
double cost(int rounds, Work work)
{
    QList<double> costs;
    for (int i = 0; i < rounds; ++i) {
        const double begin = cpuMicroseconds();
        work();
        costs.append(cpuMicroseconds() - begin);
    }
    std::sort(costs.begin(), costs.end());
    return costs.at(costs.size() / 2);
}

/// A text and an attachment, `octets` together as they stand in the draft.
QByteArray draftOf(qsizetype octets)
{
    const QByteArray head = "From: Alice <alice@example.org>\r\nTo: Bob <bob@example.org>\r\nSubject: Figures\r\n"
                            "Date: Mon, 01 Jun 2026 12:00:00 +0000\r\nMessage-ID: <figures@example.org>\r\nMIME-Version: 1.0\r\n"
                            "Content-Type: multipart/mixed; boundary=\"edge\"\r\n\r\n--edge\r\n"
                            "Content-Type: text/plain; charset=utf-8\r\n\r\nHere are the figures.\r\n--edge\r\n"
                            "Content-Type: application/octet-stream; name=\"figures.bin\"\r\n"
                            "Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"figures.bin\"\r\n\r\n";
    const QByteArray tail = "\r\n--edge--\r\n";
    const qsizetype rest = std::max<qsizetype>(octets - head.size() - tail.size(), 100);
    return head + mime::encodeBase64(QByteArray(rest / 78 * 57, 'x')) + tail;
}

struct Row {
    double sealPrimitives = 0;
    double seal = 0;
    double openPrimitives = 0;
    double open = 0;
};

bool measure(qsizetype octets, int rounds, Row &row)
{
    const support::WithProvider provider;
    const smimetest::World world;
    smime::SealRequest request = world.sealRequest(draftOf(octets));
    request.cipher = smime::CipherWish::Aes256Gcm;
    request.keyTransport = smime::KeyTransportWish::Oaep;
    smime::SealRequest warm = world.sealRequest(draftOf(2000));
    warm.cipher = request.cipher;
    warm.keyTransport = request.keyTransport;
    QByteArray message = smimetest::sealed(warm); // what every process pays once: plugins, tables of OpenSSL
    if (world.open(message).verdict.summary != smime::Summary::Verified)
        return false;
    message.clear();
    row.seal = cost(rounds, [&] { message = smimetest::sealed(request); });
    smime::OpenRequest opening = world.openRequest(message, {world.bob});
    opening.tellsSteps = false;
    bool isVerified = true;
    row.open = cost(rounds, [&] { isVerified = smime::open(opening).verdict.summary == smime::Summary::Verified && isVerified; });
    bench::Primitives primitives(octets);
    const double bulk = cost(rounds, [&] { primitives.digest(); }) + cost(rounds, [&] { primitives.gcm(); });
    const double verify = cost(101, [&] { primitives.verify(); });
    // Sign once, wrap the key for Bob and for Alice herself, check Bob's path of one link.
    row.sealPrimitives = bulk + cost(101, [&] { primitives.sign(); }) + 2 * cost(101, [&] { primitives.wrap(); }) + verify
        + cost(rounds, [&] { primitives.encodeBase64(); });
    // Unwrap the key once, verify the signature, check the signer's path.
    row.openPrimitives = bulk + cost(101, [&] { primitives.unwrap(); }) + 2 * verify + cost(rounds, [&] { primitives.decodeBase64(); });
    return isVerified;
}

/// "seal-primitives seal open-primitives open" of one fresh process.
QList<double> measureApart(qsizetype octets, int rounds)
{
    QProcess child;
    child.start(QCoreApplication::applicationFilePath(), {QString::number(octets), QString::number(rounds)});
    child.waitForFinished(-1);
    QList<double> values;
    for (const QByteArray &field : child.readAllStandardOutput().split(' '))
        values.append(field.toDouble());
    return child.exitCode() == 0 ? values : QList<double>{};
}

int measureAll(QTextStream &out)
{
    struct Size {
        const char *name;
        qsizetype octets;
        int rounds;
        int processes;
    };
    constexpr Size kSizes[] = {{"2 KB", 2048, 301, 3}, {"100 KB", 100'000, 101, 3}, {"25 MB", 25'000'000, 5, 5}};
    out << qSetFieldWidth(10) << Qt::right << "size" << "seal us" << "bare us" << "ratio" << "open us" << "bare us" << "ratio"
        << qSetFieldWidth(0) << Qt::endl;
    for (const Size &size : kSizes) {
        QList<double> columns[4];
        for (int i = 0; i < size.processes; ++i) {
            const QList<double> values = measureApart(size.octets, size.rounds);
            for (qsizetype k = 0; k < 4 && values.size() == 4; ++k)
                columns[k].append(values.at(k));
        }
        double medians[4] = {};
        for (int k = 0; k < 4; ++k) {
            if (columns[k].isEmpty())
                return 1;
            std::sort(columns[k].begin(), columns[k].end());
            medians[k] = columns[k].at(columns[k].size() / 2);
        }
        out << qSetFieldWidth(10) << Qt::fixed << qSetRealNumberPrecision(0) << size.name << medians[1] << medians[0]
            << QString::number(medians[1] / medians[0], 'f', 2) << medians[3] << medians[2]
            << QString::number(medians[3] / medians[2], 'f', 2) << qSetFieldWidth(0) << Qt::endl;
    }
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    QTextStream out(stdout);
    const QStringList arguments = app.arguments();
    if (arguments.size() < 3)
        return measureAll(out);
    Row row;
    if (!measure(arguments.at(1).toLongLong(), arguments.at(2).toInt(), row))
        return 1;
    out << row.sealPrimitives << ' ' << row.seal << ' ' << row.openPrimitives << ' ' << row.open;
    return 0;
}
