/// Columns in the form that tests and distances share: sorted, counted, binned.
package dev.sightline.stats.column;
