// SPDX-License-Identifier: GPL-3.0-or-later
// wax relay list, show, get, delete, transcript, expect and fault against a running relay, all as processes; and what Bob's side
// says of a sealed mail that each fault of content has passed over.
#include "cli/WaxProgram.h"

#include <QJsonArray>
#include <QJsonObject>

using namespace Qt::StringLiterals;

class TestRelayCommands : public QObject
{
    Q_OBJECT

    using Run = WaxProgram::Run;

    WaxProgram m_wax;
    quint16 m_smtp = 0;
    int m_made = 0;
    std::unique_ptr<QProcess> m_relay;

    QString path(const QString &name) const { return m_wax.path(name); }
    void write(const QString &name, const QByteArray &content) const { m_wax.write(name, content); }
    std::unique_ptr<QProcess> begin(const QStringList &words, const QByteArray &input = {}) const { return m_wax.beginWax(words, input); }
    Run wax(const QStringList &words, const QByteArray &input = {}) const { return m_wax(words, input); }
    Run as(const QString &name, const QStringList &words, const QByteArray &input = {})
    {
        return wax(QStringList{u"--profile"_s, name + u"@example.org"_s} + words, input);
    }
    void startRelay(const QStringList &more = {})
    {
        m_relay = begin(QStringList{u"relay"_s} + more);
        QTRY_VERIFY_WITH_TIMEOUT(m_wax.isListening("WAXWING_SMTP"), 20000);
    }
    void stopRelay()
    {
        m_relay->terminate();
        QVERIFY(m_relay->waitForFinished(10000));
        m_relay.reset();
    }
    /// The last reply to one transaction, or where it ended.
    QByteArray smtp(const QByteArray &message, const QStringList &recipients, const QString &sender = u"alice@example.org"_s)
    {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, m_smtp);
        const auto reply = [&socket] {
            QByteArray line;
            do {
                while (!socket.canReadLine())
                    if (!socket.waitForReadyRead(10000))
                        return QByteArray{"(closed)"};
                line = socket.readLine().trimmed();
            } while (line.size() > 3 && line[3] == '-');
            return line;
        };
        QByteArray answer = reply();
        QByteArrayList commands{"EHLO test", "MAIL FROM:<" + sender.toUtf8() + '>'};
        for (const QString &recipient : recipients)
            commands.append("RCPT TO:<" + recipient.toUtf8() + '>');
        commands.append("DATA");
        for (const QByteArray &command : std::as_const(commands)) {
            socket.write(command + "\r\n");
            answer = reply();
            if (!answer.startsWith('2') && !answer.startsWith('3'))
                return answer;
        }
        QByteArray dotted = message;
        dotted.replace("\r\n.", "\r\n..");
        socket.write(dotted + ".\r\n");
        answer = reply();
        socket.write("QUIT\r\n");
        socket.waitForBytesWritten(1000);
        return answer;
    }
    QByteArray sealed(const QStringList &options, const QByteArray &draft)
    {
        const Run run = as(u"alice"_s, QStringList{u"seal"_s, u"--from"_s, u"alice@example.org"_s} + options, draft);
        if (run.exitStatus != 0)
            qWarning() << run.talk;
        return run.out;
    }
    /// Alice's key in another program: the text as it is, 7bit, with long lines and a "From ".
    QByteArray signedByOpenssl(const QByteArray &draft)
    {
        if (!QFile::exists(path(u"alice.pem"_s))) {
            (void)as(u"alice"_s, {u"identity"_s, u"export"_s, u"--out"_s, path(u"alice.p12"_s)});
            QProcess::execute(u"openssl"_s, {u"pkcs12"_s, u"-in"_s, path(u"alice.p12"_s), u"-passin"_s, u"file:"_s + path(u"pw"_s), u"-nodes"_s,
                                             u"-out"_s, path(u"alice.pem"_s)});
        }
        write(u"entity"_s, draft.sliced(draft.indexOf("Content-Type")));
        QProcess openssl;
        openssl.start(u"openssl"_s, {u"cms"_s, u"-sign"_s, u"-in"_s, path(u"entity"_s), u"-signer"_s, path(u"alice.pem"_s), u"-crlfeol"_s,
                                     u"-from"_s, u"alice@example.org"_s, u"-to"_s, u"bob@example.org"_s, u"-subject"_s, u"Lunch"_s});
        openssl.waitForFinished();
        // Header lines come with LF, the signed text with CRLF.
        return "Message-ID: <" + QByteArray::number(++m_made) + "@example.org>\r\n" +
               openssl.readAllStandardOutput().replace("\r\n", "\n").replace("\n", "\r\n");
    }
    QJsonArray list() { return wax({u"relay"_s, u"list"_s, u"--json"_s}).json().array(); }
    Run expect(const QStringList &words) { return wax(QStringList{u"relay"_s, u"expect"_s, u"--json"_s} + words); }
    /// Alice's, signed and not encrypted. Ours ("detached", "opaque") is encoded so that gateways find nothing to wrap, to escape or to encode;
    /// another program's ("foreign") is not.
    QByteArray lunchLetter(const QString &form)
    {
        const QByteArray draft = "Subject: Lunch\nMIME-Version: 1.0\nContent-Type: text/plain; charset=us-ascii\nContent-Transfer-Encoding: 7bit\n\n"
                                 "Shall we eat at noon, in the usual place, where the soup is hot and the bread is never older than a day?\n"
                                 "From there it is not far to the river.\nAlice\n";
        if (form == "foreign"_L1)
            return signedByOpenssl(draft);
        QStringList options{u"--to"_s, u"bob@example.org"_s, u"--no-encrypt"_s};
        if (form == "opaque"_L1)
            options << u"--opaque"_s;
        return sealed(options, draft);
    }
    /// What lies in Bob's inbox after fetching, oldest first.
    QList<qint64> fetchByBob()
    {
        const Run fetched = as(u"bob"_s, {u"fetch"_s, u"--json"_s, u"--password-file"_s, path(u"mailbox-pw"_s), u"--passphrase-file"_s, path(u"pw"_s)});
        if (fetched.exitStatus != 0)
            qWarning() << fetched.talk;
        QList<qint64> ids;
        for (const QJsonValue &row : as(u"bob"_s, {u"list"_s, u"--json"_s}).json().array())
            ids.append(row["id"_L1].toInteger());
        std::sort(ids.begin(), ids.end());
        return ids;
    }
    QJsonObject readByBob(qint64 id) { return as(u"bob"_s, {u"read"_s, u"--json"_s, QString::number(id)}).json().object(); }
    /// What Bob's program says of the newest letter, which it fetches.
    QJsonObject readByBob()
    {
        const QList<qint64> inbox = fetchByBob();
        return inbox.isEmpty() ? QJsonObject{} : readByBob(inbox.last());
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_smtp = m_wax.variable("WAXWING_SMTP").section(u':', 1).toUShort();
        write(u"pw"_s, "demonstration\n");
        write(u"mailbox-pw"_s, "mailbox secret\n");
        m_wax.setVariable("WAXWING_PASSPHRASE_FILE", path(u"pw"_s));
        QCOMPARE(wax({u"authority"_s, u"init"_s, u"--name"_s, u"Team"_s, u"--key"_s, u"ec:p256"_s}).exitStatus, 0);
        for (const QString &name : {u"alice"_s, u"bob"_s, u"carol"_s}) {
            const QString address = name + u"@example.org"_s;
            QCOMPARE(wax({u"identity"_s, u"create"_s, u"--address"_s, address, u"--name"_s, name, u"--key"_s, u"ec:p256"_s}).exitStatus, 0);
            QCOMPARE(wax({u"relay"_s, u"user"_s, u"add"_s, address, u"--password-file"_s, path(u"mailbox-pw"_s)}).exitStatus, 0);
        }
        startRelay();
    }
    void cleanupTestCase() { stopRelay(); }
    void cleanup()
    {
        QCOMPARE(wax({u"relay"_s, u"fault"_s, u"clear"_s}).exitStatus, 0);
        QCOMPARE(wax({u"relay"_s, u"delete"_s, u"--all"_s}).exitStatus, 0);
    }

    void aMessageIsListedShownAndGot()
    {
        const QByteArray message = sealed({u"--to"_s, u"bob@example.org"_s, u"--no-encrypt"_s}, "Subject: Lunch\n\nShall we eat at noon?\n");
        QVERIFY(smtp(message, {u"bob@example.org"_s}).startsWith("250"));
        const Run met = expect({u"--to"_s, u"bob@example.org"_s, u"--signed-by"_s, u"alice@example.org"_s, u"--verified"_s, u"--within"_s, u"20s"_s});
        QVERIFY2(met.exitStatus == 0, met.talk.constData());
        const QJsonObject row = met.json()["message"_L1].toObject();
        QCOMPARE(row["summary"_L1].toString(), u"verified"_s);
        QCOMPARE(row["envelope"_L1]["to"_L1].toArray(), (QJsonArray{u"bob@example.org"_s}));
        QCOMPARE(row["subject"_L1].toString(), u"Lunch"_s);
        QCOMPARE(list().size(), 1);
        const QString id = QString::number(row["id"_L1].toInteger());
        const QJsonObject shown = wax({u"relay"_s, u"show"_s, u"--json"_s, id}).json().object();
        QCOMPARE(shown["summary"_L1].toString(), u"verified"_s);
        QCOMPARE(shown["signature"_L1]["signers"_L1][0]["addresses"_L1][0].toString(), u"alice@example.org"_s);
        QCOMPARE(shown["structure"_L1]["type"_L1].toString(), u"multipart/signed"_s);
        QVERIFY(shown["body"_L1]["text"_L1].toString().contains(u"at noon"));
        QVERIFY(!shown["received"_L1].toString().isEmpty() && shown["faults"_L1].toArray().isEmpty());
        const Run octets = wax({u"relay"_s, u"get"_s, id});
        QVERIFY(octets.out.startsWith("Return-Path: <alice@example.org>\r\nReceived: ") && octets.out.endsWith(message));
        QCOMPARE(wax({u"relay"_s, u"show"_s, u"999999"_s}).exitStatus, 3);
        QCOMPARE(wax({u"relay"_s, u"show"_s, u"first"_s}).exitStatus, 2);
        QCOMPARE(wax({u"relay"_s, u"delete"_s, id}).exitStatus, 0);
        QVERIFY(list().isEmpty());
    }

    // RFC 8551 section 3.9: carriers rename the type, and the name still tells.
    void aSealThatOnlyItsNameTellsIsSeen()
    {
        QByteArray message = lunchLetter(u"opaque"_s);
        QVERIFY(message.contains("application/pkcs7-mime") && message.contains("smime.p7m"));
        message.replace("application/pkcs7-mime", "text/plain");
        QVERIFY(smtp(message, {u"bob@example.org"_s}).startsWith("250"));
        const Run met = expect({u"--signed-by"_s, u"alice@example.org"_s, u"--verified"_s, u"--within"_s, u"20s"_s});
        QVERIFY2(met.exitStatus == 0, met.talk.constData());
    }

    void aHugeMessageIsLookedIntoWhenSomebodyAsks()
    {
        const QByteArray huge = sealed({u"--to"_s, u"bob@example.org"_s, u"--no-encrypt"_s}, "Subject: Huge\n\n" + (QByteArray(70, 'x') + '\n').repeated(160'000));
        QVERIFY(smtp(huge, {u"bob@example.org"_s}).startsWith("250"));
        QTRY_COMPARE_WITH_TIMEOUT(list().first()["subject"_L1].toString(), u"Huge"_s, 20000);
        const QJsonObject row = list().first().toObject();
        QVERIFY(!row["assessed"_L1].toBool() && row["summary"_L1].isNull());
        QVERIFY2(row["headline"_L1].toString().startsWith("Larger than 10 MB"_L1), qPrintable(row["headline"_L1].toString()));
        QCOMPARE(expect({u"--signed-by"_s, u"alice@example.org"_s, u"--verified"_s}).exitStatus, 0);
        const QJsonObject shown = wax({u"relay"_s, u"show"_s, u"--json"_s, QString::number(row["id"_L1].toInteger())}).json().object();
        QCOMPARE(shown["summary"_L1].toString(), u"verified"_s);
        QVERIFY(shown["assessed"_L1].toBool());
    }

    void theTranscriptOfItsSessionIsKeptWithoutSecrets()
    {
        QVERIFY(smtp("Subject: plain\r\n\r\ntext\r\n", {u"bob@example.org"_s}).startsWith("250"));
        const Run met = expect({u"--subject"_s, u"plain"_s, u"--within"_s, u"20s"_s});
        QCOMPARE(met.exitStatus, 0);
        const QString session = met.json()["message"_L1]["session"_L1].toString();
        QVERIFY(!session.isEmpty());
        QByteArray text;
        QTRY_VERIFY_WITH_TIMEOUT((text = wax({u"relay"_s, u"transcript"_s, session}).out).contains("closed"), 20000);
        for (const char *line : {" C MAIL FROM:<alice@example.org>\n", " C DATA\n", " S 250 2.0.0 Ok: stored as ", " C QUIT\n"})
            QVERIFY2(text.contains(line), text.constData());
        QVERIFY(!text.contains("text\r\n"));
        const QJsonArray lines = wax({u"relay"_s, u"transcript"_s, u"--json"_s, session}).json()["lines"_L1].toArray();
        QCOMPARE(lines.first()["who"_L1].toString(), u"*"_s);
        const QString id = QString::number(met.json()["message"_L1]["id"_L1].toInteger());
        QCOMPARE(wax({u"relay"_s, u"transcript"_s, u"--json"_s, id}).json()["session"_L1].toString(), session);
        QCOMPARE(wax({u"relay"_s, u"transcript"_s, u"nobody.1"_s}).exitStatus, 3);
        QCOMPARE(wax({u"relay"_s, u"transcript"_s, u"999999"_s}).exitStatus, 3);
    }

    void whoCanReadItIsSeenAndALeakIsNamed()
    {
        // A client that knows no better: Bob in the header, Carol as a blind copy, one CMS for both.
        const QByteArray message = sealed({u"--to"_s, u"bob@example.org"_s, u"--to"_s, u"carol@example.org"_s}, "Subject: secret\n\nFor two.\n");
        const QByteArray blind = QByteArray{message}.replace("To: bob@example.org, carol@example.org\r\n", "To: bob@example.org\r\n");
        QVERIFY(blind != message);
        QVERIFY(smtp(blind, {u"bob@example.org"_s, u"carol@example.org"_s}).startsWith("250"));
        const Run leaking = expect({u"--to"_s, u"bob@example.org"_s, u"--encrypted"_s, u"--readable-by"_s, u"carol@example.org"_s, u"--within"_s, u"20s"_s});
        QVERIFY2(leaking.exitStatus == 0, leaking.talk.constData());
        const QJsonObject row = leaking.json()["message"_L1].toObject();
        QVERIFY(row["betrayed"_L1].toBool());
        bool isCarolBetrayed = false;
        for (const QJsonValue &reader : row["readableBy"_L1].toArray())
            isCarolBetrayed = isCarolBetrayed || (reader["addresses"_L1][0].toString() == u"carol@example.org" && reader["betrayed"_L1].toBool());
        QVERIFY(isCarolBetrayed);
        QCOMPARE(expect({u"--no-leak"_s}).exitStatus, 1);
        // Somebody gets it who cannot read it.
        const QByteArray forBob = sealed({u"--to"_s, u"bob@example.org"_s}, "Subject: secret\n\nFor one.\n");
        QVERIFY(smtp(forBob, {u"bob@example.org"_s, u"carol@example.org"_s}).startsWith("250"));
        const Run met = expect({u"--since"_s, QString::number(row["id"_L1].toInteger()), u"--no-leak"_s, u"--within"_s, u"20s"_s});
        QCOMPARE(met.exitStatus, 0);
        QCOMPARE(met.json()["message"_L1]["cannotRead"_L1].toArray(), (QJsonArray{u"carol@example.org"_s}));
    }

    void aKeyShowsWhatIsInside()
    {
        QVERIFY(smtp(sealed({u"--to"_s, u"bob@example.org"_s}, "Subject: secret\n\nThe words.\n"), {u"bob@example.org"_s}).startsWith("250"));
        const QStringList demand{u"--to"_s, u"bob@example.org"_s, u"--signed-by"_s, u"alice@example.org"_s, u"--verified"_s};
        const Run blind = expect(demand + QStringList{u"--within"_s, u"2s"_s});
        QCOMPARE(blind.exitStatus, 1);
        QVERIFY2(blind.json()["reason"_L1].toString().contains(u"encrypted, so a signature inside cannot be seen"), blind.out.constData());
        QCOMPARE(as(u"bob"_s, {u"identity"_s, u"export"_s, u"--out"_s, path(u"bob.p12"_s)}).exitStatus, 0);
        const Run seeing = expect(demand + QStringList{u"--key"_s, path(u"bob.p12"_s)});
        QVERIFY2(seeing.exitStatus == 0, seeing.talk.constData());
        const QString id = QString::number(seeing.json()["message"_L1]["id"_L1].toInteger());
        QVERIFY(!wax({u"relay"_s, u"show"_s, u"--json"_s, id}).out.contains("The words."));
        const QJsonObject shown = wax({u"relay"_s, u"show"_s, u"--json"_s, u"--key"_s, path(u"bob.p12"_s), id}).json().object();
        QVERIFY(shown["body"_L1]["text"_L1].toString().contains(u"The words."));
        QCOMPARE(shown["summary"_L1].toString(), u"verified"_s);
        // Nothing that was decrypted lies on the disk.
        for (const QString &name : {u"journal.sqlite"_s, u"journal.sqlite-wal"_s, u"spool.sqlite-wal"_s}) {
            QFile file{path(u"data/relay/"_s + name)};
            QVERIFY(!file.open(QIODevice::ReadOnly) || !file.readAll().contains("The words."));
        }
    }

    void expectWaitsAndSaysWhatWasMissed()
    {
        const auto waiting = begin({u"relay"_s, u"expect"_s, u"--json"_s, u"--to"_s, u"bob@example.org"_s, u"--subject"_s, u"late"_s, u"--within"_s, u"30s"_s});
        QVERIFY(waiting->waitForStarted());
        QVERIFY(smtp("Subject: early\r\n\r\n.\r\n", {u"bob@example.org"_s}).startsWith("250"));
        QVERIFY(smtp("Subject: late\r\n\r\n\r\n", {u"bob+late@example.org"_s}).startsWith("250"));
        const Run met = WaxProgram::finish(*waiting);
        QVERIFY2(met.exitStatus == 0, met.talk.constData());
        const Run missed = expect({u"--to"_s, u"bob@example.org"_s, u"--subject"_s, u"late"_s, u"--encrypted"_s, u"--verified"_s});
        QCOMPARE(missed.exitStatus, 1);
        QCOMPARE(missed.json()["missed"_L1].toArray(), (QJsonArray{u"--verified"_s, u"--encrypted"_s}));
        QVERIFY(missed.json()["reason"_L1].toString().contains(u"it is plain"));
        QCOMPARE(missed.json()["nearest"_L1]["subject"_L1].toString(), u"late"_s);
        QCOMPARE(expect({u"--to"_s, u"carol@example.org"_s, u"--none"_s}).exitStatus, 0);
        QCOMPARE(expect({u"--to"_s, u"bob@example.org"_s, u"--none"_s}).exitStatus, 1);
        // By the name that its sender used; "--none" would have been content.
        const Run named = expect({u"--to"_s, u"Bob+late@example.org"_s});
        QCOMPARE(named.exitStatus, 0);
        QCOMPARE(named.json()["message"_L1]["envelope"_L1]["otherNames"_L1].toArray(), QJsonArray{u"bob+late@example.org"_s});
        m_wax.setVariable("LC_ALL", u"de_DE.UTF-8"_s);
        const QString german = expect({u"--subject"_s, u"late"_s, u"--encrypted"_s}).json()["reason"_L1].toString();
        m_wax.unsetVariable("LC_ALL");
        QVERIFY2(german.startsWith(u"Keine Nachricht erfüllt alle Bedingungen."_s) && german.contains(u"--encrypted: sie ist nicht verschlüsselt"), qPrintable(german));
    }

    // Anybody may write anything around a sealed letter, and into its envelope.
    void aSenderBesideVerifiedIsWhoSealedIt()
    {
        QByteArray message = lunchLetter(u"opaque"_s);
        const qsizetype from = message.indexOf("From: ");
        message.replace(from, message.indexOf("\r\n", from) - from, "From: =?utf-8?q?=3Ccarol=40example.net=3E=2C?= <carol@example.org>, m@example.org");
        message.replace("Subject: Lunch", "Subject: Money");
        QVERIFY(smtp(message, {u"bob@example.org"_s}, u"carol@example.org"_s).startsWith("250"));
        QCOMPARE(expect({u"--from"_s, u"alice@example.org"_s, u"--verified"_s, u"--within"_s, u"20s"_s}).exitStatus, 0);
        const Run missed = expect({u"--from"_s, u"carol@example.org"_s, u"--verified"_s});
        QCOMPARE(missed.exitStatus, 1);
        QCOMPARE(missed.json()["missed"_L1].toArray(), (QJsonArray{u"--from carol@example.org"_s}));
        QVERIFY(missed.json()["reason"_L1].toString().contains(u"it is verified as a letter of alice@example.org"));
        QCOMPARE(expect({u"--from"_s, u"m@example.org"_s}).exitStatus, 0);
        QCOMPARE(expect({u"--subject"_s, u"Lunch"_s, u"--verified"_s}).exitStatus, 0);
        QCOMPARE(expect({u"--subject"_s, u"Money"_s, u"--verified"_s}).exitStatus, 1);
        QCOMPARE(expect({u"--subject"_s, u"Money"_s}).exitStatus, 0);
        for (const QString &other : {u"rol@example.org"_s, u"carol@example.net"_s})
            QCOMPARE(expect({u"--from"_s, other}).exitStatus, 1);
    }

    // Where did my signature break? Sealed mail in, one fault, fetched by Bob.
    // All rules at once, each for a sender of its own, and one fetch: a program that starts for every step of every row costs the suite half a minute.
    void contentFaultsAreNamedByTheReader()
    {
        struct Row {
            const char *name;
            QString fault; ///< Empty for none.
            QString form;
            QString summary;
            QString diagnosis;
        };
        const QList<Row> rows{
            {"footer", u"footer"_s, u"detached"_s, u"altered"_s, u"footer"_s},
            {"footer, opaque", u"footer"_s, u"opaque"_s, u"verified"_s, u"footer"_s},
            {"rewrapped", u"rewrap"_s, u"foreign"_s, u"altered"_s, u"rewrapped"_s},
            {"re-encoded", u"quoted-printable"_s, u"foreign"_s, u"altered"_s, u"re-encoded"_s},
            {"from-escaped", u"from-escape"_s, u"foreign"_s, u"altered"_s, u"from-escaping"_s},
            {"header munged", u"munge-header"_s, u"detached"_s, u"altered"_s, u"changed-header"_s},
            {"header folded", u"refold-header"_s, u"detached"_s, u"altered"_s, u"refolded-header"_s},
            {"stripped", u"strip-signature"_s, u"detached"_s, u"altered"_s, u"signature-stripped"_s},
            {"renamed", u"rename-type"_s, u"detached"_s, u"verified"_s, u"type-renamed"_s},
            {"renamed, opaque", u"rename-type"_s, u"opaque"_s, u"verified"_s, u"type-renamed"_s},
            {"truncated in the signature", u"truncate"_s, u"detached"_s, u"altered"_s, u"truncated"_s},
            {"truncated, opaque", u"truncate"_s, u"opaque"_s, u"malformed"_s, u"truncated"_s},
            {"none", {}, u"detached"_s, u"verified"_s, {}},
            {"none, foreign", {}, u"foreign"_s, u"verified"_s, {}},
        };
        for (qsizetype i = 0; i < rows.size(); ++i) {
            const QString sender = u"alice+%1@example.org"_s.arg(i);
            if (!rows[i].fault.isEmpty())
                QCOMPARE(wax({u"relay"_s, u"fault"_s, u"add"_s, u"rule %1"_s.arg(i), rows[i].fault, u"--from"_s, sender}).exitStatus, 0);
            QVERIFY2(smtp(lunchLetter(rows[i].form), {u"bob@example.org"_s}, sender).startsWith("250"), rows[i].name);
        }
        const QJsonArray seen = list(); // The newest is the first.
        QCOMPARE(seen.size(), rows.size());
        const QList<qint64> letters = fetchByBob();
        QVERIFY(letters.size() >= rows.size());
        QStringList wrong;
        for (qsizetype i = 0; i < rows.size(); ++i) {
            const QJsonArray marks = seen[rows.size() - 1 - i]["faults"_L1].toArray();
            const QString rule = rows[i].fault.isEmpty() ? QString{} : u"rule %1"_s.arg(i);
            if (marks.size() != (rule.isEmpty() ? 0 : 1) || marks[0]["rule"_L1].toString() != rule || marks[0]["altered"_L1].toBool() == rule.isEmpty())
                wrong.append(u"%1: the relay marked %2"_s.arg(QLatin1StringView{rows[i].name}, QString::fromUtf8(QJsonDocument{marks}.toJson())));
            const QJsonObject opened = readByBob(letters[letters.size() - rows.size() + i]);
            const QString found = opened["summary"_L1].toString() + u' ' + opened["diagnosis"_L1]["damage"_L1].toString();
            if (found != rows[i].summary + u' ' + rows[i].diagnosis)
                wrong.append(u"%1: %2"_s.arg(QLatin1StringView{rows[i].name}, found));
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
    }

    void swappedContentsAreNamedByTheReader()
    {
        QCOMPARE(wax({u"relay"_s, u"fault"_s, u"add"_s, u"mixed up"_s, u"swap"_s}).exitStatus, 0);
        for (const QByteArray name : {"first", "second"})
            QVERIFY(smtp(sealed({u"--to"_s, u"bob@example.org"_s, u"--no-encrypt"_s}, "Subject: " + name + "\n\nText of " + name + ".\n"), {u"bob@example.org"_s}).startsWith("250"));
        for (const QJsonValue &row : list())
            QVERIFY(row["faults"_L1][0]["altered"_L1].toBool());
        const QJsonObject opened = readByBob();
        QCOMPARE(opened["diagnosis"_L1]["damage"_L1].toString(), u"swapped"_s);
        QVERIFY(opened["warnings"_L1].toArray().contains(u"outer-header-differs"_s));
    }

    void aReplayedMessageIsMarkedAndStoredByBobOnce()
    {
        QCOMPARE(wax({u"relay"_s, u"fault"_s, u"add"_s, u"again"_s, u"replay"_s, u"--copies"_s, u"2"_s}).exitStatus, 0);
        QVERIFY(smtp(sealed({u"--to"_s, u"bob@example.org"_s}, "Subject: once\n\nOnly once.\n"), {u"bob@example.org"_s}).startsWith("250"));
        QTRY_COMPARE(list().size(), 3);
        for (const QJsonValue &row : list())
            QCOMPARE(row["faults"_L1][0]["rule"_L1].toString(), u"again"_s);
        const qsizetype before = as(u"bob"_s, {u"list"_s, u"--json"_s}).json().array().size();
        (void)readByBob();
        QCOMPARE(as(u"bob"_s, {u"list"_s, u"--json"_s}).json().array().size(), before + 1);
    }

    void rulesAreListedRemovedAndRefused()
    {
        QCOMPARE(wax({u"relay"_s, u"fault"_s, u"add"_s, u"busy"_s, u"refuse"_s, u"--at"_s, u"rcpt"_s, u"--code"_s, u"450"_s, u"--to"_s, u"bob@example.org"_s}).exitStatus, 0);
        QVERIFY(smtp("Subject: x\r\n\r\n", {u"bob@example.org"_s}).startsWith("450"));
        QVERIFY(smtp("Subject: x\r\n\r\n", {u"carol@example.org"_s}).startsWith("250"));
        const QJsonArray rules = wax({u"relay"_s, u"fault"_s, u"list"_s, u"--json"_s}).json()["rules"_L1].toArray();
        QCOMPARE(rules.size(), 1);
        QCOMPARE(rules[0]["code"_L1].toString(), u"450"_s);
        QCOMPARE(wax({u"relay"_s, u"fault"_s, u"disable"_s, u"busy"_s}).exitStatus, 0);
        QVERIFY(smtp("Subject: z\r\n\r\n", {u"bob@example.org"_s}).startsWith("250"));
        QCOMPARE(wax({u"relay"_s, u"fault"_s, u"enable"_s, u"busy"_s}).exitStatus, 0);
        QVERIFY(smtp("Subject: z\r\n\r\nagain", {u"bob@example.org"_s}).startsWith("450"));
        QCOMPARE(wax({u"relay"_s, u"fault"_s, u"enable"_s, u"nobody"_s}).exitStatus, 3);
        QCOMPARE(wax({u"relay"_s, u"fault"_s, u"remove"_s, u"busy"_s}).exitStatus, 0);
        QVERIFY(smtp("Subject: y\r\n\r\n", {u"bob@example.org"_s}).startsWith("250"));
        QCOMPARE(wax({u"relay"_s, u"fault"_s, u"remove"_s, u"busy"_s}).exitStatus, 3);
        QCOMPARE(wax({u"relay"_s, u"fault"_s, u"add"_s, u"x"_s, u"flood"_s}).exitStatus, 2);
        QCOMPARE(wax({u"relay"_s, u"fault"_s, u"add"_s, u"x"_s}).exitStatus, 2);
    }

    void aLostReplyMakesNoSecondCopy()
    {
        QCOMPARE(wax({u"relay"_s, u"fault"_s, u"add"_s, u"lost"_s, u"lose-reply"_s, u"--nth"_s, u"1"_s}).exitStatus, 0);
        const QByteArray message = "Subject: twice\r\nMessage-ID: <twice@example.org>\r\n\r\ntext\r\n";
        QCOMPARE(smtp(message, {u"bob@example.org"_s}), "(closed)");
        QVERIFY(smtp(message, {u"bob@example.org"_s}).contains("stored already"));
        QCOMPARE(list().size(), 1);
        QCOMPARE(list()[0]["faults"_L1][0]["fault"_L1].toString(), u"lose-reply"_s);
    }

    // Last: they start relays of their own.
    void limitsOnCountLetTheOldestGo()
    {
        stopRelay();
        startRelay({u"--keep-messages"_s, u"3"_s});
        for (int i = 0; i < 6; ++i)
            QVERIFY(smtp("Subject: number " + QByteArray::number(i) + "\r\n\r\n", {u"bob@example.org"_s}).startsWith("250"));
        QTRY_COMPARE_WITH_TIMEOUT(list().size(), 3, 20000);
        QCOMPARE(list()[2]["subject"_L1].toString(), u"number 3"_s);
        stopRelay();
        startRelay();
    }

    void whatAnEarlierRunLeftIsAssessedOnce()
    {
        QVERIFY(smtp("Subject: left behind\r\n\r\n", {u"carol@example.org"_s}).startsWith("250"));
        m_relay->kill();
        QVERIFY(m_relay->waitForFinished(10000));
        startRelay();
        const Run met = expect({u"--to"_s, u"carol@example.org"_s, u"--subject"_s, u"left behind"_s, u"--within"_s, u"20s"_s});
        QVERIFY2(met.exitStatus == 0, met.talk.constData());
    }

    void rulesOfAFileAndASeedAreObeyedFromTheStart()
    {
        stopRelay();
        write(u"faults.json"_s, R"({"seed": 3, "rules": [{"name": "half", "fault": "refuse", "at": "rcpt", "chance": 0.5}]})");
        const auto run = [this](const QString &seed) {
            startRelay({u"--faults"_s, path(u"faults.json"_s), u"--seed"_s, seed});
            QByteArray answers;
            for (int i = 0; i < 24; ++i)
                answers += smtp("Subject: x\r\n\r\n", {u"bob@example.org"_s})[0];
            stopRelay();
            return answers;
        };
        const QByteArray once = run(u"7"_s);
        QCOMPARE(run(u"7"_s), once);
        QVERIFY(run(u"8"_s) != once);
        write(u"wrong.json"_s, R"({"rules": [{"name": "x", "fault": "flood"}]})");
        QCOMPARE(wax({u"relay"_s, u"--faults"_s, path(u"wrong.json"_s)}).exitStatus, 2);
        startRelay();
    }
};

QTEST_GUILESS_MAIN(TestRelayCommands)
#include "tst_RelayCommands.moc"
