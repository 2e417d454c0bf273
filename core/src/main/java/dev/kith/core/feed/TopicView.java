package dev.kith.core.feed;

/**
 * @param external whether callers may record it
 * @param active whether its owner runs now
 */
public record TopicView(String name, String owner, boolean external, boolean active) {}
