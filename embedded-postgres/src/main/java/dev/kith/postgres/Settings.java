package dev.kith.postgres;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The settings PostgreSQL is started with. They stand on its command line, because what stands
 * there wins over every file and cannot be changed from inside.
 */
final class Settings {

    /** For a small server; an operator may override each. */
    private static final Map<String, String> DEFAULTS =
            Map.ofEntries(
                    Map.entry("max_connections", "200"),
                    Map.entry("shared_buffers", "128MB"),
                    Map.entry("effective_cache_size", "512MB"),
                    Map.entry("work_mem", "8MB"),
                    Map.entry("maintenance_work_mem", "64MB"),
                    Map.entry("min_wal_size", "128MB"),
                    Map.entry("max_wal_size", "2GB"),
                    Map.entry("checkpoint_timeout", "10min"),
                    Map.entry("random_page_cost", "1.1"),
                    Map.entry("jit", "off"),
                    Map.entry("timezone", "UTC"),
                    Map.entry("log_timezone", "UTC"),
                    Map.entry("log_line_prefix", "%m [%p] "));

    /**
     * An error's text can quote what a customer typed, so errors are left to the caller, who gets
     * them anyway; PostgreSQL's own log keeps what it says about itself.
     */
    private static final Map<String, String> PRIVACY =
            Map.of(
                    "log_min_messages", "log",
                    "log_min_error_statement", "panic",
                    "log_error_verbosity", "terse",
                    "log_statement", "none",
                    "log_min_duration_statement", "-1",
                    "log_parameter_max_length", "0",
                    "log_parameter_max_length_on_error", "0");

    private static final Map<String, String> DOOR =
            Map.of(
                    "listen_addresses", Connections.HOST,
                    "unix_socket_directories", "",
                    "password_encryption", "scram-sha-256");

    private static final Map<String, String> LOG =
            Map.of(
                    "logging_collector", "on",
                    "log_destination", "stderr",
                    "log_filename", Home.LOG_PREFIX + "%Y%m%d-%H%M%S.log",
                    "log_file_mode", "0600",
                    "log_rotation_age", "0",
                    "log_rotation_size", "10MB");

    /** Not the operator's: they would point the server elsewhere, open it or break the launcher. */
    private static final Set<String> RESERVED =
            Set.of(
                    "port",
                    "data_directory",
                    "config_file",
                    "hba_file",
                    "ident_file",
                    "external_pid_file",
                    "cluster_name",
                    "log_directory");

    private final Map<String, String> values = new TreeMap<>();
    private final Map<String, String> verified = new TreeMap<>();

    Settings(EmbeddedPostgres.Options options, Home home, int port) {
        values.putAll(DEFAULTS);
        values.putAll(options.settings());
        for (var group : List.of(options.durability().settings(), PRIVACY, DOOR)) {
            values.putAll(group);
            verified.putAll(group);
        }
        values.putAll(LOG);
        values.put("log_directory", home.logs().toString());
        values.put("cluster_name", home.clusterName());
        values.put("port", Integer.toString(port));
        verified.put("data_checksums", "on");
        verified.put("data_directory", home.data().toString());
    }

    /** Those that only the launcher decides. */
    static boolean isReserved(String anyCase) {
        var name = anyCase.toLowerCase(Locale.ROOT);
        return RESERVED.contains(name)
                || Stream.of(Durability.DURABLE.settings(), PRIVACY, DOOR, LOG)
                        .anyMatch(group -> group.containsKey(name));
    }

    List<String> commandLine(Path postgres, Path data) {
        return Stream.concat(
                        Stream.of(postgres.toString(), "-D", data.toString()),
                        values.entrySet().stream()
                                .flatMap(e -> Stream.of("-c", e.getKey() + "=" + e.getValue())))
                .toList();
    }

    /** What the running server has to answer, by name. */
    Map<String, String> verified() {
        return new LinkedHashMap<>(verified);
    }
}
