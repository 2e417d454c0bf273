import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;

/**
 * The least a server does that answers with a customer: one query through a pool on a virtual
 * thread, its columns written as JSON. No key, no permissions, no checks. Only for measuring.
 */
final class BareRead {

    private static final String PATH = "/api/v1/customers/";

    // The columns and the condition of Kith's own query.
    private static final String SELECT =
            "select id, version, kind, name, given_name, family_name, emails, phones, addresses,"
                    + " birthday, locale, time_zone, tags, external_ids, parent_id, owner_id,"
                    + " stage, attributes, created_at, updated_at, archived_at"
                    + " from kith.customer where id = ?";

    private final DataSource database;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private BareRead(DataSource database) {
        this.database = database;
    }

    public static void main(String[] args) {
        var config = new HikariConfig();
        var env = System.getenv();
        config.setJdbcUrl(
                "jdbc:postgresql://" + env.get("PGHOST") + ":" + env.get("PGPORT") + "/"
                        + env.get("PGDATABASE") + "?sslmode=disable");
        config.setUsername(env.get("PGUSER"));
        config.setPassword(env.get("PGPASSWORD"));
        config.setMaximumPoolSize(4);
        var bare = new BareRead(new HikariDataSource(config));
        Vertx.vertx()
                .createHttpServer()
                .requestHandler(bare::handle)
                .listen(Integer.parseInt(args[0]), "127.0.0.1");
    }

    private void handle(HttpServerRequest request) {
        var id = request.path().substring(PATH.length());
        threads.execute(
                () -> {
                    try {
                        var text = find(UUID.fromString(id));
                        request.response()
                                .putHeader("Content-Type", "application/json")
                                .end(text);
                    } catch (SQLException e) {
                        request.response().setStatusCode(500).end();
                    }
                });
    }

    private String find(UUID id) throws SQLException {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(SELECT)) {
            select.setObject(1, id);
            try (var row = select.executeQuery()) {
                row.next();
                return json(row);
            }
        }
    }

    private static String json(ResultSet row) throws SQLException {
        var text = new StringBuilder(512).append('{');
        var columns = row.getMetaData().getColumnCount();
        for (var i = 1; i <= columns; i++) {
            text.append(i == 1 ? "\"" : ",\"").append(i).append("\":\"");
            text.append(row.getString(i)).append('"');
        }
        return text.append('}').toString();
    }
}
