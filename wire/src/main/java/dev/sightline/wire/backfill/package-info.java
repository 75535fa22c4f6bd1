/// Samples with their times in files: OpenMetrics, CSV, JSON lines; read on the way, however long.
package dev.sightline.wire.backfill;
