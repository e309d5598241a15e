package dev.vedette.timescale;

import dev.vedette.detection.DetectionConfig;
import dev.vedette.scheduling.Dependency;
import dev.vedette.scheduling.ServiceRole;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * The workers, of this process or of others: what nobody holds is stored but not judged. A shard
 * changes hands within seconds, so only one that nobody held at two looks in a row counts. One
 * thread asks.
 */
@Singleton
class WorkersDependency implements Dependency {
    private static final String UNHELD =
            """
            SELECT 'series ' || shard FROM shard_lease WHERE expires_at < now()
            UNION ALL SELECT 'payments ' || shard FROM transaction_shard WHERE expires_at < now()\
            """;
    private static final String SHARDS =
            "SELECT (SELECT count(*) FROM shard_lease) + (SELECT count(*) FROM transaction_shard)";

    private final WorkerTransaction workers;
    private final boolean isSetUp;
    private Set<String> unheld = Set.of();

    @Inject
    WorkersDependency(WorkerTransaction workers, DetectionConfig config) {
        this(workers, config.enabled());
    }

    /**
     * The workers behind that database.
     *
     * @param isSetUp whether there are to be any
     */
    WorkersDependency(WorkerTransaction workers, boolean isSetUp) {
        this.workers = workers;
        this.isSetUp = isSetUp;
    }

    @Override
    public String name() {
        return "workers";
    }

    @Override
    public boolean isSetUp() {
        return isSetUp;
    }

    @Override
    public Set<ServiceRole> roles() {
        return EnumSet.of(ServiceRole.API, ServiceRole.WORKER);
    }

    @Override
    public void ask() {
        Set<String> now = unheldNow();
        Set<String> still = new TreeSet<>(now);
        still.retainAll(unheld);
        unheld = now;
        if (!still.isEmpty()) {
            throw new IllegalStateException(
                    still.size() + " of " + shards() + " shards are held by no worker");
        }
    }

    private Set<String> unheldNow() {
        return workers.await(connection -> {
            Set<String> found = new TreeSet<>();
            try (PreparedStatement statement = connection.prepareStatement(UNHELD);
                    ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return found;
        });
    }

    private int shards() {
        return workers.await(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(SHARDS);
                    ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        });
    }
}
