/// How well models did, now that the truth is known. Start with
/// [dev.sightline.quality.performance.PerformanceQueries].
///
/// One pass over the rows of a question puts each into its group (a window, a segment, a version)
/// and counts it there: confusion counts and sums of errors, exact over any number of rows, and a
/// bounded number of scored rows for what depends on the order of scores.
package dev.sightline.quality.performance;
