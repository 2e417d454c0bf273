package dev.kith.core.install;

import java.util.ArrayList;
import java.util.List;

/** Gathers what is to be said about a package. */
final class Remarks {

    private final List<Plan.Remark> all = new ArrayList<>();

    void add(Plan.Code code, String detail) {
        all.add(new Plan.Remark(code, detail));
    }

    List<Plan.Remark> all() {
        return List.copyOf(all);
    }
}
