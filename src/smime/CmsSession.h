// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCrypto>
#include <memory>

namespace smime {

/// QCA's objects for the operations of one mail, one after the other: making them costs as much as verifying a signature. Made when
/// they are first needed; live and die with one job, on its thread.
class CmsSession
{
public:
    [[nodiscard]] QCA::CMS &cms() { return objects().cms; }
    /// Ready for the next start...(); gives its options anew each time.
    [[nodiscard]] QCA::SecureMessage &message() { return objects().message; }

private:
    struct Objects {
        QCA::CMS cms;
        QCA::SecureMessage message{&cms};
    };

    Objects &objects()
    {
        if (!m_objects)
            m_objects = std::make_unique<Objects>();
        return *m_objects;
    }

    std::unique_ptr<Objects> m_objects;
};

} // namespace smime
