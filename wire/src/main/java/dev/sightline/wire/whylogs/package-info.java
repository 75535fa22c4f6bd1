/// Profiles of whylogs, version 0 and 1: what its clients upload and keep in files.
package dev.sightline.wire.whylogs;
