/// Monitors that somebody asked for: which value of a model is looked at, over which windows, and
/// when it is wrong. What is looked at without being asked for is in
/// [dev.sightline.quality.monitor]. Start with [dev.sightline.quality.watch.Monitor] and
/// [dev.sightline.quality.watch.WatchedModels].
package dev.sightline.quality.watch;
