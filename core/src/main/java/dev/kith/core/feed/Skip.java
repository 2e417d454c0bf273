package dev.kith.core.feed;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** Why an event is given up; kept in the audit. */
record Skip(@NotBlank @Size(max = 500) String reason) {}
