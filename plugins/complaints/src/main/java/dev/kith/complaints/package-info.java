/**
 * Complaints, from the first word to the answer. A {@link dev.kith.complaints.Case} is where its
 * steps have led; {@link dev.kith.complaints.State} is the one table of steps there are. When a case
 * comes in, its severity promises an acknowledgement and a resolution in the working time of a
 * {@link dev.kith.complaints.Calendar}; {@link dev.kith.complaints.Clock} says how much of it is
 * used, from the steps alone. A clock that runs out is told once, by {@code complaint.overdue}.
 *
 * <p>Read {@link dev.kith.complaints.ComplaintsPlugin} first, then {@code Cases}, {@code Course} and
 * {@code Clock}.
 */
@NullMarked
package dev.kith.complaints;

import org.jspecify.annotations.NullMarked;
