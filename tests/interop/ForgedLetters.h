// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a program that knows CMS but no mail is asked about each forged mail.

#include "mime/Body.h"
#include "mime/Structure.h"
#include "mime/Text.h"
#include "provider/CmsStructure.h"
#include "support/ForgedMail.h"

#include <functional>

namespace interop {

/// One CMS layer of a mail, wherever it stands, and what is to come out.
struct ForgedLetter {
    enum class Task { Verify, Decrypt, Decompress };
    enum class Outcome { Good, Bad };

    QString name;
    Task task = Task::Verify;
    Outcome expected = Outcome::Good;
    QByteArray cms;
    std::optional<QByteArray> detachedContent;  ///< Canonical; nothing for an opaque signature.
    QByteArray text;                            ///< That a decrypted or decompressed letter contains; may be empty.
    /// Path, purpose, validity and strength of every signer are in order: for peers that say no more than yes or no.
    bool isCertificateSound = true;
    QString password;                           ///< Opens it, as the manifest tells; or else the key does: `id` and `key` in hex.
    QJsonObject sharedKey;

    [[nodiscard]] bool isForSecret() const { return !password.isEmpty() || !sharedKey.isEmpty(); }
    [[nodiscard]] QString cmsFile() const { return name + QStringLiteral(".p7"); }
    [[nodiscard]] QString contentFile() const { return name + QStringLiteral(".content"); }
    [[nodiscard]] QString outFile() const { return name + QStringLiteral(".out"); }
};

/// Weak is not refused by programs of today, broken is.
inline bool isSound(const QJsonObject &axes)
{
    return axes[u"chain"].toString() == QStringLiteral("trusted") && axes[u"usage"].toString() == QStringLiteral("permitted")
        && axes[u"time"].toString() == QStringLiteral("valid") && axes[u"strength"].toString() != QStringLiteral("broken");
}

inline std::optional<ForgedLetter::Task> taskOf(const QByteArray &der)
{
    using Type = provider::CmsContentType;
    const auto cms = provider::readCmsStructure(der);
    if (cms && cms->type == Type::SignedData)
        return ForgedLetter::Task::Verify;
    if (cms && (cms->type == Type::EnvelopedData || cms->type == Type::AuthEnvelopedData))
        return ForgedLetter::Task::Decrypt;
    return cms && cms->type == Type::CompressedData ? std::optional(ForgedLetter::Task::Decompress) : std::nullopt;
}

/// The first CMS object that a reader meets: of `part` itself, or of the first part below it that is one.
inline std::optional<ForgedLetter> outermostCms(const QByteArray &message, const mime::Part &part)
{
    ForgedLetter letter;
    if (part.isType("multipart/signed") && part.children.size() > 1) {
        letter.detachedContent = mime::toCanonicalLineEnds(part.children[0].whole.of(message));
        letter.cms = mime::contentOf(message, part.children[1]).octets;
    } else if (part.type.value.startsWith("application/")) {
        letter.cms = mime::contentOf(message, part).octets;
    }
    if (const std::optional<ForgedLetter::Task> task = taskOf(letter.cms)) {
        letter.task = *task;
        return letter;
    }
    for (const mime::Part &child : part.children)
        if (std::optional<ForgedLetter> inside = outermostCms(message, child))
            return inside;
    return {};
}

/// What somebody who can decrypt finds in the ciphertext; empty if it fails.
using Decrypt = std::function<QByteArray(const ForgedLetter &)>;

/// What is to come out of one layer of a mail with this expectation. Where something is wrong it is so in the outermost.
inline void expect(ForgedLetter &letter, const QJsonObject &expected)
{
    const QString integrity = expected[u"signature"][u"integrity"].toString();
    if (letter.task == ForgedLetter::Task::Verify) {
        // Where no signature bears, the one around the ciphertext is sound in all recipes.
        letter.isCertificateSound = integrity == QStringLiteral("none") || isSound(expected[u"signature"].toObject());
        const bool isBad = integrity == QStringLiteral("invalid") || integrity == QStringLiteral("unsupported");
        letter.expected = isBad ? ForgedLetter::Outcome::Bad : ForgedLetter::Outcome::Good;
    } else {
        const bool isBad = expected[u"encryption"][u"state"].toString() == QStringLiteral("failed");
        letter.expected = isBad ? ForgedLetter::Outcome::Bad : ForgedLetter::Outcome::Good;
    }
}

/// The questions for one mail, a layer each, from the outside in; none where its expectation says nothing about them. `mail`: its entry in the manifest.
inline QList<ForgedLetter> questionsFor(const QJsonObject &mail, const QByteArray &message, const QJsonObject &expected, const Decrypt &decrypt)
{
    QList<ForgedLetter> all;
    const QJsonArray layers = expected[u"layers"].toArray();
    if (expected[u"summary"].toString() == QStringLiteral("malformed"))
        return all;
    QByteArray octets = message;
    for (qsizetype depth = 0; depth < layers.size(); ++depth) {
        const auto structure = mime::parseStructure(octets);
        std::optional<ForgedLetter> letter = structure ? outermostCms(octets, structure->root) : std::nullopt;
        if (!letter)
            break;
        letter->name = mail[u"name"].toString() + (depth == 0 ? QString() : QStringLiteral("-layer-%1").arg(depth + 1));
        letter->password = mail[u"password"].toString();
        letter->sharedKey = mail[u"sharedKey"].toObject();
        const bool isVerified = letter->task == ForgedLetter::Task::Verify;
        if (!isVerified && !letter->isForSecret() && expected[u"encryption"][u"state"].toString() == QStringLiteral("no-key"))
            break;
        expect(*letter, expected);
        const bool isLast = depth + 1 == layers.size() || letter->expected == ForgedLetter::Outcome::Bad;
        octets = isLast ? QByteArray() : isVerified ? letter->detachedContent.value_or(QByteArray()) : decrypt(*letter);
        if (!isVerified)
            letter->text = !isLast ? octets : letter->isForSecret() ? QByteArray("Content-Type:") : expected[u"body"][u"text"].toString().toUtf8();
        all.append(*letter);
        if (isLast)
            break;
    }
    return all;
}

inline QList<ForgedLetter> questions(const support::ForgedFolder &folder, const Decrypt &decrypt)
{
    QList<ForgedLetter> all;
    for (const QJsonValue &mail : folder.mails()) {
        const QString name = mail[u"name"].toString();
        all += questionsFor(mail.toObject(), folder.read(name + QStringLiteral(".eml")), folder.expected(name), decrypt);
    }
    return all;
}

} // namespace interop
