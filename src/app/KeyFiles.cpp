// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/KeyFiles.h"

#include "identity/Pkcs12Import.h"

namespace app {

bool beginsAsPkcs12(const QByteArray &file)
{
    const int length = file.size() > 1 ? static_cast<unsigned char>(file[1]) : 0;
    const qsizetype head = length > 0x80 ? 2 + (length & 0x7f) : 2;
    return file.startsWith('\x30') && file.mid(head, 3) == QByteArray::fromHex("020103");
}

bool holdsPrivateKeys(const QByteArray &file)
{
    return beginsAsPkcs12(file) || identity::holdsPrivateKeys(file);
}

} // namespace app
