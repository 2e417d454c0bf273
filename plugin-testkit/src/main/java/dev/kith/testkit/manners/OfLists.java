package dev.kith.testkit.manners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.core.registry.RouteSpec;
import java.util.List;
import org.opentest4j.TestAbortedException;

/** Lists, page by page. */
final class OfLists implements Manner.Topic {

    private final Calls calls;

    OfLists(Calls calls) {
        this.calls = calls;
    }

    @Override
    public List<Manner> manners() {
        return List.of(
                new Manner("{items, next} and nothing else", Manner::isList, this::form),
                new Manner("limit is 1 to 200", Manner::isList, this::limits),
                new Manner("400 for a cursor that is none", Manner::isList, this::cursors),
                new Manner("400 for a sort that is not offered", Manner::isList, this::sorts),
                new Manner("the pages together are the list", Manner::isList, this::pages));
    }

    private void form(RouteSpec route) {
        var list = calls.admin(route).get(calls.subject(route).path()).expect(200).json();
        assertThat(list.fieldNames()).toIterable().containsExactlyInAnyOrder("items", "next");
        assertThat(list.get("items").isArray()).isTrue();
        assertThat(list.get("next").isNull() || list.get("next").isTextual()).isTrue();
    }

    private void limits(RouteSpec route) {
        for (var limit : new String[] {"0", "-1", "201", "x", "1.0", "", "99999999999"}) {
            refused(Calls.anywhere(route) + "?limit=" + limit, "limit");
        }
        var path = calls.subject(route).path();
        calls.crm().admin().get(path + "?limit=200").expect(200);
        var one = calls.crm().admin().get(path + "?limit=1").expect(200);
        assertThat(one.json().get("items").size()).isLessThanOrEqualTo(1);
    }

    private void cursors(RouteSpec route) {
        var path = Calls.anywhere(route);
        for (var cursor : new String[] {"", "x", "AAAAAAAA", "%27", "a".repeat(1_000)}) {
            refused(path + "?after=" + cursor, "after");
        }
    }

    private void sorts(RouteSpec route) {
        refused(Calls.anywhere(route) + "?sort=noSuchSort", "sort");
    }

    private void refused(String path, String name) {
        var answer = calls.crm().admin().get(path).expect(400);
        assertThat(answer.code()).as(path).isEqualTo("invalidInput");
        assertThat(answer.text("/errors/0/pointer")).as(path).isEqualTo(name);
    }

    private void pages(RouteSpec route) {
        var path = calls.subject(route).path();
        var whole = calls.crm().admin().get(path + "?limit=3").expect(200).json();
        if (whole.get("items").isEmpty()) {
            throw new TestAbortedException(path + " is empty: make what it lists in subject()");
        }
        var after = "";
        for (var expected : whole.get("items")) {
            var page = calls.crm().admin().get(path + "?limit=1" + after).expect(200).json();
            assertThat(page.at("/items/0")).isEqualTo(expected);
            after = "&after=" + page.get("next").asText();
        }
    }
}
