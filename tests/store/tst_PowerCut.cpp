// SPDX-License-Identifier: GPL-3.0-or-later
// The power goes at random moments of a busy hour: on what the disk then holds, everything that was acknowledged is there, whole and once.
#include "store/Outbox.h"
#include "support/FakeClock.h"
#include "support/PowerCuts.h"
#include "support/StoreFiles.h"

#include <QDir>
#include <QMap>
#include <QSet>
#include <atomic>

using namespace Qt::StringLiterals;
using store::SpoolLetter;
using support::TestDisk;

namespace {

constexpr qint64 kNow = 1'795'000'000'000;
const QByteArray kBob = "bob@example.org";

/// What the spool said, and when: at `moment` of the disk it was already true.
struct Acknowledged {
    qsizetype moment = 0;
    qint64 id = 0;
    QByteArray mark;
};

QByteArray bodyOf(const QByteArray &mark)
{
    const bool isLarge = mark.endsWith("77");
    return "X-Mark: " + mark + "\r\n\r\n" + ("text of " + mark + "\r\n").repeated(isLarge ? 20'000 : 20 + mark.back() * 3) + "end " + mark + "\r\n";
}

SpoolLetter letterFor(store::Spool &spool, const QByteArray &mark)
{
    SpoolLetter letter{spool.nextId(), "a@example.org", {kBob}, "Received: x\r\n", kNow, {}};
    QByteArray body = bodyOf(mark);
    for (; body.size() > store::kSpoolPieceOctets; body.remove(0, store::kSpoolPieceOctets))
        if (!spool.append(letter.id, QByteArrayView{body}.first(store::kSpoolPieceOctets)))
            qFatal("a piece was not taken");
    letter.rest = body;
    return letter;
}

/// The marks in Bob's mailbox, each letter compared octet by octet; a damaged or doubled one ends the test.
QMap<QByteArray, qint64> marksIn(store::Spool &spool)
{
    QMap<QByteArray, qint64> marks;
    const auto reader = std::move(spool.makeReader()).value();
    const auto entries = reader->entries(kBob);
    if (!entries)
        return marks;
    for (const store::SpoolEntry &entry : *entries) {
        const QByteArray octets = support::wholeOf(*reader, entry.id, entry.octets);
        const QByteArray mark = support::markIn(octets);
        if (octets != "Received: x\r\n" + bodyOf(mark))
            qFatal("message %s is damaged", mark.constData());
        if (marks.contains(mark))
            qFatal("message %s is there twice", mark.constData());
        marks.insert(mark, entry.id);
    }
    return marks;
}

} // namespace

class TestPowerCut : public QObject
{
    Q_OBJECT

    QList<Acknowledged> m_stored;
    QList<Acknowledged> m_removed;
    QRandomGenerator m_random;

    /// An hour in a relay's life: letters by ones and by dozens, some large, some fetched and deleted, and a restart in the middle.
    void work(const TestDisk &disk, const QString &directory)
    {
        int count = 0;
        for (int start = 0; start < 2; ++start) {
            const auto spool = support::openBusySpool(directory);
            QVERIFY(spool->setAccount({kBob, {"salt", 4096, "stored", "server"}}));
            for (int turn = 0; turn < 60; ++turn) {
                std::vector<SpoolLetter> letters;
                QByteArrayList marks;
                for (int i = m_random.bounded(3) == 0 ? 12 : 1; i > 0; --i) {
                    marks.append("m" + QByteArray::number(++count));
                    letters.push_back(letterFor(*spool, marks.last()));
                }
                const auto outcomes = spool->commit(letters);
                for (std::size_t i = 0; i < outcomes.size(); ++i) {
                    QVERIFY(outcomes[i]);
                    m_stored.append({disk.moments(), outcomes[i]->id, marks[static_cast<qsizetype>(i)]});
                }
                if (m_random.bounded(4) == 0)
                    removeOne(disk, *spool);
            }
        }
    }

    void removeOne(const TestDisk &disk, store::Spool &spool)
    {
        const Acknowledged victim = m_stored[m_random.bounded(m_stored.size())];
        for (const Acknowledged &gone : std::as_const(m_removed))
            if (gone.id == victim.id)
                return;
        m_removed.append({disk.moments(), victim.id, victim.mark}); // From here on it may be gone, ...
        QVERIFY(spool.remove(kBob, {victim.id}));
        m_removed.append({disk.moments(), victim.id, victim.mark}); // ... from here on it must be.
    }

    void check(const QString &image, qsizetype moment)
    {
        const auto spool = support::openBusySpool(image);
        QMap<QByteArray, qint64> marks = marksIn(*spool);
        QSet<qint64> mayBeGone;
        QSet<qint64> mustBeGone;
        for (const Acknowledged &gone : std::as_const(m_removed))
            if (gone.moment <= moment)
                (mayBeGone.contains(gone.id) ? mustBeGone : mayBeGone).insert(gone.id);
        qint64 lastId = 0;
        for (const Acknowledged &stored : std::as_const(m_stored)) {
            if (stored.moment > moment)
                continue;
            lastId = qMax(lastId, stored.id);
            QVERIFY2(marks.contains(stored.mark) || mayBeGone.contains(stored.id), stored.mark.constData());
            QVERIFY2(!marks.contains(stored.mark) || !mustBeGone.contains(stored.id), stored.mark.constData());
        }
        QVERIFY(spool->nextId() > lastId);
        resend(*spool, moment);
    }

    /// The client that got no answer comes again with everything that was not acknowledged: nothing is doubled, nothing refused.
    void resend(store::Spool &spool, qsizetype moment)
    {
        QVERIFY(spool.setAccount({kBob, {"salt", 4096, "stored", "server"}}));
        std::vector<SpoolLetter> letters;
        for (const Acknowledged &stored : std::as_const(m_stored))
            if (stored.moment > moment && letters.size() < 20)
                letters.push_back(letterFor(spool, stored.mark));
        for (const auto &outcome : spool.commit(letters))
            QVERIFY(outcome);
        (void)marksIn(spool);
    }

private Q_SLOTS:
    void whatTheRelayAcknowledgedIsThere()
    {
        const quint32 seed = QRandomGenerator::system()->generate();
        qInfo("seed %u", seed);
        m_random.seed(seed);
        QTemporaryDir folder;
        QVERIFY(QDir{folder.path()}.mkdir(u"disk"_s));
        TestDisk disk{folder.filePath(u"disk"_s)};
        work(disk, folder.filePath(u"disk"_s));
        QVERIFY(disk.moments() > 1000 && m_stored.size() > 100 && !m_removed.isEmpty());
        support::cutThePower(disk, m_random, support::cutsWanted(), [this](const QString &image, qsizetype moment, int) { check(image, moment); });
    }

    void whatAUserWroteAndQueuedIsThere()
    {
        QTemporaryDir folder;
        QVERIFY(QDir{folder.path()}.mkdir(u"disk"_s));
        TestDisk disk{folder.filePath(u"disk"_s)};
        QList<Acknowledged> queued;
        {
            const auto database = support::openMailFile(folder.filePath(u"disk/mail.sqlite"_s));
            store::MailStore mail{database};
            store::Outbox outbox{database};
            for (int i = 0; i < 60; ++i) {
                const QByteArray mark = "n" + QByteArray::number(i);
                MUST(draft, mail.saveDraft(store::MessageId::None, support::letter(mark)));
                MUST(letter, outbox.enqueue({support::letter(mark), {{u"alice@example.org"_s, {u"bob@example.org"_s}, support::letter(mark)}}, draft}));
                queued.append({disk.moments(), qint64(letter), mark});
            }
        }
        QRandomGenerator random{4711};
        support::cutThePower(disk, random, 50, [&](const QString &image, qsizetype moment, int) {
            const auto database = support::openMailFile(image + u"/mail.sqlite"_s);
            store::MailStore mail{database};
            MUST(statuses, store::Outbox{database}.list());
            QSet<qint64> found;
            for (const store::OutboxStatus &status : statuses)
                found.insert(qint64(status.letter));
            QCOMPARE(found.size(), statuses.size());
            for (const Acknowledged &letter : std::as_const(queued)) {
                if (letter.moment > moment)
                    continue;
                QVERIFY2(found.contains(letter.id), letter.mark.constData());
                MUST(octets, mail.octets(store::MessageId{letter.id}));
                QCOMPARE(octets, support::letter(letter.mark));
            }
        });
    }
};

QTEST_GUILESS_MAIN(TestPowerCut)
#include "tst_PowerCut.moc"
