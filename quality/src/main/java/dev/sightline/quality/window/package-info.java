/// Spans of time whose predictions are measured together.
package dev.sightline.quality.window;
