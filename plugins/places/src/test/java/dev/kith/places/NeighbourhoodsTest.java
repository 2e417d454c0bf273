package dev.kith.places;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kith.testkit.TestCrm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;

/** The neighbourhoods of New York and where people checked in there (Gowalla, 2009 to 2010). */
final class NeighbourhoodsTest {

    @RegisterExtension static final TestCrm crm = TestCrm.withThisPlugin();

    /** How many check-ins of this half of the data lie in a neighbourhood, as its readme says. */
    private static final int INSIDE = 58_889;

    private static final GeometryFactory JTS = new GeometryFactory();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void every_check_in_is_in_the_neighbourhood_that_an_independent_library_says() {
        var areas = new LinkedHashMap<String, Geometry>();
        for (var feature : read(SharedData.lines("nyc_neighborhoods.geojson.gz")).get("features")) {
            var name = feature.at("/properties/name").asText();
            var shape = Map.of("area", feature.get("geometry"));
            var fence = Map.of("name", name, "shape", shape);
            var id = crm.admin().post("/places/fences", fence).expect(201).text("/id");
            areas.put(id, geometry(feature.get("geometry")));
        }
        var checkIns = SharedData.lines("gowalla_nyc_checkins_even_users.tsv.gz");
        var answers = locate(checkIns);
        assertThat(answers).hasSameSizeAs(checkIns);
        var inside = 0;
        for (var i = 0; i < checkIns.size(); i++) {
            var expected = covering(areas, checkIns.get(i).split("\t", -1));
            var located = new TreeSet<>(read(List.of(answers.get(i))).findValuesAsText("id"));
            assertThat(located).as("line %d", i + 1).isEqualTo(expected);
            inside += expected.isEmpty() ? 0 : 1;
        }
        assertThat(inside).isEqualTo(INSIDE);
    }

    private static List<String> locate(List<String> checkIns) {
        var lines = new ArrayList<String>();
        for (var checkIn : checkIns) {
            var fields = checkIn.split("\t", -1);
            lines.add("{\"lat\":%s,\"lon\":%s}".formatted(fields[2], fields[3]));
        }
        return crm.admin()
                .with("Content-Type", "application/x-ndjson")
                .post("/places/locate", String.join("\n", lines))
                .expect(200)
                .body()
                .lines()
                .toList();
    }

    private static Set<String> covering(Map<String, Geometry> areas, String[] fields) {
        var at = new Coordinate(Double.parseDouble(fields[3]), Double.parseDouble(fields[2]));
        var point = JTS.createPoint(at);
        var covering = new TreeSet<String>();
        areas.forEach((id, area) -> {
            if (area.getEnvelopeInternal().covers(at) && area.covers(point)) {
                covering.add(id);
            }
        });
        return covering;
    }

    private static Geometry geometry(JsonNode geometry) {
        var polygons = new ArrayList<Polygon>();
        if (geometry.get("type").asText().equals("Polygon")) {
            polygons.add(polygon(geometry.get("coordinates")));
        } else {
            geometry.get("coordinates").forEach(each -> polygons.add(polygon(each)));
        }
        return JTS.createMultiPolygon(polygons.toArray(Polygon[]::new));
    }

    private static Polygon polygon(JsonNode rings) {
        var all = new ArrayList<LinearRing>();
        rings.forEach(each -> all.add(ring(each)));
        var holes = all.subList(1, all.size()).toArray(LinearRing[]::new);
        return JTS.createPolygon(all.getFirst(), holes);
    }

    private static LinearRing ring(JsonNode positions) {
        var all = new ArrayList<Coordinate>();
        positions.forEach(each ->
                all.add(new Coordinate(each.get(0).doubleValue(), each.get(1).doubleValue())));
        // Four rings of this file are not closed.
        if (!all.getFirst().equals2D(all.getLast())) {
            all.add(all.getFirst());
        }
        return JTS.createLinearRing(all.toArray(Coordinate[]::new));
    }

    private static JsonNode read(List<String> lines) {
        try {
            return JSON.readTree(String.join("\n", lines));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
