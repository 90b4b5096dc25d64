// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCrypto>
#include <memory>

namespace smime {

/// QCA's objects for the operations of one mail, one after the other: making them costs as much as verifying a signature, so that the next mail of
/// the thread has the same, without anything of this one. Lives and dies with one job, on its thread.
class CmsSession
{
public:
    CmsSession() = default;
    ~CmsSession();
    Q_DISABLE_COPY_MOVE(CmsSession)

    [[nodiscard]] QCA::CMS &cms() { return objects().cms; }
    /// Ready for the next start...(); gives its options anew each time.
    [[nodiscard]] QCA::SecureMessage &message() { return objects().message; }

private:
    struct Objects {
        QCA::CMS cms;
        QCA::SecureMessage message{&cms};
    };

    Objects &objects();
    /// What the last session of this thread left; a session within a session makes its own.
    static std::unique_ptr<Objects> &idle();

    std::unique_ptr<Objects> m_objects; ///< Made or taken over when first needed.
};

} // namespace smime
