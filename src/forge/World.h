// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "provider/CertificateIssuance.h"
#include "provider/CmsForge.h"
#include "provider/KeyGeneration.h"

#include <QHash>
#include <optional>
#include <unordered_map>

namespace forge {

/// Whose word a certificate rests on.
enum class Authority {
    Main,       ///< Trusted; its revocation list is current.
    Quiet,      ///< Trusted; publishes no revocation list.
    Stale,      ///< Trusted; its revocation list is out of date.
    Stranger,   ///< Nobody trusts it.
};

/// Somebody with a key.
struct Person {
    QCA::PrivateKey key;
    QByteArray certificate;         ///< DER
    QList<QByteArray> issuers;      ///< DER, from the issuer upwards, without a trusted root.
};

/// What a certificate is to be like. Days count from now.
struct Wish {
    QByteArray id = "alice";        ///< Names key and serial number: the same one gives the same person.
    QString name = QStringLiteral("Alice");
    QStringList addresses{QStringLiteral("alice@example.org")};
    provider::KeyType key = provider::KeyType::Rsa2048;
    std::optional<provider::ForgedKey> forgedKey; ///< Instead of `key`.
    Authority issuer = Authority::Main;
    const Person *issuedBy = nullptr;             ///< Instead of `issuer`.
    provider::CertificateKind kind = provider::CertificateKind::Person;
    provider::MailUse use = provider::MailUse::SignAndReceive;
    int validFromDay = -30;
    int validUntilDay = 365;
    QByteArray digest;              ///< Of the issuer's signature, as provider::CertificateProfile.
    std::optional<int> pathLength;
    QList<std::pair<QByteArray, QByteArray>> extensions; ///< As provider::CertificateProfile.
};

/// The people and authorities of the forged mail, made as they are asked for. The seed decides words, numbers and
/// places; keys and nonces come from OpenSSL's random source. What cannot be made is remembered in fault() and
/// comes out empty. One thread; needs the provider.
class World
{
public:
    /// `now`: UTC; everything is relative to it.
    World(const QDateTime &now, quint32 seed);

    [[nodiscard]] const QDateTime &now() const { return m_now; }
    /// The first thing that could not be made.
    [[nodiscard]] const std::optional<base::Error> &fault() const { return m_fault; }

    /// Made once for each Wish::id; stays where it is as long as the world.
    const Person &person(const Wish &wish);
    /// Alice, who writes; RSA-2048, nothing odd about her.
    const Person &alice() { return person({}); }
    /// Bob, who reads, with one key of each type: RSA signs and receives, the others receive.
    const Person &bob(provider::KeyType type = provider::KeyType::Rsa2048);
    /// Mallory, who has an honest certificate for an address of her own.
    const Person &mallory();
    [[nodiscard]] const QByteArray &rootOf(Authority authority) const;

    /// PEM of the anchors; of all revocation lists; of Bob's RSA key and all others of his made so far,
    /// each with its certificate.
    [[nodiscard]] QByteArray anchorsPem() const;
    [[nodiscard]] QByteArray listsPem();
    [[nodiscard]] QByteArray readerPem();
    /// The list of the main authority, DER.
    [[nodiscard]] QByteArray mainList();

    /// A number below `limit` that depends on the seed and on `purpose` alone.
    [[nodiscard]] quint32 pick(const QByteArray &purpose, quint32 limit) const;
    /// A short letter, different with each seed; one line, ASCII.
    [[nodiscard]] QByteArray words(const QByteArray &purpose) const;
    /// The value, or an empty one; then fault() says why.
    template <typename T>
    T take(const base::Result<T> &result)
    {
        if (result)
            return *result;
        if (!m_fault)
            m_fault = result.error();
        return {};
    }

private:
    struct Root {
        QCA::PrivateKey key;
        QCA::Certificate certificate;
        QByteArray der;
    };
    [[nodiscard]] Root makeRoot(const QString &name);
    [[nodiscard]] Person make(const Wish &wish);
    [[nodiscard]] QCA::PrivateKey keyFor(const Wish &wish);
    [[nodiscard]] QByteArray serialOf(const QByteArray &id) const;
    [[nodiscard]] QByteArray listOf(Authority authority, int ageDays);
    [[nodiscard]] const Root &root(Authority authority) const { return m_roots[static_cast<qsizetype>(authority)]; }

    QDateTime m_now;
    quint32 m_seed;
    std::optional<base::Error> m_fault;
    QList<Root> m_roots;
    std::unordered_map<QByteArray, Person> m_people; ///< Never moves its elements.
    QHash<QByteArray, QCA::PrivateKey> m_keys;
    QList<QByteArray> m_readers;    ///< Ids of Bob's, in the order of their making.
};

/// The id of the one whose certificate the main authority has revoked.
inline constexpr char kRevokedId[] = "alice-revoked";
/// The same for an authority of its own below the main one.
inline constexpr char kRevokedAuthorityId[] = "revoked-authority";

} // namespace forge
