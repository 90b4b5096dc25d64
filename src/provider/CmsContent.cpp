// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/CmsContent.h"

#include "base/LargeArray.h"

namespace provider::cms {

QByteArray takeContent(QByteArray &&message, const QList<CmsRange> &ranges)
{
    if (ranges.isEmpty())
        return QByteArray("");
    if (ranges.size() == 1) {
        const CmsRange range = ranges.first();
        if (!message.isDetached())
            return message.sliced(range.offset, range.length);
        QByteArray content = std::move(message);
        content.truncate(range.offset + range.length);
        content.remove(0, range.offset); // moves the beginning, not the octets
        return content;
    }
    qsizetype total = 0;
    for (const CmsRange &range : ranges)
        total += range.length;
    QByteArray content;
    base::reserveLarge(content, total);
    for (const CmsRange &range : ranges)
        content.append(message.constData() + range.offset, range.length);
    return content;
}

} // namespace provider::cms
