package dev.kith.story;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.Slice;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows of the house: who may know whom, over all that is shipped. */
class HouseTest {

    private static final String API = "dev.kith.api..";
    private static final String CORE = "dev.kith.core..";

    private static final JavaClasses HOUSE =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.kith");

    static Stream<String> areas() {
        return Stream.of(
                "complaints", "hello", "loyalty", "messages", "places", "referrals", "surveys");
    }

    private static String area(String id) {
        return "dev.kith." + id + "..";
    }

    private static String[] allAreas() {
        return areas().map(HouseTest::area).toArray(String[]::new);
    }

    @Test
    void nobody_is_missing() {
        var packages = Stream.concat(areas().map(HouseTest::area), Stream.of(API, CORE));
        assertThat(packages)
                .allSatisfy(each ->
                        assertThat(HOUSE.that(JavaClass.Predicates.resideInAPackage(each)))
                                .isNotEmpty());
    }

    @Test
    void the_api_knows_nobody() {
        noClasses()
                .that()
                .resideInAPackage(API)
                .should()
                .dependOnClassesThat(
                        JavaClass.Predicates.resideInAPackage("dev.kith..")
                                .and(JavaClass.Predicates.resideOutsideOfPackage(API)))
                .check(HOUSE);
    }

    @Test
    void core_knows_no_area() {
        noClasses()
                .that()
                .resideInAPackage(CORE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(allAreas())
                .check(HOUSE);
    }

    @ParameterizedTest
    @MethodSource("areas")
    void an_area_knows_the_api_and_itself(String id) {
        noClasses()
                .that()
                .resideInAPackage(area(id))
                .should()
                .dependOnClassesThat(
                        JavaClass.Predicates.resideInAPackage("dev.kith..")
                                .and(JavaClass.Predicates.resideOutsideOfPackages(API, area(id))))
                .check(HOUSE);
    }

    @Test
    void topics_of_core_stand_on_each_other_in_one_direction() {
        slices().matching("dev.kith.core.(*)..").should().beFreeOfCycles().check(HOUSE);
    }

    /** What jOOQ makes of the schema is a package for tables and one around it, both ways. */
    @Test
    void a_topic_and_its_parts_stand_on_each_other_in_one_direction() {
        slices().matching("dev.kith.core.(**)")
                .that(
                        DescribedPredicate.describe(
                                "are written by hand",
                                (Slice slice) -> !slice.getNamePart(1).matches("db(\\..*)?")))
                .should()
                .beFreeOfCycles()
                .check(HOUSE);
    }

    @ParameterizedTest
    @CsvSource({
        "org.pf4j.., dev.kith.core.loading",
        "io.vertx.., dev.kith.core.http..",
        "io.netty.., dev.kith.core.http..",
        "dev.cel.., dev.kith.core.facts",
        "com.zaxxer.., dev.kith.core.connections",
        "picocli.., dev.kith.core.cli.."
    })
    void a_library_stays_where_it_is_used(String library, String topic) {
        noClasses()
                .that()
                .resideOutsideOfPackage(topic)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(HOUSE);
        assertThat(HOUSE.that(JavaClass.Predicates.resideInAPackage(topic)))
                .anyMatch(each ->
                        each.getDirectDependenciesFromSelf().stream()
                                .anyMatch(d ->
                                        JavaClass.Predicates.resideInAPackage(library)
                                                .test(d.getTargetClass())));
    }

    @Test
    void areas_are_told_the_time_and_given_ids() {
        noClasses()
                .that()
                .resideInAnyPackage(allAreas())
                .should()
                .callMethodWhere(calls(Instant.class, "now"))
                .orShould()
                .callMethodWhere(calls(LocalDate.class, "now"))
                .orShould()
                .callMethodWhere(calls(LocalDateTime.class, "now"))
                .orShould()
                .callMethodWhere(calls(System.class, "currentTimeMillis"))
                .orShould()
                .callMethodWhere(calls(Clock.class, "systemUTC"))
                .orShould()
                .callMethodWhere(calls(UUID.class, "randomUUID"))
                .orShould()
                .callMethodWhere(calls(Math.class, "random"))
                .check(HOUSE);
    }

    @Test
    void nobody_sends_a_text_to_the_database_that_was_put_together() {
        noClasses()
                .that()
                .resideInAnyPackage(allAreas())
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.sql..")
                .check(HOUSE);
        noClasses()
                .that()
                .resideInAPackage(CORE)
                .and()
                .resideOutsideOfPackages("dev.kith.core.migrations", "dev.kith.core.schema")
                .should()
                .callMethodWhere(calls(Statement.class, "execute"))
                .orShould()
                .callMethodWhere(calls(Statement.class, "executeQuery"))
                .orShould()
                .callMethodWhere(calls(Statement.class, "executeUpdate"))
                .check(HOUSE);
    }

    private static DescribedPredicate<JavaCall<?>> calls(Class<?> type, String method) {
        return DescribedPredicate.describe(
                "call %s.%s".formatted(type.getSimpleName(), method),
                call ->
                        call.getTargetOwner().isEquivalentTo(type)
                                && call.getName().equals(method));
    }
}
