package dev.kith.core.importer;

import dev.kith.core.client.Remote;
import dev.kith.core.client.RemoteFailure;
import dev.kith.core.importer.mapping.Columns;
import dev.kith.core.importer.mapping.MappedRow;
import dev.kith.core.importer.mapping.Mapping;
import dev.kith.core.importer.mapping.RowMapper;
import dev.kith.core.importer.text.DelimitedReader;
import dev.kith.core.importer.text.ImportFailure;
import dev.kith.core.importer.text.Row;
import dev.kith.core.importer.text.Shape;
import dev.kith.core.importer.text.TextFile;
import dev.kith.core.words.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** One run over one file: rows are read, mapped and sent at once, over a few connections. */
public final class Import {

    /** Connections side by side: enough to keep the server busy while each waits for the disk. */
    private static final int LANES = 4;

    private static final int NAME_MAX = 150;

    private final Plan plan;
    private final Optional<Remote> remote;
    private final Totals totals = new Totals();

    /** The first line of what a damaged file does not give; 0 when it is not known. */
    private long damagedAt;

    /**
     * What to do.
     *
     * @param name what keys are made of instead of the file's name
     * @param charset instead of the mapping's
     * @param fromLine rows that begin before it are passed over
     * @param patience how long to go on trying when the server does not answer
     * @param zone of times, when the mapping names none
     */
    public record Plan(
            Path file,
            Path mapping,
            Path rejects,
            Optional<String> name,
            Optional<String> charset,
            long fromLine,
            Duration patience,
            ZoneId zone) {

        /** The name that the keys of this file's events begin with. */
        String keyName() {
            return name.orElseGet(() -> TextFile.name(file));
        }
    }

    /**
     * @param remote where to; empty for a dry run, which reads and maps only
     */
    public Import(Plan plan, Optional<Remote> remote) {
        this.plan = plan;
        this.remote = remote;
    }

    /**
     * Runs to the end.
     *
     * @throws ImportFailure if it cannot begin, or had to stop before the end
     */
    public Summary run(Progress progress) {
        if (plan.keyName().length() > NAME_MAX) {
            throw new ImportFailure(Words.of("import.longName", NAME_MAX));
        }
        var mapping = Mapping.read(plan.mapping());
        if (plan.charset().isPresent()) {
            mapping = mapping.withShape(mapping.shape().withCharset(plan.charset().get()));
        }
        try (var file = TextFile.open(plan.file(), mapping.shape().named());
                var rejects = new Rejects(plan.rejects(), plan.fromLine() > 1)) {
            progress.begin(file::bytesRead, file.size(), totals);
            try {
                read(file, mapping, rejects);
            } finally {
                progress.end();
            }
            return summary();
        } catch (IOException e) {
            throw new ImportFailure(plan.file() + ": " + reason(e), e);
        }
    }

    /** What has been done so far, also when {@link #run} could not go on. */
    public Summary summary() {
        return Summary.of(totals, plan.rejects());
    }

    private String reason(IOException e) {
        if (!TextFile.isDamage(e)) {
            return Words.of("import.unreadable");
        }
        if (damagedAt == 0) {
            return Words.of("import.damaged");
        }
        var line = Long.toString(damagedAt);
        return remote.isPresent()
                ? Words.of("import.damagedImported", line)
                : Words.of("import.damagedRead", line);
    }

    private void read(TextFile file, Mapping mapping, Rejects rejects) throws IOException {
        var reader = new DelimitedReader(file.reader(), mapping.shape());
        var first = reader.next();
        if (first.isEmpty()) {
            return;
        }
        if (first.get().isWrong()) {
            throw new ImportFailure(
                    "%s:%d: %s".formatted(plan.file(), first.get().line(), first.get().wrong()));
        }
        var columns = columns(mapping.shape(), first.get());
        var mapper = new RowMapper(mapping, columns, plan.keyName(), plan.zone());
        var lanes = lanes(rejects);
        try {
            var row = mapping.shape().hasHeader() ? reader.next() : first;
            for (; row.isPresent(); row = reader.next()) {
                totals.add(Totals.Count.READ, 1);
                if (row.get().line() >= plan.fromLine()) {
                    take(row.get(), mapper, lanes, rejects);
                } else {
                    totals.add(Totals.Count.PASSED_OVER, 1);
                }
            }
            mapper.rest().forEach(rest -> send(rest, lanes, rejects));
            end(lanes);
        } catch (RemoteFailure e) {
            throw stopped(mapper, lanes, e);
        } catch (IOException e) {
            // Groups that are open may lack their last rows, so they are not sent.
            damagedAt = Math.min(reader.began(), mapper.firstOpenLine().orElse(Long.MAX_VALUE));
            endAfterDamage(mapper, lanes);
            throw e;
        } catch (ImportFailure e) {
            end(lanes);
            throw e;
        }
    }

    private void endAfterDamage(RowMapper mapper, List<Lane> lanes) {
        try {
            end(lanes);
        } catch (RemoteFailure e) {
            throw stopped(mapper, lanes, e);
        }
    }

    private static Columns columns(Shape shape, Row first) {
        var named = shape.columns();
        List<String> names = named != null ? named : shape.hasHeader() ? first.fields() : List.of();
        return new Columns(names, names.isEmpty() ? first.fields().size() : names.size());
    }

    private List<Lane> lanes(Rejects rejects) {
        var lanes = new ArrayList<Lane>();
        for (var i = 0; i < LANES && remote.isPresent(); i++) {
            var courier = new Courier(remote.get(), plan.patience());
            lanes.add(new Lane("import-" + i, courier, totals, rejects));
        }
        return lanes;
    }

    private void take(Row row, RowMapper mapper, List<Lane> lanes, Rejects rejects) {
        mapper.map(row).forEach(mapped -> send(mapped, lanes, rejects));
    }

    private void send(MappedRow mapped, List<Lane> lanes, Rejects rejects) {
        if (!mapped.refusal().isEmpty()) {
            rejects.add(mapped.row(), mapped.refusal());
            totals.add(Totals.Count.REJECTS, 1);
            totals.add(Totals.Count.ROWS, 1);
            return;
        }
        if (lanes.isEmpty()) {
            totals.customerOf(mapped);
            mapped.events().forEach(event -> totals.recorded(event, true));
            totals.add(Totals.Count.ROWS, 1);
        } else {
            lanes.get(Math.floorMod(mapped.order().hashCode(), lanes.size())).put(mapped);
        }
    }

    private static void end(List<Lane> lanes) {
        lanes.forEach(Lane::end);
    }

    private ImportFailure stopped(RowMapper mapper, List<Lane> lanes, RemoteFailure e) {
        var resumeAt =
                LongStream.concat(
                                lanes.stream().flatMapToLong(lane -> lane.firstOpenLine().stream()),
                                mapper.firstOpenLine().stream())
                        .min();
        return new ImportFailure(
                Words.of(
                                "import.stopped",
                                totals.of(Totals.Count.ROWS),
                                String.valueOf(e.getMessage()))
                        + System.lineSeparator()
                        + (resumeAt.isPresent()
                                ? Words.of("import.goOnFrom", Long.toString(resumeAt.getAsLong()))
                                : Words.of("import.runAgain")),
                e);
    }
}
