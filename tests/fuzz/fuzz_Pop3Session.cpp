// SPDX-License-Identifier: GPL-3.0-or-later
// A hostile POP3 peer. The first octet sets the stage: loopback or not, TLS, small pieces, where the stream is cut.
#include "fuzz/Fuzz.h"
#include "relay/FakeBackends.h"

namespace {

class FuzzBackend final : public FakePop3Backend
{
public:
    [[nodiscard]] net::ScramVerifier verifier(const QByteArray &key) override { return net::decoyVerifier(key, "fuzz"); }
};

const QList<QByteArray> &messages()
{
    static const QList<QByteArray> list{"Subject: a\r\n\r\none\r\n.two\r\n..\r\nthree\r\n", "Subject: b\r\n\r\n", "no header end", ".\r\n\r\n.\r\n.", QByteArray(3000, 'x') + "\r\n"};
    return list;
}

/// Whether the lines from `at` on are one of the messages, dot-stuffed, or a beginning of one, as TOP gives.
bool isBeginningOfAMessage(const QByteArray &unstuffed)
{
    for (const QByteArray &message : messages())
        if ((message + "\r\n").startsWith(unstuffed))
            return true;
    return false;
}

void requireReplies(const QByteArray &out)
{
    qsizetype at = 0;
    while (at < out.size()) {
        const qsizetype end = out.indexOf("\r\n", at);
        fuzz::require(end >= 0, "what is said ends with CRLF");
        const QByteArray line = out.mid(at, end - at);
        at = end + 2;
        fuzz::require(line.startsWith("+OK") || line.startsWith("-ERR ") || line.startsWith("+ "), "every answer begins as it should");
        fuzz::require(line.size() <= 512 && !line.contains('\n') && !line.contains('\r'), "an answer is one line of at most 512 octets");
        const bool isMessage = line.startsWith("+OK ") && line.endsWith(" octets");
        if (!isMessage && line != "+OK List follows" && line != "+OK Capabilities" && line != "+OK Mechanisms" && line != "+OK Languages")
            continue;
        QByteArray content;
        for (;;) {
            const qsizetype next = out.indexOf("\r\n", at);
            if (next < 0)
                return fuzz::require(false, "a listing ends with its dot");
            const QByteArray text = out.mid(at, next - at);
            at = next + 2;
            if (text == ".")
                break;
            fuzz::require(!text.startsWith('.') || text.startsWith(".."), "dots are stuffed");
            content += (text.startsWith('.') ? text.sliced(1) : text) + "\r\n";
        }
        fuzz::require(!isMessage || isBeginningOfAMessage(content), "a message is given as it is");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray input = fuzz::octets(data, size);
    if (input.isEmpty())
        return 0;
    const auto stage = static_cast<unsigned char>(input[0]);
    FuzzBackend backend;
    backend.passwords["bob@example.org"] = "secret";
    backend.messages = messages();
    backend.pieceOctets = (stage & 8) != 0 ? 5 : store::kSpoolPieceOctets;
    backend.isWatching = (stage & 16) != 0;
    const relay::Pop3Settings settings{"localhost", {}, (stage & 1) != 0, "spool"};
    relay::Pop3Session session{settings, {"127.0.0.1", (stage & 2) == 0, (stage & 4) != 0 ? "TLSv1.3 x" : ""}, backend};
    backend.session = &session;
    session.start();
    const qsizetype cut = (stage & 128) != 0 ? 7 : 4096;
    for (qsizetype at = 1; at < input.size() && !backend.isClosed; at += cut) {
        session.receive(QByteArrayView{input}.sliced(at, qMin(cut, input.size() - at)));
        if (std::exchange(backend.wantsTls, false))
            session.tlsStarted("TLSv1.3 x");
    }
    const bool hasQuit = backend.out.endsWith("+OK Goodbye\r\n");
    fuzz::require(backend.removed.isEmpty() || hasQuit, "only QUIT deletes");
    session.shutDown("The relay is stopping");
    fuzz::require(backend.isClosed, "a session that is told to end ends");
    requireReplies(backend.out);
    // Who gives it as the argument of a command that takes none has given it away.
    for (const relay::MonitorEvent &event : std::as_const(backend.events)) {
        const net::Pop3Verb verb = net::parsePop3Command(event.text).verb;
        const bool mayHoldOne = verb == net::Pop3Verb::Unknown || verb == net::Pop3Verb::Pass || verb == net::Pop3Verb::Auth;
        fuzz::require(!mayHoldOne || (!event.text.contains("secret") && !event.text.contains("c2VjcmV0")), "no password gets into the monitor");
    }
    return 0;
}
