package dev.kith.core.access;

import dev.kith.api.Secret;
import dev.kith.core.area.Area;
import dev.kith.core.database.UnitOfWork;

import java.util.List;

/** Knows who calls. */
public final class Access {

    /**
     * @param administrators keys that the operator's settings and data folder hold, at least 16
     *     characters long
     */
    public Access(UnitOfWork work, Area core, List<Secret> administrators) {}
}
