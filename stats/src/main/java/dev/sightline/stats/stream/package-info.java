/// Detectors that see one value at a time, say when a change has come, and never keep more than a
/// constant amount. Each starts anew with the value after a change.
package dev.sightline.stats.stream;
