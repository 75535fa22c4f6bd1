/// How good the data is that a model is given: what is missing, what does not belong there, what
/// has changed since the reference. Start with [dev.sightline.quality.integrity.IntegrityReport].
package dev.sightline.quality.integrity;
