// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What provider finds, by name where a test fails.

#include "provider/CmsFacts.h"
#include "provider/PathPolicy.h"

#include <QTest>

namespace provider {

inline const char *nameOf(CmsFault value)
{
    switch (value) {
    case CmsFault::None: return "None";
    case CmsFault::Malformed: return "Malformed";
    case CmsFault::TooLarge: return "TooLarge";
    case CmsFault::WrongType: return "WrongType";
    case CmsFault::UnsupportedAlgorithm: return "UnsupportedAlgorithm";
    case CmsFault::NoKey: return "NoKey";
    case CmsFault::DecryptionFailed: return "DecryptionFailed";
    case CmsFault::SigningFailed: return "SigningFailed";
    case CmsFault::EncryptionFailed: return "EncryptionFailed";
    }
    Q_UNREACHABLE_RETURN("");
}

inline const char *nameOf(CmsIntegrity value)
{
    switch (value) {
    case CmsIntegrity::NotChecked: return "NotChecked";
    case CmsIntegrity::Valid: return "Valid";
    case CmsIntegrity::Invalid: return "Invalid";
    case CmsIntegrity::NoCertificate: return "NoCertificate";
    case CmsIntegrity::Unsupported: return "Unsupported";
    case CmsIntegrity::Refused: return "Refused";
    }
    Q_UNREACHABLE_RETURN("");
}

inline const char *nameOf(CmsDefect value)
{
    switch (value) {
    case CmsDefect::None: return "None";
    case CmsDefect::ContentChanged: return "ContentChanged";
    case CmsDefect::SignatureWrong: return "SignatureWrong";
    case CmsDefect::AttributesMissing: return "AttributesMissing";
    case CmsDefect::AttributesDuplicated: return "AttributesDuplicated";
    case CmsDefect::ContentTypeDiffers: return "ContentTypeDiffers";
    case CmsDefect::AlgorithmDiffers: return "AlgorithmDiffers";
    case CmsDefect::CertificateDiffers: return "CertificateDiffers";
    case CmsDefect::EmbeddedContentDiffers: return "EmbeddedContentDiffers";
    }
    Q_UNREACHABLE_RETURN("");
}

inline const char *nameOf(PathChain value)
{
    switch (value) {
    case PathChain::NotChecked: return "NotChecked";
    case PathChain::Trusted: return "Trusted";
    case PathChain::Untrusted: return "Untrusted";
    case PathChain::Incomplete: return "Incomplete";
    case PathChain::Invalid: return "Invalid";
    }
    Q_UNREACHABLE_RETURN("");
}

inline const char *nameOf(PathUsage value)
{
    switch (value) {
    case PathUsage::NotChecked: return "NotChecked";
    case PathUsage::Permitted: return "Permitted";
    case PathUsage::Forbidden: return "Forbidden";
    }
    Q_UNREACHABLE_RETURN("");
}

inline const char *nameOf(PathTime value)
{
    switch (value) {
    case PathTime::NotChecked: return "NotChecked";
    case PathTime::Valid: return "Valid";
    case PathTime::Expired: return "Expired";
    case PathTime::NotYetValid: return "NotYetValid";
    }
    Q_UNREACHABLE_RETURN("");
}

inline const char *nameOf(PathRevocation value)
{
    switch (value) {
    case PathRevocation::NotChecked: return "NotChecked";
    case PathRevocation::Good: return "Good";
    case PathRevocation::Revoked: return "Revoked";
    case PathRevocation::Unknown: return "Unknown";
    }
    Q_UNREACHABLE_RETURN("");
}

inline const char *nameOf(PathStrength value)
{
    switch (value) {
    case PathStrength::NotChecked: return "NotChecked";
    case PathStrength::Strong: return "Strong";
    case PathStrength::Weak: return "Weak";
    case PathStrength::Broken: return "Broken";
    }
    Q_UNREACHABLE_RETURN("");
}

} // namespace provider

// clang-format off
namespace QTest {
template <> inline char *toString(const provider::CmsFault &value) { return qstrdup(provider::nameOf(value)); }
template <> inline char *toString(const provider::CmsIntegrity &value) { return qstrdup(provider::nameOf(value)); }
template <> inline char *toString(const provider::CmsDefect &value) { return qstrdup(provider::nameOf(value)); }
template <> inline char *toString(const provider::PathChain &value) { return qstrdup(provider::nameOf(value)); }
template <> inline char *toString(const provider::PathUsage &value) { return qstrdup(provider::nameOf(value)); }
template <> inline char *toString(const provider::PathTime &value) { return qstrdup(provider::nameOf(value)); }
template <> inline char *toString(const provider::PathRevocation &value) { return qstrdup(provider::nameOf(value)); }
template <> inline char *toString(const provider::PathStrength &value) { return qstrdup(provider::nameOf(value)); }
} // namespace QTest
// clang-format on
