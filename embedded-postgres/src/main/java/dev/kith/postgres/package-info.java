/**
 * A real PostgreSQL of our own: unpacked, initialised, started, found again after a crash and
 * stopped. Start at {@link dev.kith.postgres.EmbeddedPostgres}. Everything lives below one folder:
 *
 * <pre>
 * postgres/lock        held while a server owns the folder; names its process
 * postgres/password    of the superuser
 * postgres/port        kept while it is free
 * postgres/bin-…       the unpacked binaries
 * postgres/data        the cluster
 * postgres/log         what PostgreSQL has to say
 * </pre>
 */
@NullMarked
package dev.kith.postgres;

import org.jspecify.annotations.NullMarked;
