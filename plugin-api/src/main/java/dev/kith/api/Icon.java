package dev.kith.api;

/**
 * What marks a plugin's pages in the console's menu. A small set that looks alike, drawn by the
 * server; a plugin that names none gets {@link #PUZZLE}.
 *
 * {@snippet :
 * crm.icon(Icon.SHIELD);
 * }
 */
public enum Icon {
    /** Times, appointments. */
    CALENDAR,
    /** Orders, shops. */
    CART,
    /** Figures, results. */
    CHART,
    /** Questions, forms, tasks. */
    CLIPBOARD,
    /** Rewards, promotions. */
    GIFT,
    /** Letters, messages. */
    MAIL,
    /** Places, visits. */
    PIN,
    /** Whatever has no sign of its own. */
    PUZZLE,
    /** Promises, warranties, rights. */
    SHIELD,
    /** Who knows whom. */
    SHARE,
    /** Welcome, service. */
    SMILE,
    /** What customers say, complaints. */
    SPEECH,
    /** Points, tiers, favourites. */
    STAR,
    /** Vouchers, events. */
    TICKET
}
