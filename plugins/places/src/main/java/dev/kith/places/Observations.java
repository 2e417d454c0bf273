package dev.kith.places;

import dev.kith.api.Crm;
import dev.kith.api.CustomerId;
import dev.kith.api.Event;
import dev.kith.api.Problem;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.StandardError;
import dev.kith.api.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares where people are with the fences, and forgets it. */
final class Observations implements Crm.Lines<Observation, Observations.Ready, Seen> {

    static final String PURPOSE = "location.precise";

    /** How far in the future an observation may lie, for clocks that run fast. */
    private static final Duration AHEAD_MAX = Duration.ofMinutes(5);

    static final String TIMER = "lapseRest";

    /** How many phones that fell silent one transaction takes out, so that nobody waits for it. */
    static final int LAPSED_AT_ONCE = 500;

    /** How many such transactions follow one run of the job at most; the next run goes on. */
    static final int LAPSES_MAX = 100;

    /** How long others may have the disk in between. */
    private static final Duration LAPSE_PAUSE = Duration.ofSeconds(1);

    /** What the timer is given: how many transactions may follow it. */
    record Rest(int lapsesMax) {}

    /** An observation with the fences that cover it; in memory alone. */
    record Ready(CustomerId customer, Observation seen, Set<UUID> inside) {

        public Ready {
            inside = Set.copyOf(inside);
        }
    }

    private final PlacesConfig config;
    private final Fences fences;
    private final LastPositions last;

    Observations(PlacesConfig config, Fences fences) {
        this.config = config;
        this.fences = fences;
        this.last = new LastPositions(config);
    }

    /** One observation. */
    Seen observe(Transaction tx, Request request, Observation input) {
        var prepared = prepare(tx, request, List.of(input)).getFirst();
        if (prepared.refusal() != null) {
            throw prepared.refusal();
        }
        var applied = apply(tx, request, List.of(Objects.requireNonNull(prepared.line())));
        return Objects.requireNonNull(applied.getFirst().answer());
    }

    @Override
    public List<Crm.Prepared<Ready>> prepare(Read read, Request request, List<Observation> lines) {
        var people = read.people(lines);
        var standing = fences.standing(read);
        var tooFar = read.now().plus(AHEAD_MAX);
        return lines.stream()
                .map(line -> {
                    try {
                        checkTime(line, tooFar);
                        var customer = people.of(line);
                        var inside = covering(standing.values(), line.position());
                        return Crm.Prepared.of(customer, new Ready(customer, line, inside));
                    } catch (Problem refusal) {
                        return Crm.Prepared.<Ready>refused(refusal);
                    }
                })
                .toList();
    }

    private static void checkTime(Observation line, Instant tooFar) {
        if (line.observedAt().isAfter(tooFar)) {
            throw StandardError.INVALID_INPUT
                    .because("observedAt lies more than 5 minutes in the future")
                    .at("/observedAt", "tooFarAhead", "at most 5 minutes in the future");
        }
    }

    private static Set<UUID> covering(Collection<Standing> standing, Position position) {
        var covering = new HashSet<UUID>();
        for (var fence : standing) {
            if (fence.shape().covers(position)) {
                covering.add(fence.id());
            }
        }
        return covering;
    }

    @Override
    public List<Crm.Applied<Seen>> apply(Transaction tx, Request request, List<Ready> lines) {
        var asked = lines.stream().map(Ready::customer).collect(Collectors.toSet());
        var consented = tx.consented(PURPOSE, null, asked);
        var tracking = new Tracking(tx, config, fences.standing(tx), consented);
        List<Crm.Applied<Seen>> answers = new ArrayList<>(lines.size());
        for (var line : lines) {
            var rejection = rejection(tx.now(), line, consented, tracking);
            if (rejection.isPresent()) {
                var why = rejection.get();
                answers.add(Crm.Applied.done(Seen.rejected(line.customer(), why)));
            } else {
                last.remember(line.customer(), line.seen());
                answers.add(
                        Crm.Applied.done(
                                tracking.move(line.customer(), line.seen(), line.inside())));
            }
        }
        tracking.save(tx);
        return answers;
    }

    private Optional<Seen.Reason> rejection(
            Instant now, Ready line, Set<CustomerId> consented, Tracking tracking) {
        var seen = line.seen();
        if (!consented.contains(line.customer())) {
            return Optional.of(Seen.Reason.NO_CONSENT);
        } else if (seen.isMocked()) {
            return Optional.of(Seen.Reason.MOCKED);
        } else if (seen.observedAt().isBefore(now.minus(config.staleAfter()))
                || !seen.observedAt().isAfter(tracking.until(line.customer()))) {
            return Optional.of(Seen.Reason.STALE);
        } else if (seen.accuracyMeters() > config.accuracyMetersMax()) {
            return Optional.of(Seen.Reason.INACCURATE);
        } else if (last.isImplausible(line.customer(), seen)) {
            return Optional.of(Seen.Reason.IMPLAUSIBLE_SPEED);
        }
        return Optional.empty();
    }

    /** Whoever withdraws the consent is nowhere any more; nobody is told where they left. */
    void withdrawn(Transaction tx, Event<Payloads.ConsentWithdrawn> event) {
        var told = event.payload();
        if (told.purpose().equals(PURPOSE) && told.channel() == null) {
            last.forget(event.of());
            PresenceTable.forget(tx.sql(), event.of());
        }
    }

    /** Phones that fall silent have left at some time. */
    void lapse(Transaction tx) {
        lapse(tx, new Rest(LAPSES_MAX));
        last.sweep(tx.now());
    }

    /** The timer's as long as there were more than one transaction takes out. */
    void lapse(Transaction tx, Rest rest) {
        var since = tx.now().minus(config.lapseAfter());
        var standing = fences.standing(tx);
        var lapsed = PresenceTable.lapsed(tx.sql(), since, LAPSED_AT_ONCE);
        for (var gone : lapsed) {
            var fence = standing.get(gone.fenceId());
            Tracking.tellLeft(tx, gone, fence == null ? null : fence.siteId());
        }
        if (lapsed.size() == LAPSED_AT_ONCE && rest.lapsesMax > 0) {
            tx.later(tx.now().plus(LAPSE_PAUSE), TIMER, new Rest(rest.lapsesMax - 1));
        }
    }

    /** Which fences are around a position: nobody's, and nothing is kept. */
    Around locate(Transaction tx, Request request, Position position) {
        return around(fences.standing(tx).values(), position);
    }

    /** The same for many positions. */
    Crm.Lines<Position, Around, Around> locating() {
        return new Crm.Lines<>() {
            @Override
            public List<Crm.Prepared<Around>> prepare(
                    Read read, Request request, List<Position> lines) {
                var standing = fences.standing(read);
                return lines.stream()
                        .map(line -> Crm.Prepared.of(null, around(standing.values(), line)))
                        .toList();
            }

            @Override
            public List<Crm.Applied<Around>> apply(
                    Transaction tx, Request request, List<Around> lines) {
                return lines.stream().map(Crm.Applied::done).toList();
            }
        };
    }

    private static Around around(Collection<Standing> standing, Position position) {
        return new Around(
                standing.stream()
                        .filter(fence -> fence.shape().covers(position))
                        .map(fence -> new Around.Near(fence.id(), fence.name(), fence.siteId()))
                        .toList());
    }

    /** The fences around a position. */
    record Around(List<Near> fences) {
        record Near(UUID id, String name, @Nullable UUID siteId) {}
    }
}
