/// Profiles: what is kept of each feature by model, version, segment and hour, updated as
/// predictions come and kept when their rows are gone.
package dev.sightline.quality.profile;
