/**
 * Asking customers and doing something about the answers. A {@link
 * dev.kith.surveys.Questionnaire} has versions; one that is published is never changed again. An
 * invitation asks one customer once, by a link that expires: staff, another system or a trigger on
 * an event sends it, and a cool-down over all questionnaires keeps a customer from being asked too
 * often. What is answered is checked on the server against the questions that were reached, counted
 * against quotas, thanked for with points, and a low answer opens a follow-up.
 *
 * <p>Read {@link dev.kith.surveys.SurveysPlugin} first, then {@code Questions} and {@code Responses}.
 */
@NullMarked
package dev.kith.surveys;

import org.jspecify.annotations.NullMarked;
