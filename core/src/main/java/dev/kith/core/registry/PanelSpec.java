package dev.kith.core.registry;

import dev.kith.api.Crm;
import dev.kith.api.Permission;

/** A panel on the customer's page. */
public record PanelSpec(Permission permission, String titleKey, Crm.PanelHandler handler) {}
