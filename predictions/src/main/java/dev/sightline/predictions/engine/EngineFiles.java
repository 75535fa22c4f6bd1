package dev.sightline.predictions.engine;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// What the engine's process needs on disk: DuckDB's native library and its classes, unpacked once
/// for each version, because the driver would unpack 70 MB at each start and leave them behind.
///
/// Made anew whenever it is gone; nothing that is stored lies here, so the disk is used directly.
record EngineFiles(Path directory) {
  private static final Object UNPACKING = new Object();

  /// @return the class path of the engine
  /// @throws IOException if DuckDB has nothing for this machine, or the disk refuses
  String prepare() throws IOException {
    synchronized (UNPACKING) {
      return prepared();
    }
  }

  private String prepared() throws IOException {
    String library = "libduckdb_java.so_" + system() + "_" + processor();
    URL inside = EngineFiles.class.getClassLoader().getResource(library);
    if (inside == null || !(inside.openConnection() instanceof JarURLConnection connection)) {
      throw new IOException("there is no DuckDB for " + system() + " on " + processor());
    }
    connection.setUseCaches(false);
    try (JarFile jar = connection.getJarFile()) {
      Path packed = Path.of(jar.getName());
      String version = String.valueOf(packed.getFileName()).replaceAll("\\.jar$", "");
      Path home = directory.resolve(version);
      if (!Files.exists(home.resolve("duckdb.jar"))) {
        Files.createDirectories(home);
        unpackLibrary(jar, library, home);
        unpackClasses(jar, home);
      }
      return classPath(packed, home.resolve("duckdb.jar"));
    }
  }

  /// An empty folder for what does not fit into an engine's memory; what one that was killed has
  /// left there is deleted.
  Path emptySpill(String name) throws IOException {
    Path spill = directory.resolve("tmp").resolve(name);
    Files.createDirectories(spill);
    try (DirectoryStream<Path> left = Files.newDirectoryStream(spill, Files::isRegularFile)) {
      for (Path file : left) {
        Files.delete(file);
      }
    }
    return spill;
  }

  /// The jar of the driver holds the library, which it would prefer.
  private static String classPath(Path packed, Path classes) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !Path.of(entry).toAbsolutePath().equals(packed.toAbsolutePath()))
            .collect(Collectors.joining(File.pathSeparator))
        + File.pathSeparator
        + classes;
  }

  private static void unpackLibrary(JarFile jar, String library, Path home) throws IOException {
    Path fresh = home.resolve(library + ".tmp");
    try (InputStream from = jar.getInputStream(jar.getEntry(library))) {
      Files.copy(from, fresh, StandardCopyOption.REPLACE_EXISTING);
    }
    Files.move(fresh, home.resolve(library), StandardCopyOption.REPLACE_EXISTING);
  }

  /// Comes last, and so says that everything is there.
  private static void unpackClasses(JarFile jar, Path home) throws IOException {
    Path fresh = home.resolve("duckdb.jar.tmp");
    try (OutputStream file = Files.newOutputStream(fresh);
        ZipOutputStream to = new ZipOutputStream(file)) {
      for (Enumeration<JarEntry> all = jar.entries(); all.hasMoreElements(); ) {
        JarEntry entry = all.nextElement();
        if (entry.getName().endsWith(".class")
            || entry.getName().startsWith("META-INF/services/")) {
          to.putNextEntry(new ZipEntry(entry.getName()));
          try (InputStream from = jar.getInputStream(entry)) {
            from.transferTo(to);
          }
          to.closeEntry();
        }
      }
    }
    Files.move(fresh, home.resolve("duckdb.jar"), StandardCopyOption.REPLACE_EXISTING);
  }

  private static String system() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return name.startsWith("windows") ? "windows" : name.startsWith("mac") ? "macos" : "linux";
  }

  private static String processor() {
    String name = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return name.equals("aarch64") ? "arm64" : name.equals("x86_64") ? "amd64" : name;
  }
}
