package dev.sightline.logql.eval;

import dev.sightline.model.label.Labels;

/// One series of a vector: a value for each step, some of them [Absent].
@SuppressWarnings("ArrayRecordComponent") // never compared
record Row(Labels labels, double[] column) {}
