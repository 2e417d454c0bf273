package dev.kith.api;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/**
 * A customer as another system knows them, such as {@code pos} and the number of a card.
 *
 * {@snippet :
 * var card = new ForeignId("pos", "8812");
 * var customer = read.findCustomer(card.source(), card.id());
 * }
 *
 * @param source the other system, of at most {@value #SOURCE_MAX} characters
 * @param id what it calls the customer, of at most {@value #ID_MAX} characters
 */
public record ForeignId(
        @NotBlank @Size(max = SOURCE_MAX) String source, @NotBlank @Size(max = ID_MAX) String id) {

    public static final int SOURCE_MAX = 100;
    public static final int ID_MAX = 200;
}
