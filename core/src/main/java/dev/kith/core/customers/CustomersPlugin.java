package dev.kith.core.customers;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.api.Customer;
import dev.kith.api.Page;
import dev.kith.api.Permission;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.Vocabulary;
import dev.kith.core.area.Validation;
import dev.kith.core.customers.profile.Draft;
import dev.kith.core.customers.profile.EmailAddress;
import dev.kith.core.customers.profile.ExternalId;
import dev.kith.core.customers.profile.NamedDraft;
import dev.kith.core.customers.profile.PhoneNumber;
import dev.kith.core.customers.profile.PostalAddress;
import dev.kith.core.customers.profile.Profile;
import dev.kith.core.customers.table.CustomerList;
import dev.kith.core.customers.table.CustomerRows;
import dev.kith.core.customers.table.CustomerSearch;
import dev.kith.core.customers.table.CustomerTable;
import dev.kith.core.customers.table.Marks;
import dev.kith.core.customers.table.Order;
import dev.kith.core.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Customers are plugin zero: what they add, they add as any plugin does. */
public final class CustomersPlugin implements CrmPlugin {

    public static final Permission READ =
            new Permission("customers:read", "See customers and find them");
    public static final Permission WRITE =
            new Permission("customers:write", "Create, change, archive and restore customers");
    public static final Permission DEFINE =
            new Permission("customers:define", "Decide which attributes customers have");

    /** A stream of lines may be as long as it likes, as long as it goes on. */
    private static final Duration STREAM_WITHIN = Duration.ofHours(6);

    private final Validation validation = new Validation();
    private final Customers customers;
    private final CustomerStream stream;
    private final CustomerList list;
    private final Contacts contacts;
    private final AttributeRules attributes = new AttributeRules();
    private final UpdateRequests requests;

    /**
     * @param region ISO 3166 code of where phone numbers without a country code belong
     */
    public CustomersPlugin(String region) {
        var json = new Json();
        var rows = new CustomerRows(json);
        var intake = new Intake(region);
        var table = new CustomerTable(rows);
        customers = new Customers(table, intake, attributes);
        stream = new CustomerStream(customers, table);
        list = new CustomerList(new CustomerSearch(rows, new Marks()));
        contacts = new Contacts(customers, intake);
        requests = new UpdateRequests(customers, intake, json, validation);
    }

    /** The list as the API gives it, for the console. */
    public Page<Profile> page(Read read, Request request) {
        return list.page(read, request);
    }

    /** One customer as the API gives it, for the console. */
    public Profile customer(Read read, Request request) {
        return customers.read(read, request);
    }

    /** What an operator has defined, as the API gives it, for the console. */
    public Page<AttributeDefinition> attributes(Read read, Request request) {
        return attributes.list(read, request);
    }

    @Override
    public void register(Crm crm) {
        crm.publishes(Vocabulary.CUSTOMER_CREATED, Announced.Created.class);
        crm.publishes(Vocabulary.CUSTOMER_UPDATED, Announced.Updated.class);
        crm.publishes(Vocabulary.CUSTOMER_ARCHIVED, Announced.Archived.class);
        crm.publishes(Vocabulary.CUSTOMER_RESTORED, Announced.Restored.class);
        crm.publishes(Vocabulary.CUSTOMER_UPDATE_REQUESTED, Announced.UpdateRequested.class);
        crm.publishes(UpdateRequests.REFUSED, Announced.UpdateRefused.class);
        crm.on(
                Vocabulary.CUSTOMER_UPDATE_REQUESTED,
                Announced.UpdateRequested.class,
                "update",
                requests::update);
        registerCustomers(crm);
        registerContacts(crm);
        registerAttributes(crm);
    }

    private void registerCustomers(Crm crm) {
        crm.list("/customers", READ, Profile.class, list::page)
                .summary("Lists customers, and finds them by what is typed into a search box.")
                .query("q", String.class, "Part of a name, pinyin, e-mail, phone or foreign id.")
                .query("tag", String.class, "Only with this tag.")
                .query("stage", Customer.Stage.class, "Only in this stage.")
                .query("kind", Customer.Kind.class, "Only persons, or only organizations.")
                .query("ownerId", UUID.class, "Only those this user looks after.")
                .query("parentId", UUID.class, "Only those that belong to this customer.")
                .query("createdAt.from", Instant.class, "Not made before.")
                .query("createdAt.to", Instant.class, "Made before.")
                .query("include", CustomerList.Include.class, "Archived customers too.")
                .sorts(Order.SORTS.toArray(String[]::new));
        crm.post("/customers", WRITE, Draft.class, Profile.class, customers::create)
                .summary("Creates a customer.")
                .fails(CustomerError.EXTERNAL_ID_TAKEN, CustomerError.PARENT_CYCLE)
                .example(Draft.EXAMPLE);
        crm.get("/customers/{customer}", READ, Profile.class, customers::read)
                .summary("One customer, by id or as source:id.");
        crm.patch(
                        "/customers/{customer}",
                        WRITE,
                        Draft.class,
                        Profile.class,
                        customers::current,
                        customers::save)
                .summary("Changes a part of a customer.")
                .fails(CustomerError.EXTERNAL_ID_TAKEN, CustomerError.PARENT_CYCLE)
                .example(Draft.EXAMPLE);
        crm.put(
                        "/customers/external/{source}/{id}",
                        WRITE,
                        Draft.class,
                        Profile.class,
                        customers::put)
                .summary("Creates a customer under a foreign id, or updates whoever has it.")
                .withoutIfMatch()
                .fails(CustomerError.EXTERNAL_ID_TAKEN, CustomerError.PARENT_CYCLE)
                .example(Draft.EXAMPLE);
        crm.lines(
                        "/customers/external/{source}",
                        WRITE,
                        NamedDraft.class,
                        CustomerStream.Written.class,
                        stream)
                .summary("Creates or updates many customers by their foreign ids, a line each.")
                .example(NamedDraft.EXAMPLE)
                .bodyMax(NamedDraft.LINE_BYTES_MAX)
                .bodyWithin(STREAM_WITHIN);
        crm.action("/customers/{customer}/archive", WRITE, Profile.class, customers::archive)
                .summary("Takes a customer out of the lists.");
        crm.action("/customers/{customer}/restore", WRITE, Profile.class, customers::restore)
                .summary("Brings an archived customer back.");
    }

    private void registerContacts(Crm crm) {
        var one = "/customers/{customer}";
        var full = CustomerError.TOO_MANY_ENTRIES;
        crm.post(one + "/emails", WRITE, EmailAddress.class, EmailAddress.class, contacts::addEmail)
                .summary("Adds an e-mail address.")
                .example(new EmailAddress(null, "zhangwei@example.com", "work"))
                .fails(full);
        crm.delete(one + "/emails/{email}", WRITE, contacts::removeEmail)
                .summary("Removes an e-mail address, by its id or by itself.");
        crm.post(one + "/phones", WRITE, PhoneNumber.class, PhoneNumber.class, contacts::addPhone)
                .summary("Adds a phone number.")
                .example(new PhoneNumber(null, "+8613800138000", "mobile"))
                .fails(full);
        crm.delete(one + "/phones/{phone}", WRITE, contacts::removePhone)
                .summary("Removes a phone number, by its id or by itself in E.164.");
        crm.post(
                        one + "/addresses",
                        WRITE,
                        PostalAddress.class,
                        PostalAddress.class,
                        contacts::addAddress)
                .summary("Adds a postal address.")
                .example(PostalAddress.EXAMPLE)
                .fails(full);
        crm.delete(one + "/addresses/{address}", WRITE, contacts::removeAddress)
                .summary("Removes a postal address by its id.");
        crm.post(one + "/tags", WRITE, Contacts.Tag.class, Contacts.Tag.class, contacts::addTag)
                .summary("Adds a tag.")
                .example(new Contacts.Tag("vip"))
                .fails(full);
        crm.delete(one + "/tags/{tag}", WRITE, contacts::removeTag).summary("Removes a tag.");
        crm.post(
                        one + "/external-ids",
                        WRITE,
                        ExternalId.class,
                        ExternalId.class,
                        contacts::addExternalId)
                .summary("Adds a foreign id.")
                .example(new ExternalId("pos", "8812"))
                .fails(full, CustomerError.EXTERNAL_ID_TAKEN);
        crm.delete(one + "/external-ids/{externalId}", WRITE, contacts::removeExternalId)
                .summary("Removes a foreign id, named source:id.");
    }

    private void registerAttributes(Crm crm) {
        crm.list("/attribute-definitions", READ, AttributeDefinition.class, attributes::list)
                .summary("Lists the attributes that customers can have.");
        crm.post(
                        "/attribute-definitions",
                        DEFINE,
                        AttributeRules.Definition.class,
                        AttributeDefinition.class,
                        attributes::create)
                .summary("Defines an attribute.")
                .fails(CustomerError.ATTRIBUTE_EXISTS, CustomerError.TOO_MANY_ENTRIES)
                .example(AttributeRules.Definition.EXAMPLE);
        crm.get("/attribute-definitions/{name}", READ, AttributeDefinition.class, attributes::read)
                .summary("One attribute's definition.");
        crm.patch(
                        "/attribute-definitions/{name}",
                        DEFINE,
                        AttributeRules.Change.class,
                        AttributeDefinition.class,
                        attributes::current,
                        attributes::save)
                .summary("Changes whether an attribute is required, personal, or its purpose.")
                .example(AttributeRules.Change.EXAMPLE);
        crm.delete("/attribute-definitions/{name}", DEFINE, attributes::remove)
                .summary("Takes a definition away that no customer has a value of.")
                .fails(CustomerError.ATTRIBUTE_USED);
    }

    @Override
    public void stop() {
        validation.close();
    }
}
