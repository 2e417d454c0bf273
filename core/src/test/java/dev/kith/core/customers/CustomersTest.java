package dev.kith.core.customers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.core.customers.table.Order;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CustomersTest {

    private Shop shop;

    @BeforeAll
    void open() {
        shop = new Shop();
    }

    @AfterAll
    void close() {
        shop.close();
    }

    @Test
    void a_customer_is_created_and_read_back_in_one_form() {
        var made =
                shop.post(
                        "/customers",
                        """
                        {"name": " 张伟 ", "phones": ["138 0013 8000"],
                         "emails": [{"value": "Zhang@Example.COM", "label": "work"}],
                         "birthday": {"date": "--05-03", "calendar": "lunar", "leapMonth": true},
                         "locale": "zh-cn", "timeZone": "Asia/Shanghai", "tags": ["vip", "vip"],
                         "addresses": [{"country": "CN", "city": "北京", "lines": ["长安街 1 号"]}],
                         "externalIds": [{"source": "pos", "id": "8812"}]}
                        """);
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.etag()).isEqualTo("\"1\"");
        var read = shop.get("/customers/" + made.text("/id"));
        assertThat(read.body()).isEqualTo(made.body());
        assertThat(read.text("/name")).isEqualTo("张伟");
        assertThat(read.text("/kind")).isEqualTo("person");
        assertThat(read.text("/stage")).isEqualTo("new");
        assertThat(read.text("/phones/0/value")).isEqualTo("+8613800138000");
        assertThat(read.text("/emails/0/value")).isEqualTo("Zhang@example.com");
        assertThat(read.text("/locale")).isEqualTo("zh-CN");
        assertThat(read.body().at("/tags")).hasSize(1);
        assertThat(read.text("/createdAt")).matches("....-..-..T..:..:..\\....Z");
        assertThat(shop.get("/customers/pos:8812").body()).isEqualTo(made.body());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | /name",
                "{\"name\": \" \"} | /name",
                "{\"name\": \"x\\u0000y\"} | /name",
                "{\"name\": \"x\", \"phones\": [\"12\"]} | /phones/0/value",
                "{\"name\": \"x\", \"phones\": [\"+8613800138000\", \"nonsense\"]} | /phones/1/value",
                "{\"name\": \"x\", \"emails\": [\"nobody\"]} | /emails/0/value",
                "{\"name\": \"x\", \"emails\": [null]} | /emails/0",
                "{\"name\": \"x\", \"tags\": [\"\"]} | /tags/0",
                "{\"name\": \"x\", \"locale\": \"not a tag\"} | /locale",
                "{\"name\": \"x\", \"timeZone\": \"Mars\"} | /timeZone",
                "{\"name\": \"x\", \"birthday\": {\"date\": \"1990-02-30\", \"calendar\": \"gregorian\"}} | /birthday",
                "{\"name\": \"x\", \"addresses\": [{\"country\": \"XX\"}]} | /addresses/0/country",
                "{\"name\": \"x\", \"addresses\": [{\"label\": \"home\", \"city\": \" \"}]} | /addresses/0",
                "{\"name\": \"x\", \"externalIds\": [{\"source\": \"a:b\", \"id\": \"1\"}]} | /externalIds/0/source",
                "{\"name\": \"x\", \"attributes\": {\"unheard\": 1}} | /attributes/unheard",
                "{\"name\": \"x\", \"nickname\": \"y\"} | /nickname",
                "{\"name\": \"x\", \"kind\": \"robot\"} | /kind",
                "{\"name\": 1} | /name"
            })
    void what_is_wrong_is_refused_with_its_place(String body, String pointer) {
        var reply = shop.post("/customers", body);
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(400);
        assertThat(reply.text("/errors/0/pointer")).isEqualTo(pointer);
    }

    @Test
    void a_patch_changes_what_it_names_and_null_removes() {
        var made = create("{\"name\": \"王芳\", \"givenName\": \"芳\", \"tags\": [\"a\"]}");
        var path = "/customers/" + made.text("/id");
        var reply = shop.patch(path, made.etag(), "{\"givenName\": null, \"stage\": \"loyal\"}");
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
        assertThat(reply.text("/stage")).isEqualTo("loyal");
        assertThat(reply.body().has("givenName")).isFalse();
        assertThat(reply.text("/tags/0")).isEqualTo("a");
        assertThat(shop.patch(path, made.etag(), "{\"name\": \"x\"}").status()).isEqualTo(412);
        var same = shop.patch(path, reply.etag(), "{\"stage\": \"loyal\"}");
        assertThat(same.etag()).isEqualTo(reply.etag());
    }

    @Test
    void a_customer_is_put_under_a_foreign_id_again_and_again() {
        var first = shop.put("/customers/external/crm/77", "{\"name\": \"李娜\"}");
        assertThat(first.status()).as(first.body().toString()).isEqualTo(201);
        var again = shop.put("/customers/external/crm/77", "{\"name\": \"李娜\"}");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        var other = shop.put("/customers/external/crm/77", "{\"stage\": \"lost\"}");
        assertThat(other.text("/name")).isEqualTo("李娜");
        assertThat(other.text("/externalIds/0/id")).isEqualTo("77");
    }

    @Test
    void many_who_put_the_same_foreign_id_at_once_make_one_customer() throws Exception {
        var ids = new HashSet<String>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            var calls =
                    IntStream.range(0, 40)
                            .mapToObj(i ->
                                    threads.submit(() ->
                                            shop.put(
                                                    "/customers/external/race/" + i / 8,
                                                    "{\"name\": \"n\"}")))
                            .toList();
            for (Future<Shop.Reply> call : calls) {
                assertThat(call.get().status()).isIn(200, 201);
                ids.add(call.get().text("/id"));
            }
        }
        assertThat(ids).hasSize(5);
    }

    @Test
    void a_foreign_id_belongs_to_one_customer() {
        create("{\"externalIds\": [{\"source\": \"a\", \"id\": \"1\"}]}");
        var reply =
                shop.post(
                        "/customers",
                        "{\"name\": \"x\", \"externalIds\": [{\"source\": \"b\", \"id\": \"1\"},"
                                + " {\"source\": \"a\", \"id\": \"1\"}]}");
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.text("/errors/0/pointer")).isEqualTo("/externalIds/1");
        assertThat(shop.get("/customers/b:1").status()).isEqualTo(404);
    }

    @Test
    void a_customer_belongs_to_another_and_never_to_itself() {
        var head = create("{\"kind\": \"organization\", \"name\": \"总部\"}").text("/id");
        var shopBelow = create("{\"name\": \"分店\", \"parentId\": \"%s\"}".formatted(head));
        var unknown =
                shop.post(
                        "/customers",
                        "{\"name\": \"x\", \"parentId\": \"%s\"}"
                                .formatted("0".repeat(8) + "-0000-7000-8000-000000000000"));
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.text("/code")).isEqualTo("unknownReference");
        var circle =
                shop.patch(
                        "/customers/" + head,
                        "\"1\"",
                        "{\"parentId\": \"%s\"}".formatted(shopBelow.text("/id")));
        assertThat(circle.status()).isEqualTo(422);
        var below = shop.get("/customers?parentId=" + head);
        assertThat(below.body().at("/items")).hasSize(1);
    }

    @Test
    void an_archived_customer_leaves_the_lists_until_it_is_restored() {
        var id = create("{\"name\": \"Archibald\"}").text("/id");
        assertThat(shop.post("/customers/" + id + "/archive", "").status()).isEqualTo(200);
        assertThat(shop.post("/customers/" + id + "/archive", "").status()).isEqualTo(200);
        assertThat(found("archibald")).isEmpty();
        assertThat(found("archibald&include=archived")).hasSize(1);
        assertThat(shop.get("/customers/" + id).text("/archivedAt")).isNotEmpty();
        assertThat(shop.post("/customers/" + id + "/restore", "").status()).isEqualTo(200);
        assertThat(found("archibald")).hasSize(1);
        assertThat(topics(id))
                .containsExactly("customer.restored", "customer.archived", "customer.created");
    }

    @Test
    void entries_are_added_and_removed_one_by_one() {
        var id = create("{\"name\": \"Collector\"}").text("/id");
        var phones = "/customers/" + id + "/phones";
        var added = shop.post(phones, "{\"value\": \"13800138001\", \"label\": \"home\"}");
        assertThat(added.status()).as(added.body().toString()).isEqualTo(201);
        assertThat(shop.post(phones, "{\"value\": \"+86 138 0013 8001\"}").status()).isEqualTo(200);
        assertThat(shop.post(phones, "{\"value\": \"13800138002\"}").status()).isEqualTo(201);
        assertThat(shop.delete(phones + "/" + added.text("/id")).status()).isEqualTo(204);
        assertThat(shop.delete(phones + "/" + added.text("/id")).status()).isEqualTo(404);
        assertThat(shop.delete(phones + "/%2B8613800138002").status()).isEqualTo(204);
        var emails = "/customers/" + id + "/emails";
        assertThat(shop.post(emails, "{\"value\": \"A@b.cn\"}").status()).isEqualTo(201);
        assertThat(shop.delete(emails + "/a%40B.cn").status()).isEqualTo(204);
        var tags = "/customers/" + id + "/tags";
        assertThat(shop.post(tags, "{\"tag\": \"vip\"}").status()).isEqualTo(201);
        assertThat(shop.delete(tags + "/vip").status()).isEqualTo(204);
        var foreign = "/customers/" + id + "/external-ids";
        assertThat(shop.post(foreign, "{\"source\": \"x\", \"id\": \"y:z\"}").status())
                .isEqualTo(201);
        assertThat(shop.get("/customers/x:y:z").text("/id")).isEqualTo(id);
        assertThat(shop.delete(foreign + "/x:y:z").status()).isEqualTo(204);
        assertThat(shop.get("/customers/x:y:z").status()).isEqualTo(404);
        var addresses = "/customers/" + id + "/addresses";
        var address = shop.post(addresses, "{\"city\": \"上海\"}");
        assertThat(shop.delete(addresses + "/" + address.text("/id")).status()).isEqualTo(204);
        assertThat(shop.get("/customers/" + id).body().at("/phones")).isEmpty();
    }

    @Test
    void attributes_are_what_the_operator_defined() {
        var size = "{\"name\": \"shoeSize\", \"type\": \"number\", \"purpose\": \"fit\"}";
        assertThat(shop.post("/attribute-definitions", size).status()).isEqualTo(201);
        assertThat(shop.post("/attribute-definitions", size).status()).isEqualTo(409);
        var wrong =
                shop.post(
                        "/customers", "{\"name\": \"x\", \"attributes\": {\"shoeSize\": \"big\"}}");
        assertThat(wrong.text("/errors/0/pointer")).isEqualTo("/attributes/shoeSize");
        var made = create("{\"name\": \"x\", \"attributes\": {\"shoeSize\": 42.5}}");
        assertThat(made.body().at("/attributes/shoeSize").decimalValue())
                .isEqualByComparingTo("42.5");
        var path = "/customers/" + made.text("/id");
        assertThat(shop.delete("/attribute-definitions/shoeSize").status()).isEqualTo(409);
        assertThat(shop.patch(path, "\"1\"", "{\"attributes\": {\"shoeSize\": null}}").status())
                .isEqualTo(200);
        assertThat(shop.delete("/attribute-definitions/shoeSize").status()).isEqualTo(204);
        assertThat(shop.get("/attribute-definitions/shoeSize").status()).isEqualTo(404);
    }

    @Test
    void an_attribute_defined_or_taken_away_elsewhere_counts_for_the_next_customer() {
        create("{\"name\": \"before\"}");
        // As another node does it: this one is not told.
        shop.execute(
                "insert into kith.attribute_definition values"
                        + " ('size', 1, 'number', true, false, 'fits', now(), now())");
        assertThat(shop.post("/customers", "{\"name\": \"x\"}").text("/errors/0/pointer"))
                .isEqualTo("/attributes/size");
        create("{\"name\": \"x\", \"attributes\": {\"size\": 42}}");
        shop.execute("delete from kith.attribute_definition where name = 'size'");
        create("{\"name\": \"after\"}");
        var gone = shop.post("/customers", "{\"name\": \"x\", \"attributes\": {\"size\": 42}}");
        assertThat(gone.text("/errors/0/pointer")).isEqualTo("/attributes/size");
    }

    @ParameterizedTest
    @CsvSource({
        "芳",
        "方芳芳",
        "fangfang",
        "fff",
        "FANG fang",
        "方%20芳",
        "%E6%96%B9",
        "6789",
        "13912346789",
        "fangfang@search.example",
        "search:F-1",
        "f-1"
    })
    void a_customer_is_found_by_what_is_typed(String typed) {
        shop.put(
                "/customers/external/search/F-1",
                """
                {"name": "方芳芳", "phones": ["13912346789"], "emails": ["fangfang@search.example"]}
                """);
        assertThat(found(typed)).contains("方芳芳");
    }

    @Test
    void a_search_that_cannot_be_done_is_refused() {
        assertThat(shop.get("/customers?q=%20").status()).isEqualTo(400);
        assertThat(shop.get("/customers?q=!!").text("/errors/0/pointer")).isEqualTo("q");
        assertThat(shop.get("/customers?q=x&sort=name").status()).isEqualTo(400);
    }

    @Test
    void pages_follow_each_other_in_every_order_while_rows_are_written() {
        IntStream.range(0, 25)
                .forEach(i ->
                        create("{\"name\": \"Page %02d\", \"tags\": [\"paged\"]}".formatted(i)));
        for (var sort : Order.SORTS) {
            var names = new ArrayList<String>();
            var after = "";
            do {
                var page = shop.get("/customers?tag=paged&limit=7&sort=" + sort + after);
                assertThat(page.status()).as(page.body().toString()).isEqualTo(200);
                page.body().at("/items").forEach(item -> names.add(item.at("/name").asText()));
                create("{\"name\": \"Page other\", \"tags\": [\"other\"]}");
                var next = page.body().at("/next");
                after = next.isNull() ? "" : "&after=" + next.asText();
            } while (!after.isEmpty());
            var sorted = names.stream().sorted().toList();
            assertThat(names).as(sort).isEqualTo(sort.startsWith("-") ? sorted.reversed() : sorted);
            assertThat(names).hasSize(25);
        }
    }

    @Test
    void another_area_can_ask_for_a_change() {
        var id = create("{\"name\": \"Asked\"}").text("/id");
        shop.requestUpdate(id, "{\"stage\": \"atRisk\"}");
        shop.requestUpdate(id, "{\"stage\": \"gone\"}");
        shop.settle();
        assertThat(shop.get("/customers/" + id).text("/stage")).isEqualTo("atRisk");
        assertThat(topics(id)).contains("customer.updated", "customer.updateRefused");
    }

    @Test
    void a_stream_creates_updates_and_refuses_line_by_line() {
        var lines =
                shop.lines(
                        "/customers/external/stream",
                        """
                        {"id": "1", "name": "一"}
                        {"id": "2", "phones": ["x"]}
                        {"id": "1", "name": "壹"}
                        {"id": "1", "name": "壹"}
                        {"id": "", "name": "z"}
                        """);
        assertThat(lines.stream().map(line -> line.at("/status").asText()))
                .containsExactly("created", "refused", "updated", "unchanged", "refused");
        assertThat(shop.get("/customers/stream:1").text("/name")).isEqualTo("壹");
        assertThat(shop.get("/customers/stream:2").status()).isEqualTo(404);
    }

    private Shop.Reply create(String body) {
        var made = shop.post("/customers", body);
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        return made;
    }

    private List<String> found(String typed) {
        var reply = shop.get("/customers?q=" + typed.replace(" ", "%20"));
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
        return reply.body().at("/items").findValuesAsText("name");
    }

    private List<String> topics(String id) {
        return shop.get("/customers/" + id + "/timeline")
                .body()
                .at("/items")
                .findValuesAsText("topic");
    }
}
