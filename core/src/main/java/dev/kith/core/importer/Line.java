package dev.kith.core.importer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kith.core.importer.mapping.MappedRow;

/** One line to be sent, and the row it comes from. */
record Line(MappedRow from, ObjectNode content) {}
