package dev.kith.core.jobs;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** Why an event or a send is given up; kept in the audit. */
public record Skip(@NotBlank @Size(max = 500) String reason) {}
