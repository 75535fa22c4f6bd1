package dev.sightline.gateway.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where the gateway listens, and the models behind it.
///
/// @param models the first is the default, for paths that name none; may be empty
/// @param countries how it is found out where calls come from; null where that is not asked
public record GatewayConfig(
    Entrance entrance,
    List<UpstreamModel> models,
    @Nullable Countries countries,
    GatewayLimits limits) {
  public GatewayConfig {
    models = List.copyOf(models);
    Set<String> names = new HashSet<>();
    for (UpstreamModel model : models) {
      UpstreamModel shadow = model.rivals().shadow();
      if (!names.add(model.name()) || (shadow != null && !names.add(shadow.name()))) {
        throw new IllegalArgumentException(
            "two models or shadows behind the gateway have one name: " + model.name());
      }
    }
  }
}
