package dev.sightline.collect.discover;

import dev.sightline.model.label.Label;
import dev.sightline.model.label.Labels;
import java.util.List;

/// Addresses that belong together, and the labels that all of them share.
///
/// @param labels of every target of the group
public record TargetGroup(List<String> addresses, Labels labels) {
  /// The label that holds where a target is reached.
  public static final String ADDRESS = "__address__";

  public TargetGroup {
    addresses = List.copyOf(addresses);
  }

  /// What is known of each target before the job adds its own labels.
  public List<Labels> targets() {
    return addresses.stream().map(address -> labels.with(ADDRESS, address)).toList();
  }

  /// @return what is wrong with an address, or null
  public static @org.jspecify.annotations.Nullable String whatIsWrongWith(String address) {
    if (address.isEmpty()) {
      return "is an empty address";
    }
    return address.contains("/")
        ? "is no address: \"" + address + "\" must be host:port, without scheme and path"
        : null;
  }

  /// Whether a name may be given to a label by users.
  public static boolean isLabelName(String name) {
    return !name.isEmpty() && !name.equals(Label.METRIC_NAME);
  }
}
