package dev.kith.core.sends;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.kith.api.Crm;
import dev.kith.core.area.Area;
import dev.kith.core.database.Cause;
import dev.kith.core.database.UnitOfWork;
import dev.kith.core.registry.Parts.SenderSpec;
import dev.kith.core.registry.Parts.SenderSpec.How;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A send that this node has taken for a while.
 *
 * @param attempts this one included
 * @param until when the lease lapses and another node may take it
 * @param causeId the request, event or job that asked for it
 */
record Claimed(
        UUID id,
        String name,
        String payload,
        int attempts,
        @Nullable UUID queue,
        Instant until,
        @Nullable UUID causeId) {

    /** Hands it to its sender. The payload's type was declared together with that. */
    @SuppressWarnings("unchecked")
    void call(Area area, UnitOfWork work) throws Exception {
        var spec = sender(area);
        Object value;
        try {
            value = area.json().tolerant().readValue(payload, spec.payload());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
        switch (spec.how()) {
            case How.Plain(var sender) -> ((Crm.Sender<Object>) sender).send(id, value);
            case How.Decided(var effect) ->
                    attempt(area, work, (Crm.Effect<Object, Object, Object>) effect, value);
        }
    }

    private void attempt(
            Area area, UnitOfWork work, Crm.Effect<Object, Object, Object> effect, Object value)
            throws Exception {
        var cause = Cause.of(area.id(), Cause.Kind.JOB, causeId == null ? id : causeId);
        var wanted =
                work.write(
                        area,
                        cause,
                        tx -> {
                            tx.worksOn(0);
                            return effect.decide(tx, value);
                        });
        if (wanted.isPresent()) {
            var outcome = effect.act(wanted.get());
            work.write(
                    area,
                    cause,
                    tx -> {
                        tx.worksOn(0);
                        effect.conclude(tx, value, outcome);
                        return outcome;
                    });
        }
    }

    private SenderSpec sender(Area area) throws NotSent {
        for (var spec : area.parts().senders()) {
            if (spec.name().equals(name)) {
                return spec;
            }
        }
        throw NotSent.because(area.id() + " no longer declares the sender " + name);
    }
}
