// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "relay/Carrier.h"

#include <memory>
#include <vector>

[[nodiscard]] inline relay::OnwardOutcome faultOf(base::ErrorCode code, const QByteArray &reply, relay::OnwardOutcome::Blame blame)
{
    relay::OnwardOutcome outcome;
    outcome.fault = base::Error{code, {}, {}, reply};
    outcome.blame = blame;
    return outcome;
}

/// Reads each message to its end and answers as the test says.
class ScriptedCarrier final : public relay::Carrier
{
public:
    struct Script {
        std::function<relay::OnwardOutcome(const relay::OnwardParcel &)> answer = [](const relay::OnwardParcel &) { return relay::OnwardOutcome{}; };
        bool holds = false; ///< Answers only when let go.
        QList<relay::OnwardParcel> parcels;
        QList<QByteArray> texts;
        int atOnce = 0;
        int mostAtOnce = 0;
        std::vector<std::function<void()>> held;

        void letGo()
        {
            for (const auto &one : std::exchange(held, {}))
                one();
        }
    };
    explicit ScriptedCarrier(Script &script, QByteArray name = "smarthost.example.net") : m_script(script), m_name(std::move(name)) {}

    void carry(relay::OnwardParcel parcel, Text text, std::function<void(const relay::OnwardOutcome &)> done) override
    {
        m_script.mostAtOnce = qMax(m_script.mostAtOnce, ++m_script.atOnce);
        readOn(std::make_shared<Carried>(Carried{std::move(parcel), std::move(text), std::move(done), {}}));
    }
    [[nodiscard]] QByteArray nextHop() const override { return m_name; }

private:
    struct Carried {
        relay::OnwardParcel parcel;
        Text text;
        std::function<void(const relay::OnwardOutcome &)> done;
        QByteArray octets;
    };
    void readOn(const std::shared_ptr<Carried> &carried)
    {
        if (carried->octets.size() < carried->parcel.octets)
            return carried->text(carried->octets.size(), [this, carried](const base::Result<QByteArray> &piece) {
                carried->octets += piece ? *piece : QByteArray(1, '?');
                readOn(carried);
            });
        m_script.parcels.append(carried->parcel);
        m_script.texts.append(carried->octets);
        const auto end = [this, carried] {
            --m_script.atOnce;
            carried->done(m_script.answer(carried->parcel));
        };
        if (m_script.holds)
            m_script.held.push_back(end);
        else
            end();
    }

    Script &m_script;
    QByteArray m_name;
};
