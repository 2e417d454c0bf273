package dev.kith.core.customers.profile;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.kith.api.Personal;
import dev.kith.core.contact.Phones;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A phone number of a customer. Where it stands in a list, its text alone will do.
 *
 * @param id given by the server
 * @param value answered in E.164, accepted as people write it
 * @param label such as work or home
 */
public record PhoneNumber(
        @Nullable UUID id,
        @Personal @NotBlank @Size(max = Phones.LENGTH_MAX) String value,
        @Nullable @Size(max = Text.LABEL_MAX) @Pattern(regexp = Text.LINE) String label) {

    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    public PhoneNumber(
            @JsonProperty("id") @Nullable UUID id,
            @JsonProperty(value = "value", required = true) String value,
            @JsonProperty("label") @Nullable String label) {
        this.id = id;
        this.value = value;
        this.label = label;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static PhoneNumber ofText(String value) {
        return new PhoneNumber(null, value, null);
    }
}
