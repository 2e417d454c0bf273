package dev.kith.core.registry;

import dev.kith.api.Crm;

/**
 * A public form.
 *
 * @param path absolute, such as {@code /public/surveys/{token}}
 */
public record FormSpec(
        String path,
        Class<? extends Record> in,
        String titleKey,
        Crm.PageHandler page,
        Crm.Submit<?> submit) {}
