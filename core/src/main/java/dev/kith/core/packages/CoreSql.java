package dev.kith.core.packages;

import dev.kith.core.area.Area;
import dev.kith.core.failure.SqlFailure;
import java.sql.SQLException;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** Short transactions of core's own, for what outlives the request that asked for it. */
public record CoreSql(Area core) {

    public <T> T read(Function<DSLContext, T> work) {
        try (var connection = core.pools().read()) {
            return work.apply(DSL.using(connection, SQLDialect.POSTGRES, core.jooq().settings()));
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    /** In one transaction, which is taken back if anything is thrown. */
    public <T> T write(Function<DSLContext, T> work) {
        try (var connection = core.pools().write()) {
            var done = false;
            try {
                var sql = DSL.using(connection, SQLDialect.POSTGRES, core.jooq().settings());
                var result = work.apply(sql);
                connection.commit();
                done = true;
                return result;
            } finally {
                if (!done) {
                    connection.rollback();
                }
            }
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }
}
