/// Apache Parquet, as far as columns of numbers and texts go: read page by page, a column at the
/// price of that column.
package dev.sightline.wire.parquet;
