package dev.sightline.gateway;

/// Where one call goes.
///
/// @param pathAndQuery at the upstream, as it stands on the wire
/// @param endpoint the path that the client called, without the model: one of a few that are known,
///   or `other`
/// @param scoring whether the call asks for predictions
record Target(UpstreamModel model, String pathAndQuery, String endpoint, boolean scoring) {}
