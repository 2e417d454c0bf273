package dev.kith.surveys;

import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.View;
import dev.kith.surveys.Results.OfQuestion;
import dev.kith.surveys.Shares.Share;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The console's page with the results of a questionnaire. */
public final class ResultsPage {

    /** The results of one question. */
    public record Block(
            Text text, String kind, long n, String headline, String interval, List<Bar> bars) {
        public Block {
            bars = List.copyOf(bars);
        }
    }

    /** How often one answer was given. */
    public record Bar(Text label, long count, String percent, String interval) {}

    private final Results results;

    ResultsPage(Results results) {
        this.results = results;
    }

    View results(Read read, Request request) {
        var of = QuestionnaireTable.find(read.sql(), request.id("questionnaire"));
        var summary = results.of(read, of.id(), Optional.empty());
        var blocks = summary.questions().stream().map(ResultsPage::block).toList();
        var rate = summary.responseRate();
        return new View(
                "results.jte",
                Map.of(
                        "line",
                        new Pages.Line(
                                of.id().toString(),
                                of.key(),
                                of.state().text(),
                                summary.invited(),
                                summary.answered()),
                        "draft",
                        of.draftVersion() != null,
                        "rate",
                        rate == null ? "–" : percent(rate.share()),
                        "interval",
                        interval(rate),
                        "blocks",
                        blocks));
    }

    private static Block block(OfQuestion question) {
        var headline = "";
        var interval = "";
        if (question.nps() != null) {
            headline = String.format(Locale.ROOT, "%.1f", question.nps().score());
            interval =
                    String.format(
                            Locale.ROOT,
                            "%.1f … %.1f",
                            question.nps().low(),
                            question.nps().high());
        } else if (question.satisfied() != null) {
            headline = percent(question.satisfied().share());
            interval = interval(question.satisfied());
        }
        var bars =
                question.choices().stream()
                        .map(choice ->
                                new Bar(
                                        choice.text() == null
                                                ? Text.of(choice.value())
                                                : choice.text(),
                                        choice.count(),
                                        choice.share() == null
                                                ? "–"
                                                : percent(choice.share().share()),
                                        interval(choice.share())))
                        .toList();
        return new Block(
                question.text(), question.kind().text(), question.n(), headline, interval, bars);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", 100 * share);
    }

    private static String interval(@Nullable Share share) {
        return share == null ? "" : percent(share.low()) + " … " + percent(share.high());
    }
}
