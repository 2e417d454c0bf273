package dev.kith.core.jobs;

/** What a timer or repeating job waits for. */
public enum JobState {
    /** Its time. */
    WAITING,
    /** An operator: it has failed too often. */
    PARKED
}
