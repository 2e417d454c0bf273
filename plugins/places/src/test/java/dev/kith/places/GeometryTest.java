package dev.kith.places;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kith.api.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;

/** Which side of a line a point is on. */
final class GeometryTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final GeometryFactory JTS = new GeometryFactory();

    /** As the tests of turf's boolean-point-in-polygon (MIT) have it, borders included. */
    @Test
    void points_on_borders_corners_and_in_holes_are_where_turf_says() {
        var bow = "[[[10,0],[30,20],[50,0],[30,10],[10,0]]]";
        assertThat(covers(bow, 30, 0)).isFalse();
        assertThat(covers(bow, 0, 0)).isFalse();
        var kite = "[[[10,10],[30,20],[50,10],[30,0],[10,10]]]";
        assertThat(covers(kite, 10, 10)).isTrue();
        assertThat(covers(kite, 30, 20)).isTrue();
        assertThat(covers(kite, 30, 10)).isTrue();
        assertThat(covers(kite, 0, 10)).isFalse();
        assertThat(covers(kite, 60, 10)).isFalse();
        var comb =
                "[[[0,0],[0,20],[50,20],[50,0],[40,0],[30,10],[30,0],[20,10],[10,10],[10,0],[0,0]]]";
        for (var on : new int[][] {{0, 20}, {10, 20}, {0, 10}, {5, 10}, {25, 10}, {35, 10}}) {
            assertThat(covers(comb, on[0], on[1])).as("%d, %d", on[0], on[1]).isTrue();
        }
        assertThat(covers(comb, 0, 0)).isTrue();
        assertThat(covers(comb, 20, 0)).isFalse();
        assertThat(covers(comb, 35, 0)).isFalse();
        assertThat(covers(comb, 50, 10)).isTrue();
        assertThat(covers(comb, 5, 0)).isTrue();
        var ring =
                "[[[0,20],[20,40],[40,20],[20,0],[0,20]],[[10,20],[20,30],[30,20],[20,10],[10,20]]]";
        assertThat(covers(ring, 20, 30)).as("on the border of the hole").isTrue();
        assertThat(covers(ring, 25, 25)).as("on the border of the hole").isTrue();
        assertThat(covers(ring, 20, 20)).as("in the hole").isFalse();
        assertThat(covers(ring, 5, 20)).isTrue();
    }

    @Test
    void the_holes_of_turfs_fixtures_are_holes() {
        for (var name : List.of("poly-with-hole.geojson", "multipoly-with-hole.geojson")) {
            var ground = fixture(name);
            assertThat(ground.covers(new Position(36.20373274711739, -86.69208526611328)))
                    .as("in the hole of %s", name)
                    .isFalse();
            assertThat(ground.covers(new Position(36.20258997094334, -86.72229766845702)))
                    .as("in %s", name)
                    .isTrue();
        }
        var outside = new Position(36.18527313913089, -86.75079345703125);
        assertThat(fixture("poly-with-hole.geojson").covers(outside)).isFalse();
        assertThat(fixture("multipoly-with-hole.geojson").covers(outside)).isTrue();
        var farther = new Position(36.23015046460186, -86.75302505493164);
        assertThat(fixture("multipoly-with-hole.geojson").covers(farther)).isFalse();
    }

    private static Shape fixture(String name) {
        try (var in = GeometryTest.class.getResourceAsStream("/turf/" + name)) {
            var geometry = JSON.readTree(in).path("geometry");
            return JSON.treeToValue(JSON.createObjectNode().set("area", geometry), Outline.class)
                    .shape();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_point_a_hair_beside_a_line_is_beside_it() {
        var slanted = "[[[0,0],[1,3],[0,3],[0,0]]]";
        var lon = 1.0 / 3;
        var lat = 1.0;
        var exact = new java.math.BigDecimal(lon).multiply(java.math.BigDecimal.valueOf(3));
        var right = exact.compareTo(java.math.BigDecimal.ONE) > 0;
        assertThat(covers(slanted, lon, lat)).isEqualTo(!right);
        assertThat(covers(slanted, Math.nextUp(lon), lat)).isFalse();
        assertThat(covers(slanted, Math.nextDown(lon), lat)).isTrue();
    }

    @Test
    void any_polygon_covers_what_an_independent_library_says() {
        var random = new Random(42);
        for (var round = 0; round < 200; round++) {
            var corners = star(random);
            var ours = new Shape.Ground(List.of(List.of(new Ring(corners))));
            var theirs = JTS.createPolygon(coordinates(corners));
            for (var i = 0; i < 200; i++) {
                var lon = Math.round(random.nextDouble() * 40 - 20) / 4.0;
                var lat = Math.round(random.nextDouble() * 40 - 20) / 4.0;
                var expected = theirs.covers(JTS.createPoint(new Coordinate(lon, lat)));
                assertThat(ours.covers(new Position(lat, lon)))
                        .as("%s, %s in %s", lon, lat, theirs)
                        .isEqualTo(expected);
            }
        }
    }

    /** Corners on a grid around the middle, so that points and lines often meet. */
    private static double[][] star(Random random) {
        var corners = new ArrayList<double[]>();
        var count = 3 + random.nextInt(12);
        for (var i = 0; i < count; i++) {
            var angle = 2 * Math.PI * i / count;
            var far = 1 + random.nextInt(18) / 4.0;
            corners.add(
                    new double[] {
                        Math.round(4 * far * Math.cos(angle)) / 4.0,
                        Math.round(4 * far * Math.sin(angle)) / 4.0
                    });
        }
        corners.add(corners.getFirst());
        return corners.toArray(double[][]::new);
    }

    private static Coordinate[] coordinates(double[][] corners) {
        var all = new Coordinate[corners.length];
        for (var i = 0; i < corners.length; i++) {
            all[i] = new Coordinate(corners[i][0], corners[i][1]);
        }
        return all;
    }

    @Test
    void a_circle_covers_what_is_within_its_radius_on_the_globe() {
        var center = new Position(52.0, 4.0);
        var circle = new Shape.Round(center, 1_000);
        assertThat(circle.covers(new Position(52.0 + 999 / 111_195.0, 4.0))).isTrue();
        assertThat(circle.covers(new Position(52.0 + 1_001 / 111_195.0, 4.0))).isFalse();
        var outside = new Position(52.0 + 1_500 / 111_195.0, 4.0);
        assertThat(circle.metersFrom(outside)).isBetween(499.0, 501.0);
    }

    @Test
    void the_distance_to_an_area_is_that_to_its_nearest_line() {
        var box = shape("[[[4,52],[5,52],[5,53],[4,53],[4,52]]]");
        var south = new Position(52 - 200 / 111_195.0, 4.5);
        assertThat(box.metersFrom(south)).isBetween(199.0, 201.0);
    }

    @Test
    void an_area_that_cannot_be_drawn_is_refused_with_the_place() {
        refused("[[[0,0],[1,1]]]", "/area/coordinates/0");
        refused("[[[0,0],[1,1],[0,0]]]", "/area/coordinates/0");
        refused("[[[0,0],[0,200],[1,1],[0,0]]]", "/area/coordinates/0/1");
        refused("[[[0,0],[\"0\",2],[1,1],[0,0]]]", "/area/coordinates/0/1");
        refused("[]", "/area/coordinates");
        assertThat(covers("[[[0,0],[0,4],[4,4],[4,0]]]", 2, 2)).as("closed for them").isTrue();
    }

    private static void refused(String coordinates, String pointer) {
        assertThatThrownBy(() -> shape(coordinates))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem ->
                                assertThat(problem.places().getFirst().pointer())
                                        .isEqualTo(pointer));
    }

    private static boolean covers(String coordinates, double lon, double lat) {
        return shape(coordinates).covers(new Position(lat, lon));
    }

    private static Shape shape(String coordinates) {
        try {
            JsonNode tree = JSON.readTree(coordinates);
            return new Outline(null, new Outline.Area(Outline.Area.Type.POLYGON, tree)).shape();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
