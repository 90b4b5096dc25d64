// SPDX-License-Identifier: GPL-3.0-or-later
#include "provider/CmsFacts.h"

namespace provider {

const char *nameOf(CmsFault fault)
{
    switch (fault) {
    case CmsFault::None:
        return "None";
    case CmsFault::Malformed:
        return "Malformed";
    case CmsFault::TooLarge:
        return "TooLarge";
    case CmsFault::WrongType:
        return "WrongType";
    case CmsFault::UnsupportedAlgorithm:
        return "UnsupportedAlgorithm";
    case CmsFault::NoKey:
        return "NoKey";
    case CmsFault::DecryptionFailed:
        return "DecryptionFailed";
    case CmsFault::SigningFailed:
        return "SigningFailed";
    case CmsFault::EncryptionFailed:
        return "EncryptionFailed";
    }
    Q_UNREACHABLE_RETURN("");
}

const char *nameOf(CmsIntegrity integrity)
{
    switch (integrity) {
    case CmsIntegrity::NotChecked:
        return "NotChecked";
    case CmsIntegrity::Valid:
        return "Valid";
    case CmsIntegrity::Invalid:
        return "Invalid";
    case CmsIntegrity::NoCertificate:
        return "NoCertificate";
    case CmsIntegrity::Unsupported:
        return "Unsupported";
    case CmsIntegrity::Refused:
        return "Refused";
    }
    Q_UNREACHABLE_RETURN("");
}

const char *nameOf(CmsDefect defect)
{
    switch (defect) {
    case CmsDefect::None:
        return "None";
    case CmsDefect::ContentChanged:
        return "ContentChanged";
    case CmsDefect::SignatureWrong:
        return "SignatureWrong";
    case CmsDefect::AttributesMissing:
        return "AttributesMissing";
    case CmsDefect::AttributesDuplicated:
        return "AttributesDuplicated";
    case CmsDefect::ContentTypeDiffers:
        return "ContentTypeDiffers";
    case CmsDefect::AlgorithmDiffers:
        return "AlgorithmDiffers";
    case CmsDefect::CertificateDiffers:
        return "CertificateDiffers";
    case CmsDefect::EmbeddedContentDiffers:
        return "EmbeddedContentDiffers";
    }
    Q_UNREACHABLE_RETURN("");
}

} // namespace provider
