package dev.sightline.api.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/// The web pages: files of one resource folder, and `index.html` for every path that the pages
/// themselves make sense of.
///
/// `__CSP_NONCE__` in `index.html` becomes a nonce of each answer, `__BASE__` the path below which
/// the pages stand. What lies in `assets/` has its hash in its name and never changes. A file with
/// `.gz` beside it is sent as that to those who take it. All of it is public, as the program is:
/// what pages show, they ask for with their user's credentials.
public final class Pages {
  private static final String FOREVER = "public, max-age=31536000, immutable";

  /// First segments that belong to interfaces of programs: a path below one is no page.
  private static final Set<String> NOT_PAGES =
      Set.of("api", "-", "loki", "otlp", "v1", "metrics", "federate", "alertmanager");

  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json; charset=utf-8"),
          Map.entry("map", "application/json; charset=utf-8"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("wasm", "application/wasm"),
          Map.entry("webmanifest", "application/manifest+json"));

  private final ClassLoader resources;
  private final String folder;
  private final String base;
  private final String index;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Asset> assets = new ConcurrentHashMap<>();

  private static final class Asset {
    private final String type;
    private final byte[] plain;
    private final byte @Nullable [] zipped;
    private final String etag;

    /// @param zipped null where the jar holds no compressed form
    Asset(String type, byte[] plain, byte @Nullable [] zipped) {
      this.type = type;
      this.plain = plain;
      this.zipped = zipped;
      this.etag = etag(plain);
    }
  }

  /// @param folder of the class path, such as `web`
  /// @param base path of the pages, with a slash at both ends
  /// @throws IllegalStateException if there is no `index.html`
  public Pages(ClassLoader resources, String folder, String base) {
    this.resources = resources;
    this.folder = folder;
    this.base = base;
    byte[] bytes = read("index.html");
    if (bytes == null) {
      throw new IllegalStateException("no " + folder + "/index.html on the class path");
    }
    this.index = new String(bytes, StandardCharsets.UTF_8);
  }

  /// @param path decoded segments
  boolean mayServe(List<String> path) {
    return !NOT_PAGES.contains(path.getFirst());
  }

  Reply serve(List<String> path, HttpFields headers) {
    Asset asset = path.equals(List.of("")) ? null : asset(path);
    if (asset != null) {
      return assetReply(asset, path, headers);
    }
    boolean fileWanted =
        path.getFirst().equals("assets") || (path.size() == 1 && path.getFirst().contains("."));
    return fileWanted ? Reply.error(ApiError.notFound("there is no such file")) : indexReply();
  }

  private Reply indexReply() {
    byte[] bytes = new byte[18];
    random.nextBytes(bytes);
    String nonce = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    String html = index.replace("__CSP_NONCE__", nonce).replace("__BASE__", base);
    Reply reply =
        Reply.of(
            200,
            "text/html; charset=utf-8",
            out -> out.write(html.getBytes(StandardCharsets.UTF_8)));
    return new Reply(
        reply.status(), reply.contentType(), SecurityHeaders.page(nonce), reply.body());
  }

  private static Reply assetReply(Asset asset, List<String> path, HttpFields headers) {
    String cache = path.getFirst().equals("assets") ? FOREVER : "no-cache";
    Map<String, String> common =
        Map.of(
            "ETag",
            asset.etag,
            "Cache-Control",
            cache,
            "Vary",
            "Accept-Encoding",
            "Content-Security-Policy",
            "default-src 'none'; frame-ancestors 'none'");
    if (asset.etag.equals(headers.get("If-None-Match"))) {
      return new Reply(304, "", common, _ -> {});
    }
    byte[] zipped = asset.zipped;
    if (zipped != null && Dispatcher.takesGzip(headers)) {
      return new Reply(200, asset.type, common, out -> out.write(zipped))
          .with("Content-Encoding", "gzip")
          .with("Content-Length", Integer.toString(zipped.length));
    }
    return new Reply(200, asset.type, common, out -> out.write(asset.plain));
  }

  private @Nullable Asset asset(List<String> path) {
    for (String segment : path) {
      if (!PLAIN_NAME.matcher(segment).matches()) {
        return null;
      }
    }
    String type = type(path.getLast());
    if (type == null) {
      return null;
    }
    String name = String.join("/", path);
    Asset known = assets.get(name);
    if (known == null && !name.equals("index.html")) {
      byte[] plain = read(name);
      if (plain != null) {
        known = new Asset(type, plain, read(name + ".gz"));
        assets.put(name, known);
      }
    }
    return known;
  }

  /// @return null where there is no such file
  private byte @Nullable [] read(String name) {
    String resource = folder + "/" + name;
    try (InputStream in = resources.getResourceAsStream(resource)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read " + resource, failure);
    }
  }

  /// @return null where the extension is none that pages consist of, as in the name of a folder
  private static @Nullable String type(String name) {
    return TYPES.get(name.substring(name.lastIndexOf('.') + 1));
  }

  private static String etag(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return '"' + HexFormat.of().formatHex(hash, 0, 12) + '"';
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("BUG: every Java has SHA-256", missing);
    }
  }
}
