// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a program that knows CMS but no mail is asked about each forged mail.

#include "mime/Body.h"
#include "mime/Structure.h"
#include "mime/Text.h"
#include "provider/CmsStructure.h"
#include "support/ForgedMail.h"

namespace interop {

/// The outermost CMS of one mail, wherever it stands, and what is to come out.
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

/// The question for one mail; nothing where its expectation says nothing about the outermost CMS.
inline std::optional<ForgedLetter> questionFor(const QString &name, const QByteArray &message, const QJsonObject &expected)
{
    const auto structure = mime::parseStructure(message);
    std::optional<ForgedLetter> letter = structure ? outermostCms(message, structure->root) : std::nullopt;
    const QJsonArray layers = expected[u"layers"].toArray();
    if (!letter || layers.isEmpty() || expected[u"summary"].toString() == QStringLiteral("malformed"))
        return {};
    letter->name = name;
    const QString integrity = expected[u"signature"][u"integrity"].toString();
    const QString state = expected[u"encryption"][u"state"].toString();
    if (letter->task == ForgedLetter::Task::Verify) {
        // Where no signature bears, the one around the ciphertext is sound in all recipes.
        letter->isCertificateSound = integrity == QStringLiteral("none") || isSound(expected[u"signature"].toObject());
        const bool isUnsaid = integrity == QStringLiteral("unsupported");
        letter->expected = integrity == QStringLiteral("invalid") ? ForgedLetter::Outcome::Bad : ForgedLetter::Outcome::Good;
        return isUnsaid ? std::nullopt : letter;
    }
    if (state == QStringLiteral("no-key"))
        return {};
    letter->expected = state == QStringLiteral("failed") ? ForgedLetter::Outcome::Bad : ForgedLetter::Outcome::Good;
    if (layers.size() == 1)
        letter->text = expected[u"body"][u"text"].toString().toUtf8();
    return letter;
}

inline QList<ForgedLetter> questions(const support::ForgedFolder &folder)
{
    QList<ForgedLetter> all;
    for (const QString &name : folder.names())
        if (const auto letter = questionFor(name, folder.read(name + QStringLiteral(".eml")), folder.expected(name)))
            all.append(*letter);
    return all;
}

} // namespace interop
