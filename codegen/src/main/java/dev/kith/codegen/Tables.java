package dev.kith.codegen;

import java.nio.file.Path;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.Target;

/**
 * The jOOQ classes of one schema: typed tables and columns, and nothing that nobody uses.
 *
 * @param schema the schema to read
 * @param packageName where the classes go
 * @param target the folder of sources they are written to
 */
record Tables(String schema, String packageName, Path target) {

    /** Flyway's history, and partitions of a table that are no tables to a program. */
    private static final String EXCLUDED = "flyway_schema_history|event_\\d+";

    void generate(String jdbcUrl, String user, String password) throws Exception {
        GenerationTool.generate(
                new Configuration()
                        .withLogging(Logging.WARN)
                        .withJdbc(new Jdbc().withUrl(jdbcUrl).withUser(user).withPassword(password))
                        .withGenerator(
                                new Generator()
                                        .withDatabase(database())
                                        .withGenerate(generate())
                                        .withTarget(target(packageName))));
    }

    private Database database() {
        return new Database()
                .withName("org.jooq.meta.postgres.PostgresDatabase")
                .withInputSchema(schema)
                .withExcludes(EXCLUDED)
                .withForcedTypes(instants(), customers());
    }

    private static ForcedType instants() {
        return new ForcedType()
                .withName("INSTANT")
                .withIncludeTypes("timestamptz|timestamp with time zone");
    }

    private static ForcedType customers() {
        return new ForcedType()
                .withUserType("dev.kith.api.CustomerId")
                .withConverter("dev.kith.api.CustomerIdConverter")
                .withIncludeExpression(".*\\.customer_id|kith\\.customer\\.(id|parent_id)")
                .withIncludeTypes("uuid");
    }

    private static Generate generate() {
        return new Generate()
                .withRecords(false)
                .withKeys(false)
                .withIndexes(false)
                .withRelations(false)
                .withPojos(false)
                .withDaos(false)
                .withGeneratedAnnotation(false);
    }

    private Target target(String packageName) {
        return new Target().withPackageName(packageName).withDirectory(target.toString());
    }
}
