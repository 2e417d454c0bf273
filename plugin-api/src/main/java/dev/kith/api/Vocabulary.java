package dev.kith.api;

/**
 * The topics and facts that areas share, with who publishes them. Names only: each side reads the
 * JSON with a record of its own. Topics are a singular noun and a past participle; requests to
 * another area end in {@code Requested}.
 */
public final class Vocabulary {

    /** From outside: {@code {orderId, channel?, unitId?, amount, referralCode?, lines?}}. */
    public static final String PURCHASE_COMPLETED = "purchase.completed";

    /** From outside: {@code {refundId, orderId?, amount, lines?}}. */
    public static final String PURCHASE_REFUNDED = "purchase.refunded";

    /** From outside: {@code {channel?, unitId?, note?}}. */
    public static final String VISIT_MADE = "visit.made";

    /** From outside: {@code {direction, durationSeconds?, note?}}. */
    public static final String CALL_MADE = "call.made";

    /** By core, when a customer is made. */
    public static final String CUSTOMER_CREATED = "customer.created";

    /** By core, when a customer's details change: {@code {fields}}. */
    public static final String CUSTOMER_UPDATED = "customer.updated";

    /** By core. */
    public static final String CUSTOMER_ARCHIVED = "customer.archived";

    /** By core. */
    public static final String CUSTOMER_RESTORED = "customer.restored";

    /** By any area, to core: {@code {patch}}, a merge patch of the customer. */
    public static final String CUSTOMER_UPDATE_REQUESTED = "customer.updateRequested";

    /** By any area, to loyalty: {@code {rewardId, kind: "points", points, reason}}. */
    public static final String REWARD_REQUESTED = "reward.requested";

    /** By loyalty: {@code {points, balance}}. */
    public static final String POINTS_EARNED = "points.earned";

    /** Fact of loyalty: points that can be spent now. */
    public static final String FACT_LOYALTY_POINTS = "loyalty.points";

    private Vocabulary() {}
}
