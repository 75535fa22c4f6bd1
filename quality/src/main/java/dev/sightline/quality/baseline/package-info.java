/// Summaries of the rows of a window, feature by feature: what drift and data quality compare.
///
/// [dev.sightline.quality.baseline.BaselineScan] makes one in a pass over rows;
/// [dev.sightline.quality.baseline.BaselineStore] keeps those that serve as references.
package dev.sightline.quality.baseline;
