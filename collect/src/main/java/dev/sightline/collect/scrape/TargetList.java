package dev.sightline.collect.scrape;

import dev.sightline.collect.discover.TargetGroup;
import dev.sightline.collect.relabel.Relabeling;
import dev.sightline.collect.scrape.ScrapeJob.Timing;
import dev.sightline.model.label.Label;
import dev.sightline.model.label.Labels;
import dev.sightline.wire.yaml.DurationText;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The targets of a job: what discovery found, less what relabelling dropped.
///
/// @param targets each pair of labels and URL once
/// @param dropped the labels, before relabelling, of those that were dropped or make no target
record TargetList(List<Target> targets, List<Labels> dropped) {
  private static final String INTERVAL = "__scrape_interval__";
  private static final String TIMEOUT = "__scrape_timeout__";
  private static final String SCHEME = "__scheme__";
  private static final String PATH = "__metrics_path__";
  private static final String PARAM = "__param_";

  private static final Logger LOG = LoggerFactory.getLogger(TargetList.class);

  static TargetList of(ScrapeJob job, List<TargetGroup> groups) {
    Map<String, Target> targets = new LinkedHashMap<>();
    List<Labels> dropped = new ArrayList<>();
    for (TargetGroup group : groups) {
      for (Labels found : group.targets()) {
        Labels discovered = discovered(job, found);
        Target target = target(job, discovered);
        if (target == null) {
          dropped.add(discovered);
        } else {
          targets.putIfAbsent(target.labels() + " " + target.url(), target);
        }
      }
    }
    return new TargetList(List.copyOf(targets.values()), List.copyOf(dropped));
  }

  private static Labels discovered(ScrapeJob job, Labels found) {
    Labels.Builder labels = found.toBuilder();
    setIfAbsent(labels, "job", job.name());
    setIfAbsent(labels, INTERVAL, DurationText.format(job.timing().interval()));
    setIfAbsent(labels, TIMEOUT, DurationText.format(job.timing().timeout()));
    setIfAbsent(labels, PATH, job.endpoint().metricsPath());
    setIfAbsent(labels, SCHEME, job.endpoint().scheme());
    job.endpoint()
        .params()
        .forEach(
            (name, values) -> {
              if (!values.isEmpty()) {
                setIfAbsent(labels, PARAM + name, values.getFirst());
              }
            });
    return labels.build();
  }

  private static void setIfAbsent(Labels.Builder labels, String name, String value) {
    if (labels.get(name).isEmpty()) {
      labels.set(name, value);
    }
  }

  private static @Nullable Target target(ScrapeJob job, Labels discovered) {
    Labels relabelled = Relabeling.apply(job.relabelling().targets(), discovered);
    if (relabelled == null) {
      return null;
    }
    try {
      String address = relabelled.get(TargetGroup.ADDRESS);
      String wrong = TargetGroup.whatIsWrongWith(address);
      if (wrong != null) {
        throw new IllegalArgumentException(wrong);
      }
      Labels.Builder labels = new Labels.Builder();
      for (Label label : relabelled.toList()) {
        if (!label.name().startsWith("__")) {
          labels.set(label.name(), label.value());
        }
      }
      setIfAbsent(labels, "instance", address);
      return new Target(
          job.name(),
          discovered,
          labels.build(),
          url(job, relabelled, address),
          timing(relabelled));
    } catch (IllegalArgumentException bad) {
      LOG.warn("job {}: target {} is left out: {}", job.name(), discovered, bad.getMessage());
      return null;
    }
  }

  private static Timing timing(Labels labels) {
    Duration interval = DurationText.parse(labels.get(INTERVAL));
    Duration timeout = DurationText.parse(labels.get(TIMEOUT));
    if (interval.isZero() || timeout.isZero() || timeout.compareTo(interval) > 0) {
      throw new IllegalArgumentException(
          "scrape interval " + labels.get(INTERVAL) + ", timeout " + labels.get(TIMEOUT));
    }
    return new Timing(interval, timeout);
  }

  private static String url(ScrapeJob job, Labels labels, String address) {
    Map<String, List<String>> params = new TreeMap<>(job.endpoint().params());
    for (Label label : labels.toList()) {
      if (label.name().startsWith(PARAM)) {
        String name = label.name().substring(PARAM.length());
        List<String> values = new ArrayList<>(params.getOrDefault(name, List.of("")));
        values.set(0, label.value());
        params.put(name, values);
      }
    }
    StringBuilder query = new StringBuilder();
    params.forEach(
        (name, values) ->
            values.forEach(
                value ->
                    query
                        .append(query.isEmpty() ? "" : "&")
                        .append(encoded(name))
                        .append('=')
                        .append(encoded(value))));
    String path = labels.get(PATH);
    String separator = query.isEmpty() ? "" : path.contains("?") ? "&" : "?";
    return labels.get(SCHEME)
        + "://"
        + address
        + (path.startsWith("/") ? "" : "/")
        + path
        + separator
        + query;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
