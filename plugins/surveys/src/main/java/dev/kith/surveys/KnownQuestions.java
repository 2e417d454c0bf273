package dev.kith.surveys;

import static dev.kith.surveys.db.Tables.VERSION;

import dev.kith.api.Read;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Versions of questionnaires, compiled. Those that are published never change and are kept. */
final class KnownQuestions {

    private static final int KEPT_MAX = 200;

    private record Key(UUID questionnaire, int number) {}

    private final Questions.Conditions conditions;
    private final Documents documents;
    private final Map<Key, Questions> kept =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, Questions> eldest) {
                    return size() > KEPT_MAX;
                }
            };

    KnownQuestions(Questions.Conditions conditions, Documents documents) {
        this.conditions = conditions;
        this.documents = documents;
    }

    /** Compiles a definition that is about to be kept. */
    Questions check(Definition definition) {
        return Questions.of(definition, conditions);
    }

    Questions published(Read read, UUID questionnaire, int number) {
        var key = new Key(questionnaire, number);
        synchronized (kept) {
            var known = kept.get(key);
            if (known != null) {
                return known;
            }
        }
        var definition =
                read.sql()
                        .select(VERSION.DEFINITION)
                        .from(VERSION)
                        .where(VERSION.QUESTIONNAIRE_ID.eq(questionnaire))
                        .and(VERSION.NUMBER.eq(number))
                        .and(VERSION.PUBLISHED_AT.isNotNull())
                        .fetchSingle(row -> documents.definition(row.value1()));
        var questions = check(definition);
        synchronized (kept) {
            kept.put(key, questions);
        }
        return questions;
    }
}
