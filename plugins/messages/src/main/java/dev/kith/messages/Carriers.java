package dev.kith.messages;

import dev.kith.messages.Outgoing.Outcome;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands a message to whoever carries it, and waits no longer than it may take. */
final class Carriers {

    private static final Logger LOG = LoggerFactory.getLogger(Carriers.class);

    @FunctionalInterface
    interface Carrier {
        Outcome carry(Outgoing message) throws Exception;
    }

    private final MessagesConfig config;
    private final Duration within;

    Carriers(MessagesConfig config) {
        this.config = config;
        this.within = Objects.requireNonNull(config.answerWithin());
    }

    Outcome carry(Outgoing message) throws InterruptedException {
        var carrier = carrier(message.channel());
        var task = new FutureTask<>(() -> carrier.carry(message));
        // Of a virtual thread an interrupt closes the socket, however slowly the other side drips.
        var thread = Thread.ofVirtual().unstarted(task);
        thread.setContextClassLoader(Carriers.class.getClassLoader());
        thread.start();
        try {
            return task.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            // Their text may quote an address, so it is not logged.
            var failure = e.getCause() == null ? e : e.getCause();
            LOG.warn(
                    "{} was not reached: {}",
                    message.channel().text(),
                    failure.getClass().getSimpleName());
            return new Outcome.Unknown(message.channel());
        } catch (TimeoutException e) {
            LOG.warn("{} did not answer within {}", message.channel().text(), within);
            return new Outcome.Unknown(message.channel());
        } finally {
            task.cancel(true);
        }
    }

    private Carrier carrier(Channel channel) {
        var gateway = config.gateway(channel);
        if (gateway.isPresent()) {
            return new GatewayCarrier(gateway.get());
        }
        var smtp = config.smtp();
        return smtp == null ? Carriers::log : new MailCarrier(smtp);
    }

    /** For development: says that there is a message, and nothing of what it says or to whom. */
    private static Outcome log(Outgoing message) {
        LOG.info(
                "message {} from template {} in {} would go out by {}",
                message.messageId(),
                message.template(),
                message.language().tag(),
                message.channel().text());
        return new Outcome.Taken(message.channel());
    }
}
