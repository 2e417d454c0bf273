package dev.kith.core.console.rooms;

import java.util.List;

/**
 * A customer as the form shows it; every text is empty where nothing is known.
 *
 * @param id empty for a customer to be made
 * @param birthday as in the API: {@code 1990-05-03} or {@code --05-03}
 */
public record CustomerEdit(
        String id,
        String etag,
        String kind,
        String name,
        String givenName,
        String familyName,
        String stage,
        String tags,
        String birthday,
        String calendar,
        String locale,
        String timeZone,
        List<Contact> emails,
        List<Contact> phones) {

    static final CustomerEdit NEW =
            new CustomerEdit(
                    "",
                    "",
                    "person",
                    "",
                    "",
                    "",
                    "potential",
                    "",
                    "",
                    "gregorian",
                    "",
                    "",
                    List.of(),
                    List.of());

    /** One of several e-mails or phones, removed by its id. */
    public record Contact(String id, String value, String label) {}

    public CustomerEdit {
        emails = List.copyOf(emails);
        phones = List.copyOf(phones);
    }

    public boolean isNew() {
        return id.isEmpty();
    }

    /** Where the form is sent. */
    public String api() {
        return isNew() ? "POST /api/v1/customers" : "PATCH /api/v1/customers/" + id;
    }

    /** Where the reader goes afterwards. */
    public String page() {
        return isNew() ? "/console/customers" : "/console/customers/" + id;
    }
}
