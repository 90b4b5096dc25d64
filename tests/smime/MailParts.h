// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The pieces of which mails are put together by hand, so that anything can be wrong with them.

#include <QByteArray>
#include <QList>

namespace smimetest {

inline QByteArray header(const QByteArray &from = "Alice <alice@example.org>")
{
    return "From: " + from + "\r\nTo: bob@example.org\r\nSubject: Test\r\nMIME-Version: 1.0\r\n";
}

inline QByteArray textPart(const QByteArray &text)
{
    return "Content-Type: text/plain; charset=utf-8\r\n\r\n" + text + "\r\n";
}

inline QByteArray htmlPart(const QByteArray &html)
{
    return "Content-Type: text/html; charset=utf-8\r\n\r\n" + html + "\r\n";
}

inline QByteArray multipart(const QByteArray &type, const QList<QByteArray> &parts)
{
    QByteArray out = "Content-Type: multipart/" + type + "; boundary=\"out\"\r\n\r\n";
    for (const QByteArray &part : parts)
        out += "--out\r\n" + part + "\r\n";
    return out + "--out--\r\n";
}

inline QByteArray cmsPart(const QByteArray &der, const QByteArray &type = "application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m")
{
    return "Content-Type: " + type + "\r\nContent-Transfer-Encoding: base64\r\n\r\n" + der.toBase64() + "\r\n";
}

inline QByteArray signedPart(const QByteArray &entity, const QByteArray &signature)
{
    return "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; micalg=sha-256; boundary=\"sig\"\r\n\r\n--sig\r\n"
        + entity + "\r\n--sig\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + signature.toBase64() + "\r\n--sig--\r\n";
}

} // namespace smimetest
