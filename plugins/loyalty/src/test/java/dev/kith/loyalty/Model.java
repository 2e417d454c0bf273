package dev.kith.loyalty;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One customer's points as one would write it without a database: every lot knows what is left of
 * it, and spending takes from lot after lot.
 */
final class Model {

    /** What is left of the points of one day. */
    static final class Lot {
        final Instant expiresAt;
        long earned;
        long left;
        long expired;

        Lot(Instant expiresAt) {
            this.expiresAt = expiresAt;
        }
    }

    /** One purchase, and how much of its amount was refunded. */
    static final class Order {
        final String id;
        final Lot lot;
        final long amount;
        final long points;
        long refunded;

        Order(String id, Lot lot, long amount, long points) {
            this.id = id;
            this.lot = lot;
            this.amount = amount;
            this.points = points;
        }
    }

    record Hold(long points, Instant lapsesAt) {}

    private final ProgramConfig.AlreadySpent policy;
    final Map<Instant, Lot> lots = new LinkedHashMap<>();
    final List<Order> orders = new ArrayList<>();
    final Map<String, Hold> holds = new LinkedHashMap<>();

    /** Points spent that were not there: the balance is below zero by so many. */
    long overdrawn;

    long debt;

    Model(ProgramConfig.AlreadySpent policy) {
        this.policy = policy;
    }

    long balance() {
        return lots.values().stream().mapToLong(lot -> lot.left).sum() - overdrawn;
    }

    long held() {
        return holds.values().stream().mapToLong(Hold::points).sum();
    }

    long available() {
        return balance() - held();
    }

    void earn(String order, long amount, long points, Instant expiresAt) {
        var lot = lots.computeIfAbsent(expiresAt, Lot::new);
        lot.earned += points;
        lot.left += points;
        orders.add(new Order(order, lot, amount, points));
        var overdraft = Math.min(overdrawn, points);
        overdrawn -= overdraft;
        lot.left -= overdraft;
        var paid = Math.min(debt, points);
        debt -= paid;
        debit(paid);
    }

    void spend(long points) {
        debit(points);
    }

    /** From lot after lot, the one that expires first first. */
    private void debit(long points) {
        for (var lot : byExpiry()) {
            var taken = Math.min(points, lot.left);
            lot.left -= taken;
            points -= taken;
        }
        overdrawn += points;
    }

    private List<Lot> byExpiry() {
        var sorted = new ArrayList<>(lots.values());
        sorted.sort(Comparator.comparing(lot -> lot.expiresAt));
        return sorted;
    }

    void refund(Order order, long amount) {
        var before = Math.min(order.refunded, order.amount);
        order.refunded += amount;
        var after = Math.min(order.refunded, order.amount);
        var wanted =
                order.amount == 0
                        ? 0
                        : order.points * after / order.amount
                                - order.points * before / order.amount;
        takeBack(order.lot, Math.min(wanted, order.lot.earned - order.lot.expired));
    }

    /** A refund of no order. */
    void takeBackByRate(long points) {
        debit(allowed(points));
    }

    private long allowed(long points) {
        var there = Math.min(points, Math.max(0, available()));
        return switch (policy) {
            case NEGATIVE -> points;
            case BLOCK -> there;
            case DEBT -> {
                debt += points - there;
                yield there;
            }
        };
    }

    private void takeBack(Lot lot, long points) {
        var taken = allowed(points);
        lot.earned -= taken;
        var fromLot = Math.min(taken, lot.left);
        lot.left -= fromLot;
        debit(taken - fromLot);
    }

    /** Holds lapse, and then what is due and free expires. */
    void passes(Instant now) {
        holds.values().removeIf(hold -> !hold.lapsesAt().isAfter(now));
        var free = Math.max(0, available());
        for (var lot : byExpiry()) {
            if (!lot.expiresAt.isAfter(now)) {
                var gone = Math.min(lot.left, free);
                lot.left -= gone;
                lot.expired += gone;
                free -= gone;
            }
        }
    }
}
