package dev.kith.referrals;

import com.fasterxml.jackson.annotation.JsonValue;

/** Why a claim was refused. */
enum Refusal {
    /** One's own code. */
    OWN_CODE("referrals.ownCode"),
    /** Bought before. */
    ALREADY_CUSTOMER("referrals.alreadyCustomer"),
    /** Was invited by somebody else before. */
    ALREADY_CLAIMED("referrals.alreadyClaimed"),
    /** Invited, at some remove, the very person whose code it is. */
    CIRCLE("referrals.circle"),
    /** Whose code it is has invited as many as one may. */
    TOO_MANY("referrals.tooMany");

    private final String text;

    Refusal(String text) {
        this.text = text;
    }

    @JsonValue
    String text() {
        return text;
    }
}
