package dev.kith.core.demo;

/** The demo cannot go on, with the reason for whoever ran it. */
public final class DemoFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DemoFailure(String message) {
        super(message);
    }
}
