package dev.kith.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a component as personal data: what is to be masked, exported and erased with the customer.
 * Core does none of it by itself yet.
 *
 * {@snippet :
 * record Claim(UUID id, @Personal String text, Instant createdAt) {}
 * }
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD, ElementType.METHOD})
public @interface Personal {}
