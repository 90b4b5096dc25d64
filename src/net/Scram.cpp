// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/Scram.h"

#include <QCryptographicHash>
#include <QList>
#include <QMessageAuthenticationCode>
#include <QPasswordDigestor>
#include <QRandomGenerator>
#include <QtCrypto>

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorCode;

namespace net {

namespace {

constexpr int kKeyOctets = 32;
constexpr int kLeastIterations = 4096;
constexpr int kMostIterations = 1'000'000;
constexpr QCryptographicHash::Algorithm kHash = QCryptographicHash::Sha256;

QByteArray randomOctets(qsizetype count)
{
    QByteArray bytes(count, Qt::Uninitialized);
    for (char &byte : bytes)
        byte = static_cast<char>(QRandomGenerator::system()->bounded(256));
    return bytes;
}

QByteArray hmac(QByteArrayView key, QByteArrayView message)
{
    return QMessageAuthenticationCode::hash(message, key, kHash);
}

QByteArray digest(QByteArrayView message)
{
    return QCryptographicHash::hash(message, kHash);
}

QByteArray exclusiveOr(QByteArray a, QByteArrayView b)
{
    for (qsizetype i = 0; i < a.size(); ++i)
        a[i] = static_cast<char>(a[i] ^ b[i]);
    return a;
}

bool isEqualInConstantTime(QByteArrayView a, QByteArrayView b)
{
    if (a.size() != b.size())
        return false;
    int difference = 0;
    for (qsizetype i = 0; i < a.size(); ++i)
        difference |= a[i] ^ b[i];
    return difference == 0;
}

/// PBKDF2 with HMAC-SHA-256 (RFC 8018 section 5.2). Qt's own takes five times as long; it is for a process without a provider that has it.
QByteArray derivedKey(const QByteArray &password, const QByteArray &salt, int iterations)
{
    if (!QCA::isSupported("pbkdf2(sha256)"))
        return QPasswordDigestor::deriveKeyPbkdf2(kHash, password, salt, iterations, kKeyOctets);
    return QCA::PBKDF2(u"sha256"_s).makeKey(password, QCA::InitializationVector(salt), kKeyOctets, static_cast<unsigned int>(iterations)).toByteArray();
}

base::Result<QByteArray> saltedPassword(const base::Secret &password, const QByteArray &salt, int iterations)
{
    const base::Result<QByteArray> prepared = saslPrep(password.view());
    if (!prepared)
        return prepared.error();
    return derivedKey(*prepared, salt, iterations);
}

ScramVerifier verifierOf(QByteArrayView salted, const QByteArray &salt, int iterations)
{
    return {salt, iterations, digest(hmac(salted, "Client Key")), hmac(salted, "Server Key")};
}

/// "=2C" and "=3D" stand for comma and equals sign. RFC 5802 section 5.1.
QByteArray escapedName(QByteArray name)
{
    return name.replace('=', "=3D").replace(',', "=2C");
}

std::optional<QByteArray> unescapedName(QByteArray name)
{
    for (qsizetype i = name.indexOf('='); i >= 0; i = name.indexOf('=', i + 1))
        if (name.mid(i, 3) != "=2C" && name.mid(i, 3) != "=3D")
            return std::nullopt;
    return name.replace("=2C", ",").replace("=3D", "=");
}

/// The value of `letter`= at place `index` of a message cut at commas.
std::optional<QByteArray> attribute(const QList<QByteArray> &fields, qsizetype index, char letter)
{
    const QByteArray field = fields.value(index);
    if (field.size() < 2 || field[0] != letter || field[1] != '=')
        return std::nullopt;
    return field.sliced(2);
}

std::optional<QByteArray> fromBase64(const QByteArray &text)
{
    auto decoded = QByteArray::fromBase64Encoding(text, QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? std::optional{*decoded} : std::nullopt;
}

Error violation(const QString &what)
{
    return {ErrorCode::ProtocolViolation, u"SCRAM: "_s + what, {}, {}};
}

/// Of RFC 3454: B.1, what is mapped to nothing.
bool isMappedToNothing(char32_t c)
{
    return c == 0xad || c == 0x34f || c == 0x1806 || (c >= 0x180b && c <= 0x180d) || (c >= 0x200b && c <= 0x200d)
           || c == 0x2060 || (c >= 0xfe00 && c <= 0xfe0f) || c == 0xfeff;
}

/// Of RFC 3454: C.2 to C.9, what is prohibited after mapping and normalisation.
bool isProhibited(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_PrivateUse:
    case QChar::Other_Surrogate:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        break;
    }
    const bool isNonCharacter = (c >= 0xfdd0 && c <= 0xfdef) || (c & 0xfffe) == 0xfffe;
    return isNonCharacter || (c >= 0x200e && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) || (c >= 0x206a && c <= 0x206f)
           || c == 0x340 || c == 0x341 || (c >= 0x2ff0 && c <= 0x2ffb) || (c >= 0xfff9 && c <= 0xfffd)
           || c == 0x6dd || c == 0x70f || c == 0x180e || (c >= 0x1d173 && c <= 0x1d17a) || (c >= 0xe0001 && c <= 0xe007f);
}

bool isRightToLeft(char32_t c)
{
    const QChar::Direction direction = QChar::direction(c);
    return direction == QChar::DirR || direction == QChar::DirAL;
}

/// RFC 3454 section 6.
bool keepsBidiRule(const QList<uint> &text)
{
    if (!std::any_of(text.begin(), text.end(), isRightToLeft))
        return true;
    const bool mixesLeft = std::any_of(text.begin(), text.end(), [](uint c) { return QChar::direction(c) == QChar::DirL; });
    return !mixesLeft && isRightToLeft(text.first()) && isRightToLeft(text.last());
}

} // namespace

base::Result<QByteArray> saslPrep(QByteArrayView utf8)
{
    if (std::all_of(utf8.begin(), utf8.end(), [](char c) { return c >= 0x20 && c < 0x7f; }))
        return utf8.toByteArray();
    if (!utf8.isValidUtf8())
        return {ErrorCode::InvalidArgument, u"not UTF-8"_s};
    QString mapped;
    for (const uint c : QString::fromUtf8(utf8).toUcs4()) {
        if (isMappedToNothing(c))
            continue;
        mapped += QChar::category(c) == QChar::Separator_Space ? u" "_s : QString::fromUcs4(reinterpret_cast<const char32_t *>(&c), 1);
    }
    const QString normal = mapped.normalized(QString::NormalizationForm_KC);
    const QList<uint> characters = normal.toUcs4();
    if (std::any_of(characters.begin(), characters.end(), isProhibited) || !keepsBidiRule(characters))
        return {ErrorCode::InvalidArgument, u"holds a character that SASLprep prohibits"_s};
    return normal.toUtf8();
}

base::Result<ScramVerifier> makeScramVerifier(const base::Secret &password, int iterations)
{
    if (password.isEmpty())
        return {ErrorCode::InvalidArgument, u"the password is empty"_s};
    const QByteArray salt = randomOctets(16);
    const base::Result<QByteArray> salted = saltedPassword(password, salt, iterations);
    if (!salted)
        return salted.error();
    return verifierOf(*salted, salt, iterations);
}

bool isPasswordOf(const ScramVerifier &verifier, const base::Secret &password)
{
    const base::Result<QByteArray> salted = saltedPassword(password, verifier.salt, verifier.iterations);
    return salted && isEqualInConstantTime(digest(hmac(*salted, "Client Key")), verifier.storedKey);
}

ScramVerifier decoyVerifier(QByteArrayView name, QByteArrayView serverSecret)
{
    return {hmac(serverSecret, name).first(16), kScramIterations, QByteArray(kKeyOctets, '\0'), QByteArray(kKeyOctets, '\0')};
}

ScramClient::ScramClient(QByteArray userName, base::Secret password, QByteArray nonce)
    : m_userName(std::move(userName)), m_password(std::move(password)),
      m_nonce(nonce.isEmpty() ? randomOctets(24).toBase64() : std::move(nonce)) {}

base::Result<QByteArray> ScramClient::clientFirst()
{
    const base::Result<QByteArray> name = saslPrep(m_userName);
    if (!name)
        return name.error();
    m_clientFirstBare = "n=" + escapedName(*name) + ",r=" + m_nonce;
    return QByteArray("n,," + m_clientFirstBare);
}

base::Result<QByteArray> ScramClient::clientFinal(QByteArrayView serverFirst)
{
    const QByteArray first = serverFirst.toByteArray();
    const QList<QByteArray> fields = first.split(',');
    const std::optional<QByteArray> nonce = attribute(fields, 0, 'r');
    const std::optional<QByteArray> saltText = attribute(fields, 1, 's');
    const std::optional<QByteArray> countText = attribute(fields, 2, 'i');
    const std::optional<QByteArray> salt = saltText ? fromBase64(*saltText) : std::nullopt;
    if (!nonce || !salt || salt->isEmpty() || !countText || !nonce->startsWith(m_nonce) || nonce->size() == m_nonce.size())
        return violation(u"the server's first message"_s);
    const int iterations = countText->toInt();
    if (iterations < kLeastIterations || iterations > kMostIterations)
        return {ErrorCode::AlgorithmRefused, u"SCRAM with %1 iterations"_s.arg(iterations)};
    const base::Result<QByteArray> salted = saltedPassword(m_password, *salt, iterations);
    if (!salted)
        return salted.error();
    const QByteArray withoutProof = "c=biws,r=" + *nonce;
    const QByteArray authMessage = m_clientFirstBare + ',' + first + ',' + withoutProof;
    const QByteArray clientKey = hmac(*salted, "Client Key");
    m_serverSignature = hmac(hmac(*salted, "Server Key"), authMessage);
    return QByteArray(withoutProof + ",p=" + exclusiveOr(clientKey, hmac(digest(clientKey), authMessage)).toBase64());
}

base::Status ScramClient::verify(QByteArrayView serverFinal) const
{
    const std::optional<QByteArray> text = attribute(serverFinal.toByteArray().split(','), 0, 'v');
    const std::optional<QByteArray> signature = text ? fromBase64(*text) : std::nullopt;
    if (!signature || m_serverSignature.isEmpty() || !isEqualInConstantTime(*signature, m_serverSignature))
        return {ErrorCode::AuthenticationFailed, u"SCRAM: the server did not prove that it knows the password"_s};
    return base::Done{};
}

ScramServer::ScramServer(QByteArray nonce) : m_nonce(nonce.isEmpty() ? randomOctets(18).toBase64() : std::move(nonce)) {}

base::Result<QByteArray> ScramServer::takeClientFirst(QByteArrayView clientFirst)
{
    const QByteArray message = clientFirst.toByteArray();
    const QList<QByteArray> fields = message.split(',');
    // "y" means that the client could bind and thinks we cannot: true. "p=" demands what we do not offer.
    if (fields.size() < 4 || (fields[0] != "n" && fields[0] != "y"))
        return violation(u"the GS2 header"_s);
    const std::optional<QByteArray> escaped = attribute(fields, 2, 'n');
    const std::optional<QByteArray> nonce = attribute(fields, 3, 'r');
    const std::optional<QByteArray> name = escaped ? unescapedName(*escaped) : std::nullopt;
    if (!name || name->isEmpty() || !nonce || nonce->isEmpty())
        return violation(u"the client's first message"_s);
    if (!fields[1].isEmpty() && attribute(fields, 1, 'a') != escaped)
        return {ErrorCode::AuthenticationFailed, u"SCRAM: an authorization identity other than the name"_s};
    m_gs2Header = fields[0] + ',' + fields[1] + ',';
    m_clientFirstBare = message.sliced(m_gs2Header.size());
    m_nonce = *nonce + m_nonce;
    return saslPrep(*name);
}

QByteArray ScramServer::serverFirst(const ScramVerifier &verifier)
{
    m_verifier = verifier;
    m_serverFirst = "r=" + m_nonce + ",s=" + verifier.salt.toBase64() + ",i=" + QByteArray::number(verifier.iterations);
    return m_serverFirst;
}

base::Result<QByteArray> ScramServer::takeClientFinal(QByteArrayView clientFinal)
{
    const QByteArray message = clientFinal.toByteArray();
    const QList<QByteArray> fields = message.split(',');
    const std::optional<QByteArray> binding = attribute(fields, 0, 'c');
    const std::optional<QByteArray> nonce = attribute(fields, 1, 'r');
    const std::optional<QByteArray> proofText = attribute(fields, fields.size() - 1, 'p');
    const std::optional<QByteArray> proof = proofText ? fromBase64(*proofText) : std::nullopt;
    if (m_serverFirst.isEmpty() || !binding || fromBase64(*binding) != m_gs2Header || nonce != m_nonce || !proof || proof->size() != kKeyOctets)
        return violation(u"the client's final message"_s);
    const QByteArray withoutProof = message.first(message.lastIndexOf(",p="));
    const QByteArray authMessage = m_clientFirstBare + ',' + m_serverFirst + ',' + withoutProof;
    const QByteArray clientKey = exclusiveOr(*proof, hmac(m_verifier.storedKey, authMessage));
    if (!isEqualInConstantTime(digest(clientKey), m_verifier.storedKey))
        return {ErrorCode::AuthenticationFailed, u"SCRAM: wrong proof"_s};
    return QByteArray("v=" + hmac(m_verifier.serverKey, authMessage).toBase64());
}

base::Result<PlainCredentials> parseSaslPlain(QByteArrayView message)
{
    const qsizetype first = message.indexOf('\0');
    const qsizetype second = first < 0 ? -1 : message.indexOf('\0', first + 1);
    if (second < 0 || message.indexOf('\0', second + 1) >= 0 || second == first + 1 || second + 1 == message.size())
        return {ErrorCode::ProtocolViolation, u"PLAIN: not name and password"_s};
    return PlainCredentials{message.first(first).toByteArray(), message.sliced(first + 1, second - first - 1).toByteArray(),
                            base::Secret{message.sliced(second + 1)}};
}

QByteArray saslPlain(QByteArrayView userName, const base::Secret &password)
{
    QByteArray message;
    message.append('\0').append(userName).append('\0').append(password.view());
    return message;
}

} // namespace net
