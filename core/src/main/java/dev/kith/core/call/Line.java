package dev.kith.core.call;

/**
 * One line of a stream.
 *
 * @param number counted from 1, blank lines too
 * @param text without its end; cut if it is too long
 */
public record Line(long number, byte[] text, boolean tooLong) {}
