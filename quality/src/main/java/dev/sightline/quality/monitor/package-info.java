/// What is looked at all the time, for every model, and written as series.
package dev.sightline.quality.monitor;
