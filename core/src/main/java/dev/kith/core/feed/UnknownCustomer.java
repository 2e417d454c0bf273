package dev.kith.core.feed;

/** What to do with an event about a customer that is not there. */
enum UnknownCustomer {
    REFUSE,
    CREATE
}
