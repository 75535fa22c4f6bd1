/// Summaries of features in a few kilobytes that merge: thin uses of Apache DataSketches, with the
/// error of every answer.
package dev.sightline.stats.sketch;
