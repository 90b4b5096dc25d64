// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <openssl/evp.h>

#include <memory>

namespace bench {

/// What sealing and opening cannot do without, each called as cheaply as OpenSSL allows: warm buffers that are used again,
/// contexts and keys made beforehand, nothing around them. Only base64 has a fresh array to write to, as every message has.
class Primitives
{
public:
    explicit Primitives(qsizetype octets);
    ~Primitives();
    Q_DISABLE_COPY_MOVE(Primitives)

    void digest();
    void gcm();
    void sign();   ///< RSA-2048, PKCS #1 v1.5, SHA-256.
    void verify();
    void wrap();   ///< A content key by RSA-OAEP with SHA-256.
    void unwrap();
    void encodeBase64();
    void decodeBase64();

private:
    struct Data;
    std::unique_ptr<Data> m_data;
};

} // namespace bench
