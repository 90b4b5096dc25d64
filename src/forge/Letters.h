// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "forge/Expectation.h"
#include "forge/World.h"

namespace forge {

// The pieces that forged mail is put together from: octets with CRLF, every part written out as it will stand.

/// From, To, Subject, Date, Message-ID and MIME-Version; ends before the fields of the content.
[[nodiscard]] QByteArray letterhead(const World &world, const QByteArray &subject, const QByteArray &from = "Alice <alice@example.org>");
[[nodiscard]] QByteArray textPart(const QByteArray &text);
[[nodiscard]] QByteArray htmlPart(const QByteArray &html);
/// `type`: "mixed" and so on, with parameters if need be.
[[nodiscard]] QByteArray multipart(const QByteArray &type, const QList<QByteArray> &parts, const QByteArray &boundary = "forged-parts");
/// The usual part around a CMS in base64. `smimeType`: "signed-data", "enveloped-data", ...
[[nodiscard]] QByteArray cmsPart(const QByteArray &der, const QByteArray &smimeType);
/// The same with a Content-Type of one's own.
[[nodiscard]] QByteArray base64Part(const QByteArray &contentType, const QByteArray &octets);
/// multipart/signed around `entity` and its detached signature. `boundary` must not be in either.
[[nodiscard]] QByteArray signedParts(const QByteArray &entity, const QByteArray &signature, const QByteArray &boundary = "forged-signed");

/// A signer as one expects: SHA-256, the usual attributes, signing now.
[[nodiscard]] provider::ForgedSigner signerFor(const World &world, const Person &person);
/// SignedData over `entity` with the signers' certificates and their issuers.
[[nodiscard]] provider::ForgedSignedData signedBy(const World &world, const QList<Person> &people, const QByteArray &entity);
/// SignedData by one person, detached.
[[nodiscard]] QByteArray signatureOf(World &world, const Person &person, const QByteArray &entity);
/// multipart/signed over `entity` by one person.
[[nodiscard]] QByteArray signedEntity(World &world, const Person &person, const QByteArray &entity, const QByteArray &boundary = "forged-signed");
/// application/pkcs7-mime with SignedData by one person inside.
[[nodiscard]] QByteArray opaqueEntity(World &world, const Person &person, const QByteArray &entity);
/// For Bob's RSA key, as CMS; with OAEP, or with PKCS #1 v1.5 where the cipher is CBC, as programs mostly do.
[[nodiscard]] QByteArray encryptedForBob(World &world, const QByteArray &entity, provider::ForgedCipher cipher = provider::ForgedCipher::Aes256Gcm);

/// Everything in order: valid, trusted, permitted, strong, the sender's own, not revoked; one signer.
[[nodiscard]] Expectation verified(smime::LayerForm form = smime::LayerForm::Detached);
/// Every axis that a signer of ours has if nothing is wrong.
[[nodiscard]] smime::SignatureAxes soundAxes();
/// Decrypted by encryptedForBob() with AES-256-CBC, not signed, and the reader says that it could have been altered.
[[nodiscard]] Expectation decryptedCbc();
/// Decrypted for Bob's RSA key with OAEP and AES-256-GCM, not signed.
[[nodiscard]] Expectation decrypted();
/// `expected` with `text` (UTF-8) as the text of the body.
[[nodiscard]] Expectation withText(Expectation expected, const QByteArray &text);
/// `inner` with the encryption of `outer` around it; the warning of CBC is void, for a signature notices changes.
[[nodiscard]] Expectation inside(const Expectation &outer, Expectation inner);
/// Sets the same axes for the whole and for the only signer.
void setAxes(Expectation &expectation, const smime::SignatureAxes &axes);

} // namespace forge
