package dev.kith.core.call.lines;

/**
 * One line of a stream.
 *
 * @param number counted from 1, blank lines too
 * @param text without its end; cut if it is too long
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and too hot to be copied
public record Line(long number, byte[] text, boolean tooLong) {}
