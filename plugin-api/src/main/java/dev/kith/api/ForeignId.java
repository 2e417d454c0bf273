package dev.kith.api;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** A customer as another system knows them, such as {@code pos} and the number of a card. */
public record ForeignId(
        @NotBlank @Size(max = SOURCE_MAX) String source, @NotBlank @Size(max = ID_MAX) String id) {

    public static final int SOURCE_MAX = 100;
    public static final int ID_MAX = 200;
}
