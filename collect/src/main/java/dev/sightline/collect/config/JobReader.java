package dev.sightline.collect.config;

import dev.sightline.collect.discover.FileDiscovery;
import dev.sightline.collect.discover.TargetGroup;
import dev.sightline.collect.scrape.ScrapeJob;
import dev.sightline.collect.scrape.ScrapeJob.Discovery;
import dev.sightline.collect.scrape.ScrapeJob.Endpoint;
import dev.sightline.collect.scrape.ScrapeJob.Reading;
import dev.sightline.collect.scrape.ScrapeJob.Relabelling;
import dev.sightline.collect.scrape.ScrapeJob.Timing;
import dev.sightline.wire.yaml.Unused;
import dev.sightline.wire.yaml.YamlFile;
import dev.sightline.wire.yaml.YamlMap;
import dev.sightline.wire.yaml.YamlNode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Reads `scrape_configs`, and the files that `scrape_config_files` names.
final class JobReader {
  private static final String[] NOT_USED = {
    "scrape_protocols",
    "scrape_classic_histograms",
    "always_scrape_classic_histograms",
    "convert_classic_histograms_to_nhcb",
    "scrape_native_histograms",
    "native_histogram_bucket_limit",
    "native_histogram_min_bucket_factor",
    "scrape_failure_log_file",
    "keep_dropped_targets",
    "metric_name_validation_scheme",
    "metric_name_escaping_scheme",
    "extra_scrape_metrics"
  };

  /// The ways of Prometheus to find targets that are not looked for here.
  private static final String[] OTHER_DISCOVERIES = {
    "azure",
    "consul",
    "digitalocean",
    "dns",
    "docker",
    "dockerswarm",
    "ec2",
    "aws",
    "eureka",
    "gce",
    "hetzner",
    "http",
    "ionos",
    "kubernetes",
    "kuma",
    "lightsail",
    "linode",
    "marathon",
    "nerve",
    "nomad",
    "oci",
    "openstack",
    "outscale",
    "ovhcloud",
    "puppetdb",
    "scaleway",
    "serverset",
    "stackit",
    "triton",
    "uyuni",
    "vultr"
  };

  private static final Pattern FILE_NAME = Pattern.compile(".*\\.(json|yml|yaml)");
  private static final Duration FILE_REFRESH = Duration.ofMinutes(5);

  private final GlobalConfig global;
  private final Unused unused;
  private final Map<String, ScrapeJob> jobs = new LinkedHashMap<>();

  JobReader(GlobalConfig global, Unused unused) {
    this.global = global;
    this.unused = unused;
  }

  List<ScrapeJob> read(YamlMap root) {
    root.list("scrape_configs").forEach(this::add);
    for (YamlNode pattern : root.list("scrape_config_files")) {
      for (Path file : files(pattern)) {
        try (YamlMap map = YamlFile.read(file).asMap()) {
          map.list("scrape_configs").forEach(this::add);
        }
      }
    }
    return List.copyOf(jobs.values());
  }

  private static List<Path> files(YamlNode pattern) {
    Path path = pattern.asPath();
    Path folder = path.getParent();
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> listed =
        Files.newDirectoryStream(
            folder == null ? Path.of("/") : folder, String.valueOf(path.getFileName()))) {
      listed.forEach(found::add);
    } catch (IOException failure) {
      throw pattern.error("names a folder that cannot be listed: " + failure.getMessage());
    }
    return found.stream().sorted().toList();
  }

  private void add(YamlNode node) {
    try (YamlMap map = node.asMap()) {
      String name = map.need("job_name").asText();
      if (name.isEmpty()) {
        throw map.need("job_name").error("must not be empty");
      }
      if (jobs.containsKey(name)) {
        throw map.need("job_name").error("names the job \"" + name + "\" a second time");
      }
      unused.note(map, NOT_USED);
      jobs.put(
          name,
          new ScrapeJob(
              name,
              endpoint(map),
              timing(map),
              reading(map),
              Keys.limits(map, global.limits()),
              new Relabelling(
                  RelabelReader.read(map.list("relabel_configs")),
                  RelabelReader.read(map.list("metric_relabel_configs"))),
              discovery(map)));
    }
  }

  private Endpoint endpoint(YamlMap map) {
    String scheme = map.text("scheme", "http");
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw map.need("scheme").error("must be http or https, not \"" + scheme + '"');
    }
    Map<String, List<String>> params = new TreeMap<>();
    YamlMap given = map.map("params");
    given.keys().forEach(name -> params.put(name, given.need(name).asTexts()));
    return new Endpoint(
        scheme, map.text("metrics_path", "/metrics"), params, HttpReader.read(map, unused));
  }

  private Timing timing(YamlMap map) {
    Duration interval = Keys.positive(map, "scrape_interval", global.scrapeInterval());
    Duration ofGlobal =
        global.scrapeTimeout().compareTo(interval) > 0 ? interval : global.scrapeTimeout();
    Duration timeout = Keys.positive(map, "scrape_timeout", ofGlobal);
    if (timeout.compareTo(interval) > 0) {
      throw map.need("scrape_timeout").error("is longer than the scrape_interval of the job");
    }
    return new Timing(interval, timeout);
  }

  private Reading reading(YamlMap map) {
    return new Reading(
        map.bool("honor_labels", false),
        map.bool("honor_timestamps", true),
        map.bool("track_timestamps_staleness", false),
        Keys.fallback(map, global.fallback()));
  }

  private Discovery discovery(YamlMap map) {
    for (String kind : OTHER_DISCOVERIES) {
      unused.note(map, kind + "_sd_configs");
    }
    List<TargetGroup> fixed = new ArrayList<>();
    for (YamlNode group : map.list("static_configs")) {
      if (group.isNull()) {
        throw group.error("is an empty group of targets");
      }
      try (YamlMap read = group.asMap()) {
        fixed.add(FileDiscovery.read(read));
      }
    }
    return new Discovery(
        fixed, map.list("file_sd_configs").stream().map(JobReader::listedFiles).toList());
  }

  private static FileDiscovery listedFiles(YamlNode node) {
    try (YamlMap map = node.asMap()) {
      List<Path> patterns = new ArrayList<>();
      for (YamlNode file : map.need("files").asList()) {
        if (!FILE_NAME.matcher(file.asText()).matches()) {
          throw file.error("must end with .json, .yml or .yaml");
        }
        patterns.add(file.asPath());
      }
      return new FileDiscovery(patterns, Keys.positive(map, "refresh_interval", FILE_REFRESH));
    }
  }
}
