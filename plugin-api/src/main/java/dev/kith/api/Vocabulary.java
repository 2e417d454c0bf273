package dev.kith.api;

/**
 * The topics and facts that areas share, with who publishes them. Names only: each side reads the
 * JSON with a record of its own. Topics are a singular noun and a past participle; requests to
 * another area end in {@code Requested}.
 *
 * {@snippet :
 * tx.publish(Vocabulary.REWARD_REQUESTED, customer, new Reward(tx.newId(), "points", 50, "a long wait"));
 * }
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

    /** By core: {@code {purpose, channel?, textVersion, source, expiresAt?}}. */
    public static final String CONSENT_GIVEN = "consent.given";

    /** By core: {@code {purpose, channel?, reason}}, the reason {@code requested|expired}. */
    public static final String CONSENT_WITHDRAWN = "consent.withdrawn";

    /** By any area that was told no, to core: {@code {purpose, channel?, evidence?, source?}}. */
    public static final String CONSENT_WITHDRAWAL_REQUESTED = "consent.withdrawalRequested";

    /** By any area, to loyalty: {@code {rewardId, kind: "points", points, reason}}. */
    public static final String REWARD_REQUESTED = "reward.requested";

    /** By any area, to loyalty: {@code {rewardId, reason}}. */
    public static final String REWARD_REVERSAL_REQUESTED = "reward.reversalRequested";

    /** By loyalty: {@code {rewardId}}. */
    public static final String REWARD_GRANTED = "reward.granted";

    /** By loyalty: {@code {rewardId, reason}}. */
    public static final String REWARD_REFUSED = "reward.refused";

    /** By loyalty: {@code {rewardId}}. */
    public static final String REWARD_REVERSED = "reward.reversed";

    /** By any area, to messages: {@code {messageId, purpose, template, data}}. */
    public static final String MESSAGE_REQUESTED = "message.requested";

    /** By messages: {@code {messageId, channel}}. */
    public static final String MESSAGE_SENT = "message.sent";

    /** By messages: {@code {messageId, reason}}. */
    public static final String MESSAGE_SUPPRESSED = "message.suppressed";

    /** By messages: {@code {messageId, reason}}, when the other side refused it for good. */
    public static final String MESSAGE_FAILED = "message.failed";

    /** By loyalty: {@code {points, balance}}. */
    public static final String POINTS_EARNED = "points.earned";

    /** By loyalty: {@code {points, balance}}. */
    public static final String POINTS_SPENT = "points.spent";

    /** By loyalty: {@code {points, balance}}. */
    public static final String POINTS_EXPIRED = "points.expired";

    /** By loyalty, when a refund or a reversal takes points: {@code {points, balance, debt}}. */
    public static final String POINTS_REVERSED = "points.reversed";

    /** By referrals, of whom was invited: {@code {claimId, inviterId}}. */
    public static final String REFERRAL_CLAIMED = "referral.claimed";

    /** By referrals, of whom was invited: {@code {claimId, inviterId}}. */
    public static final String REFERRAL_QUALIFIED = "referral.qualified";

    /** By referrals, of whom was invited, when both sides have their reward. */
    public static final String REFERRAL_REWARDED = "referral.rewarded";

    /** By referrals, of whom was invited: {@code {claimId, inviterId}}. */
    public static final String REFERRAL_EXPIRED = "referral.expired";

    /** By referrals, of whom was invited: {@code {claimId, inviterId}}. */
    public static final String REFERRAL_CLAWED_BACK = "referral.clawedBack";

    /** By referrals, of whom was invited: {@code {claimId, reason}}. */
    public static final String REFERRAL_REFUSED = "referral.refused";

    /** By complaints: {@code {caseId, channel, severity}}. */
    public static final String COMPLAINT_RECEIVED = "complaint.received";

    /** By complaints: {@code {caseId}}. */
    public static final String COMPLAINT_RESOLVED = "complaint.resolved";

    /** By complaints: {@code {caseId}}. */
    public static final String COMPLAINT_REOPENED = "complaint.reopened";

    /** By complaints: {@code {caseId}}. */
    public static final String COMPLAINT_CLOSED = "complaint.closed";

    /** By complaints: {@code {caseId, target}}, which of its times has passed. */
    public static final String COMPLAINT_OVERDUE = "complaint.overdue";

    /** By places: {@code {fenceId, siteId?}}. */
    public static final String PLACE_ENTERED = "place.entered";

    /** By places: {@code {fenceId, siteId?, durationSeconds}}. */
    public static final String PLACE_LEFT = "place.left";

    /** By surveys: {@code {invitationId, questionnaireId}}. */
    public static final String SURVEY_INVITED = "survey.invited";

    /** By surveys: {@code {responseId, questionnaireId, nps?, csat?}}. */
    public static final String SURVEY_ANSWERED = "survey.answered";

    /** Fact of loyalty: points that can be spent now. */
    public static final String FACT_LOYALTY_POINTS = "loyalty.points";

    /** Fact of loyalty: the name of the tier. */
    public static final String FACT_LOYALTY_TIER = "loyalty.tier";

    /** Fact of referrals: how many this customer has invited. */
    public static final String FACT_REFERRALS_INVITED = "referrals.invited";

    /** Fact of complaints: cases that are open now. */
    public static final String FACT_COMPLAINTS_OPEN = "complaints.open";

    /** Fact of complaints: all cases there ever were. */
    public static final String FACT_COMPLAINTS_TOTAL = "complaints.total";

    /** Fact of places: how often this customer has entered one. */
    public static final String FACT_PLACES_VISITS = "places.visits";

    /** Fact of surveys: the last answer from 0 to 10 to whether one would recommend us. */
    public static final String FACT_SURVEYS_LAST_NPS = "surveys.lastNps";

    /** Fact of surveys: the last answer from 1 to 5 to how content one is. */
    public static final String FACT_SURVEYS_LAST_CSAT = "surveys.lastCsat";

    private Vocabulary() {}
}
