/// Exposition text: how processes show their metrics to whoever scrapes them.
///
/// [ExpositionCursor] reads it as Prometheus does, entry by entry, which is what a scrape needs.
/// [OpenMetricsRules] is stricter: it holds a text against every rule of the OpenMetrics standard,
/// which is what the author of an exporter needs. [ExpositionWriter] writes our own meters.
package dev.sightline.wire.exposition;
