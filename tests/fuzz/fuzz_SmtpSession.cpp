// SPDX-License-Identifier: GPL-3.0-or-later
// A hostile SMTP peer. The first octet sets the stage: loopback or not, TLS, submission, how answers are held back, where the stream is cut.
#include "fuzz/Fuzz.h"
#include "relay/FakeBackends.h"

namespace {

/// Verifiers are made once; a real one for each input would spend all the time on the KDF.
class FuzzBackend final : public FakeSmtpBackend
{
public:
    [[nodiscard]] net::ScramVerifier verifier(const QByteArray &key) override { return net::decoyVerifier(key, "fuzz"); }
};

/// Every line of ours is a reply: three digits, a blank or a hyphen, printable text.
void requireReplies(const QByteArray &out)
{
    fuzz::require(out.isEmpty() || out.endsWith("\r\n"), "what is said ends with CRLF");
    QByteArrayList lines = out.split('\n');
    lines.removeLast();
    for (const QByteArray &line : lines) {
        fuzz::require(line.size() >= 5 && line.size() <= 1024 && line.endsWith('\r'), "a reply line has its length");
        fuzz::require(line[0] >= '2' && line[0] <= '5' && (line[3] == ' ' || line[3] == '-'), "a reply begins with its code");
        fuzz::require(line.chopped(1).indexOf('\r') < 0 && line.indexOf('\0') < 0, "nothing of the peer's breaks a reply line");
    }
}

void requireSoundLetters(const FakeSmtpBackend &backend, const relay::SmtpSettings &settings)
{
    for (qsizetype i = 0; i < backend.letters.size(); ++i) {
        const store::SpoolLetter &letter = backend.letters[i];
        const QByteArray body = backend.body(static_cast<int>(i));
        QByteArray bare = body;
        bare.replace("\r\n", "");
        fuzz::require(!bare.contains('\r') && !bare.contains('\n') && !bare.contains('\0'), "no bare CR, LF or NUL gets in");
        fuzz::require(body.size() <= settings.limits.maxMessageOctets && letter.bodyOctets == body.size(), "the size is right and within its limit");
        fuzz::require(!letter.recipients.isEmpty() && letter.recipients.size() <= settings.limits.maxRecipients, "there are recipients, and not too many");
        fuzz::require(letter.trace.startsWith("Return-Path: <") && letter.trace.count("\r\nReceived: ") == 1, "one trace, and nothing injected");
        for (qsizetype at = letter.trace.indexOf("\r\n"); at + 2 < letter.trace.size(); at = letter.trace.indexOf("\r\n", at + 2))
            fuzz::require(letter.trace[at + 2] == '\t' || letter.trace.sliced(at + 2).startsWith("Received: "), "no line of the trace is a stranger's");
    }
}

void answerWhatIsHeld(FuzzBackend &backend, relay::SmtpSession &session)
{
    session.recipientFound({relay::SmtpBackend::Recipient::Local, "bob@example.org"});
    session.committed(store::SpoolReceipt{1, false});
    if (std::exchange(backend.wantsTls, false))
        session.tlsStarted("TLSv1.3 TLS_AES_256_GCM_SHA384");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray input = fuzz::octets(data, size);
    if (input.isEmpty())
        return 0;
    const auto stage = static_cast<unsigned char>(input[0]);
    relay::SmtpSettings settings;
    settings.limits.maxMessageOctets = 4096;
    settings.limits.maxTextLineOctets = 1000;
    settings.limits.maxRecipients = 5;
    settings.offersTls = (stage & 1) != 0;
    settings.isSubmission = (stage & 2) != 0;
    FuzzBackend backend;
    backend.passwords["bob@example.org"] = "secret";
    backend.isWatching = (stage & 16) != 0;
    backend.holdsCommits = (stage & 32) != 0;
    backend.holdsRecipients = (stage & 64) != 0;
    {
        relay::SmtpSession session{settings, {"127.0.0.1", (stage & 4) == 0, (stage & 8) != 0 ? "TLSv1.3 x" : ""}, backend};
        backend.session = &session;
        session.start();
        const qsizetype cut = (stage & 128) != 0 ? 7 : 4096;
        for (qsizetype at = 1; at < input.size() && !backend.isClosed; at += cut) {
            session.receive(QByteArrayView{input}.sliced(at, qMin(cut, input.size() - at)));
            answerWhatIsHeld(backend, session);
        }
        session.shutDown("The relay is stopping");
        fuzz::require(backend.isClosed, "a session that is told to end ends");
    }
    requireReplies(backend.out);
    requireSoundLetters(backend, settings);
    // Who gives it as the argument of another command has given it away.
    for (const relay::MonitorEvent &event : std::as_const(backend.events)) {
        const net::SmtpVerb verb = net::parseSmtpCommand(event.text).verb;
        const bool mayHoldOne = verb == net::SmtpVerb::Unknown || verb == net::SmtpVerb::Auth;
        fuzz::require(!mayHoldOne || !event.text.contains("c2VjcmV0"), "no password gets into the monitor");
    }
    return 0;
}
