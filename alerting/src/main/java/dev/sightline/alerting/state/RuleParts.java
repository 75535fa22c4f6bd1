package dev.sightline.alerting.state;

import dev.sightline.alerting.AlertSink;
import dev.sightline.model.meter.MeterRegistry;
import dev.sightline.model.series.SeriesSink;
import dev.sightline.model.time.Clock;
import dev.sightline.model.time.Scheduler;
import dev.sightline.storage.fs.FileSystem;
import java.nio.file.Path;

/// What rules need of the process around them.
///
/// @param alerts hears of everything that fires or has resolved
/// @param series takes what rules write
/// @param directory of the alerts' state
public record RuleParts(
    AlertSink alerts,
    SeriesSink series,
    FileSystem files,
    Path directory,
    Clock clock,
    Scheduler scheduler,
    MeterRegistry meters) {}
